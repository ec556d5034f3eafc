#include "app/server/routes/record_names.h"

#include <set>

#include "app/json/visits_json.h"
#include "base/mask.h"
#include "platform/json/json.h"

namespace tanfang::app::server {

RecordNames::RecordNames(db::Session& session, const std::vector<visits::Visit>& records) {
  if (records.empty()) return;
  std::set<Id> people;
  std::set<std::string> logins;
  for (const visits::Visit& record : records) {
    people.insert(record.person);
    logins.insert(record.visitor);
  }
  const std::string& county = records.front().county;
  people_ = reports::name_people(session, county, {people.begin(), people.end()});
  visitors_ = reports::name_visitors(session, county, {logins.begin(), logins.end()});
}

std::string RecordNames::named(const visits::Visit& record) const {
  std::string text = visit_json(record);
  text.pop_back();  // the brace that closes it
  auto add = [&](std::string_view name, const std::string* value) {
    text.append(name);
    value ? json::append_quoted(text, *value) : void(text += "null");
  };
  auto person = people_.find(record.person);
  auto visitor = visitors_.find(record.visitor);
  std::string masked = person == people_.end() ? "" : mask_name(person->second.name);
  add(",\"person_name\":", person == people_.end() ? nullptr : &masked);
  add(",\"village_name\":", person == people_.end() ? nullptr : &person->second.village_name);
  add(",\"visitor_name\":", visitor == visitors_.end() ? nullptr : &visitor->second);
  return text + "}";
}

}  // namespace tanfang::app::server
