// Views that accounts keep under a name: filters and columns of a screen.
#pragma once

#include <string>
#include <vector>

#include "platform/db/database.h"

namespace tanfang::app::server::store {

struct SavedView {
  Id id;
  std::string screen;
  std::string name;
  std::string body;  // JSON
};

/// By screen and name.
std::vector<SavedView> load_views(db::Session& session, Id account);
/// In place of one of the same screen and name, whose id stays. Returns the id.
Id put_view(db::Session& session, Id account, const SavedView& view);
/// False where there is none.
bool delete_view(db::Session& session, Id account, Id id);

}  // namespace tanfang::app::server::store
