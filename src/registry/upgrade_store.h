// Rows as earlier versions wrote them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/people.h"

namespace tanfang::registry {

/// A column that is encrypted now, and was not.
struct PlainColumn {
  std::string_view name;  // that the encrypted value is bound to
  bool of_person;         // it is bound to the person's id, not to the row's
  std::string_view select;
  std::string_view seal;
};
std::span<const PlainColumn> plain_columns();

struct PlainText {
  PersonKey person;
  Id id;
  std::string text;
};
std::vector<PlainText> load_plain_texts(db::Session& session, const PlainColumn& column);
void seal_plain_text(db::Session& session, const PlainColumn& column, const PlainText& plain,
                     const std::string& sealed);

/// A file that was transferred to another county, without a row in `former_files`.
struct ForgottenFile {
  PersonKey person;
  std::string citizen_number;  // encrypted
};
std::vector<ForgottenFile> load_forgotten_files(db::Session& session);

}  // namespace tanfang::registry
