#include "identity/account_rules.h"

#include <algorithm>

#include "base/area_code.h"
#include "base/text.h"
#include "identity/accounts_store.h"
#include "identity/identity_problems.h"
#include "platform/json/json.h"

namespace tanfang::identity {
namespace {

void check_standing(const Principal& by, Role role, const std::string& area) {
  require(by, Permission::accounts_manage);
  if (by.arrival != Principal::Arrival::command && !may_appoint(by.role, role)) throw problems::may_not_appoint();
  if (!area_fits(role, area)) throw problems::area_level(std::string(to_text(role)));
  if (!reaches(by, area, Permission::accounts_manage)) throw problems::outside_area();
}

Account within_reach(const Principal& by, const std::optional<store::AccountRow>& row) {
  if (!row || !reaches(by, row->account.area, Permission::accounts_read)) throw problems::account_unknown();
  return row->account;
}

}  // namespace

void write(const Ground& ground, Instant now, const std::string& actor,
           const std::function<void(audit::Work&)>& use_case) {
  ground.database.write([&](db::Session& session) {
    audit::Work work(session, now, ground.ids, actor, ground.keys);
    use_case(work);
  });
}

std::string plain_login(std::string_view login) {
  std::string plain = lower_ascii(trimmed(login));
  bool allowed = std::all_of(plain.begin(), plain.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view("._-@").find(c) != std::string::npos;
  });
  if (!allowed || plain.size() < 3 || plain.size() > 64) throw problems::login_malformed();
  return plain;
}

std::string plain_name(std::string_view name) {
  if (!is_valid_utf8(name)) throw problems::name_missing();
  std::string plain = trimmed(name);
  if (plain.empty() || length_of(plain) > 100) throw problems::name_missing();
  return plain;
}

Account drafted(audit::Work& work, const Principal& by, const NewAccount& fresh) {
  check_standing(by, fresh.role, fresh.area);
  Account account;
  account.id = work.new_id();
  account.login = plain_login(fresh.login);
  account.name = plain_name(fresh.name);
  account.role = fresh.role;
  account.area = fresh.area;
  account.created_at = work.now;
  return account;
}

void insert(audit::Work& work, const Account& account, std::string_view password) {
  if (!store::insert_account(work.session, account, password)) throw problems::login_taken();
}

Account load_account(db::Session& session, const Principal& by, Id account) {
  return within_reach(by, store::find_account(session, account));
}

Account load_account(db::Session& session, const Principal& by, std::string_view login) {
  return within_reach(by, store::find_account(session, login));
}

Account managed(db::Session& session, const Principal& by, Id account) {
  Account found = load_account(session, by, account);
  if (by.arrival == Principal::Arrival::command) return found;
  if (by.account == account) throw problems::own_account();
  check_standing(by, found.role, found.area);
  return found;
}

Account secured(db::Session& session, const Principal& by, Id account) {
  if (!may(by, Permission::security_manage)) return managed(session, by, account);
  Account found = load_account(session, by, account);
  if (by.account == account) throw problems::own_account();
  return found;
}

void record(audit::Work& work, const Account& account, std::string_view kind, std::string details) {
  std::string county = account.area.size() < 6 ? "" : county_of(account.area);
  work.record({county, std::string(kind), "account:" + account.login, std::move(details)});
}

std::string quoted(std::string_view text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

std::string standing_of(const Account& account) {
  return "{\"role\":" + quoted(to_text(account.role)) + ",\"area\":" + quoted(account.area) + "}";
}

}  // namespace tanfang::identity
