// Names for a page of records, looked up together.
#include "platform/db/together.h"
#include "reports/for_records.h"

namespace tanfang::reports {

std::map<Id, PersonNamed> name_people(db::Session& session, const std::string& county, const std::vector<Id>& people) {
  static const std::string kSql =
      "select p.person, p.name, coalesce(v.name, '') from report_registry p left join report_areas v on "
      "v.code = p.village where p.county = $1 and p.person in (" +
      db::placeholders(2) + ")";
  std::map<Id, PersonNamed> found;
  db::query_together(session, kSql, {county}, people, [&](const db::Row& row) {
    found[row.id(0)] = {row.string(1), row.string(2)};
  });
  return found;
}

std::map<std::string, std::string> name_visitors(db::Session& session, const std::string& county,
                                                 const std::vector<std::string>& logins) {
  static const std::string kOfVisitors =
      "select login, name from report_visitors where county = $1 and login in (" + db::placeholders(2) + ")";
  static const std::string kOfAccounts =
      "select login, name from report_logins where login in (" + db::placeholders(1) + ")";
  std::map<std::string, std::string> found;
  auto take = [&](const db::Row& row) { found.emplace(row.string(0), row.string(1)); };
  auto bind = [](const std::string& login) { return db::Parameter(login); };
  db::query_together(session, kOfVisitors, {county}, logins, bind, take);
  db::query_together(session, kOfAccounts, {}, logins, bind, take);
  return found;
}

}  // namespace tanfang::reports
