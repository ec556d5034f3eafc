#include "identity/emergency.h"

#include "base/area_code.h"
#include "base/text.h"
#include "identity/account_rules.h"
#include "identity/emergency_store.h"
#include "identity/identity_problems.h"

namespace tanfang::identity {

Instant open_emergency(audit::Work& work, const Settings& settings, const Principal& by, const std::string& area,
                       const std::string& reason) {
  require(by, Permission::emergency_access);
  if (!is_area_code(area) || area.size() < 6 || area.starts_with(by.area)) throw problems::emergency_area();
  std::string said = trimmed(reason);
  if (!is_valid_utf8(said) || length_of(said) < 4 || length_of(said) > 500) throw problems::emergency_reason();
  const int limit = settings.emergencies_a_day;
  auto of_day = store::add_grant_of_day(work.session, by.account, work.today(), limit);
  if (!of_day) throw problems::emergency_limit(limit);
  Instant ends_at{work.now.milliseconds + settings.emergency_life};
  Notice notice{work.new_id(), area, "emergency_opened", by.login, by.name, said, work.now, ends_at};
  store::insert_grant(work.session, notice.id, by.account, area, ends_at);
  store::insert_notice(work.session, notice, by.account);
  if (*of_day == limit) {
    Notice last{work.new_id(), by.area, "emergency_limit_reached", by.login, by.name, said, work.now, ends_at};
    store::insert_notice(work.session, last, by.account);
  }
  work.record({county_of(area), "emergency_opened", "account:" + by.login,
               "{\"area\":" + quoted(area) + ",\"reason\":" + quoted(said) +
                   ",\"until\":" + quoted(format_instant(ends_at)) + "}"});
  return ends_at;
}

std::vector<Notice> list_notices(db::Session& session, const Principal& by, Id before, std::int64_t limit) {
  require(by, Permission::notices_read);
  return store::list_notices(session, by.area, before, limit);
}

void note_reveal(audit::Work& work, const Principal& by, int limit) {
  if (!store::add_reveal(work.session, by.account, work.today(), limit)) throw problems::reveal_limit(limit);
}

std::int64_t count_reveals(db::Session& session, Id account, Date day) {
  return store::load_reveals(session, account, day);
}

}  // namespace tanfang::identity
