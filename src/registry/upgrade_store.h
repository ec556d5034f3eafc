// Rows as earlier versions wrote them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/people.h"

namespace tanfang::registry {

enum class PlainColumn { note, reason };
/// The name that the encrypted value is bound to.
std::string_view name_of(PlainColumn column);

struct PlainText {
  PersonKey person;
  Id id;
  std::string text;
};
std::vector<PlainText> load_plain_texts(db::Session& session, PlainColumn column);
void seal_plain_text(db::Session& session, PlainColumn column, const PlainText& plain, const std::string& sealed);

/// A file that was transferred to another county, without a row in `former_files`.
struct ForgottenFile {
  PersonKey person;
  std::string citizen_number;  // encrypted
};
std::vector<ForgottenFile> load_forgotten_files(db::Session& session);

}  // namespace tanfang::registry
