// Who the people and the visitors of a page of records are.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/id.h"
#include "platform/db/database.h"

namespace tanfang::reports {

struct PersonNamed {
  std::string name;  // unmasked: the caller decides who sees it
  std::string village_name;
};
/// Of those of the county that there are; a statement for each 64.
std::map<Id, PersonNamed> name_people(db::Session& session, const std::string& county, const std::vector<Id>& people);
/// Names by login: as the county's list of visitors has them, else of the account. A login that is neither is left out.
std::map<std::string, std::string> name_visitors(db::Session& session, const std::string& county,
                                                 const std::vector<std::string>& logins);

}  // namespace tanfang::reports
