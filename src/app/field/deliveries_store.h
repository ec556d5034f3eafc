// Rows of what phones sent. Only for the files of this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/field/deliveries.h"

namespace tanfang::app::field::store {

struct Kept {
  std::string digest;
  Verdict verdict;
};
std::optional<Kept> find_receipt(db::Session& session, Id account, const std::string& key);
void insert_receipt(db::Session& session, const Parcel& parcel, const std::string& digest, const Verdict& verdict,
                    Instant now);

struct SetAsideRow {
  SetAside parcel;
  std::string key;
  std::string content;  // encrypted
  std::int64_t clock_off = 0;
  std::optional<bool> accepted;  // once judged
};
std::optional<SetAsideRow> find_set_aside(db::Session& session, Id account, const std::string& key);
std::optional<SetAsideRow> find_set_aside(db::Session& session, Id parcel);
void insert_set_aside(db::Session& session, const SetAsideRow& row);
std::vector<SetAside> list_set_aside(db::Session& session, std::string_view area, Id after, std::int64_t limit);
/// What was sent is not kept beyond the judgement.
void judge_set_aside(db::Session& session, Id parcel, bool accepted, Instant now);
std::int64_t erase_set_aside(db::Session& session, const std::string& county, Id person);

}  // namespace tanfang::app::field::store
