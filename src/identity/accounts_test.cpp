#include "identity/accounts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "identity/identity_fixture.h"

namespace tanfang::identity {
namespace {

class AccountsTest : public IdentityTest {
 protected:
  Invitation invite(const Principal& by, const NewAccount& fresh) {
    Invitation made;
    write([&](audit::Work& work) { made = invite_account(work, settings_, by, fresh); });
    return made;
  }
  std::string refused_invitation(const Principal& by, const NewAccount& fresh) {
    return refused([&](audit::Work& work) { invite_account(work, settings_, by, fresh); });
  }
  std::string refused_change(const Principal& by, Id id, const AccountChange& change) {
    return refused([&](audit::Work& work) { change_account(work, by, id, change); });
  }
  std::vector<std::string> listed(const Principal& by, const AccountFilter& filter) {
    std::vector<std::string> logins;
    database().read([&](db::Session& session) {
      for (const Account& each : list_accounts(session, by, filter)) logins.push_back(each.login);
    });
    return logins;
  }
};
TANFANG_ON_EACH_ENGINE(AccountsTest);

TEST_P(AccountsTest, AnInvitedVisitorSetsAPasswordOnce) {
  Principal town = principal("town", Role::town_office, "510521101");
  Invitation made = invite(town, {" Zhao.Liu ", " 赵六 ", Role::visitor, "510521101003"});
  EXPECT_EQ(made.account.login, "zhao.liu");
  EXPECT_EQ(made.account.name, "赵六");
  EXPECT_EQ(made.ends_at.milliseconds, now_.milliseconds + 3 * kDay);
  EXPECT_EQ(made.token.size(), 64u);
  EXPECT_EQ(refused_entry("zhao.liu", kPassword), "identity.sign_in_refused");
  EXPECT_EQ(refusal_of([&] { accept_invitation(ground(), now_, made.token, "zhao.liu-123"); }),
            "identity.password_name");
  Account accepted = accept_invitation(ground(), now_, made.token, kPassword);
  EXPECT_TRUE(accepted.has_password);
  EXPECT_EQ(refusal_of([&] { accept_invitation(ground(), now_, made.token, "another good one"); }),
            "identity.invitation_over");
  EXPECT_EQ(enter("zhao.liu").principal.area, "510521101003");
  EXPECT_EQ(events_of("zhao.liu"),
            (std::vector<std::string>{"account_invited", "sign_in_failed", "invitation_accepted", "signed_in"}));
  for (const audit::Entry& entry : entries_of("zhao.liu")) {
    EXPECT_EQ(entry.county, "510521");
    EXPECT_EQ(entry.details.find(made.token), std::string::npos);
  }
}

TEST_P(AccountsTest, ALinkEndsByTimeByAnotherAndWithItsAccount) {
  Principal town = principal("town", Role::town_office, "510521101");
  Invitation first = invite(town, {"zhao", "赵六", Role::visitor, "510521101003"});
  auto invited = [&](const std::string& token) {
    return read<std::optional<Account>>([&](db::Session& session) { return find_invited(session, now_, token); })
        .has_value();
  };
  EXPECT_TRUE(invited(first.token));
  EXPECT_FALSE(invited("no such link"));
  Invitation second;
  write([&](audit::Work& work) { second = invite_again(work, settings_, town, first.account.id); });
  EXPECT_FALSE(invited(first.token));
  EXPECT_TRUE(invited(second.token));
  write([&](audit::Work& work) { change_account(work, town, first.account.id, {.enabled = false}); });
  EXPECT_FALSE(invited(second.token));
  write([&](audit::Work& work) { change_account(work, town, first.account.id, {.enabled = true}); });
  EXPECT_TRUE(invited(second.token));
  wait(3 * kDay);
  EXPECT_FALSE(invited(second.token));
}

TEST_P(AccountsTest, ANewLinkForAForgottenPasswordEndsTheSessions) {
  Principal town = principal("town", Role::town_office, "510521101");
  Id id = account("zhao", Role::visitor, "510521101003").id;
  std::string token = enter("zhao").token;
  Invitation again;
  write([&](audit::Work& work) { again = invite_again(work, settings_, town, id); });
  EXPECT_TRUE(whose(token));
  accept_invitation(ground(), now_, again.token, "quite another phrase");
  EXPECT_FALSE(whose(token));
  EXPECT_EQ(refused_entry("zhao", kPassword), "identity.sign_in_refused");
  enter("zhao", "", "quite another phrase");
}

TEST_P(AccountsTest, AreMadeWithinRankAndArea) {
  Principal town = principal("town", Role::town_office, "510521101");
  struct Case {
    NewAccount fresh;
    const char* code;
  };
  const Case kCases[] = {
      {{"ab", "某", Role::visitor, "510521101003"}, "identity.login_malformed"},
      {{"王 敏", "某", Role::visitor, "510521101003"}, "identity.login_malformed"},
      {{std::string(65, 'a'), "某", Role::visitor, "510521101003"}, "identity.login_malformed"},
      {{"TOWN", "某", Role::visitor, "510521101003"}, "identity.login_taken"},
      {{"zhao", "  ", Role::visitor, "510521101003"}, "identity.name_missing"},
      {{"zhao", "\xff\xfe", Role::visitor, "510521101003"}, "identity.name_missing"},
      {{"zhao", "某", Role::town_office, "510521101"}, "identity.may_not_appoint"},
      {{"zhao", "某", Role::auditor, "510521"}, "identity.may_not_appoint"},
      {{"zhao", "某", Role::village_clerk, "510521101"}, "identity.area_level"},
      {{"zhao", "某", Role::visitor, "5105"}, "identity.area_level"},
      {{"zhao", "某", Role::visitor, "510521102003"}, "identity.outside_area"},
      {{"zhao", "某", Role::visitor, "510521"}, "identity.outside_area"},
      {{"zhao", "某", Role::machine, "510521101"}, "identity.machine_role"},
  };
  for (const Case& each : kCases) EXPECT_EQ(refused_invitation(town, each.fresh), each.code) << each.fresh.login;
  town.must_enrol = true;
  EXPECT_EQ(refused_invitation(town, {"zhao", "某", Role::visitor, "510521101003"}), "identity.must_enrol");
  EXPECT_EQ(refused_invitation(principal("audit", Role::auditor, ""), {"zhao", "某", Role::visitor, "510521101003"}),
            "identity.forbidden");
}

TEST_P(AccountsTest, AreChangedWithinRankAndAreaAndNeverByThemselves) {
  Principal county = principal("county", Role::county_bureau, "510521");
  Principal elsewhere = principal("elsewhere", Role::county_bureau, "510522");
  Id clerk = account("clerk", Role::village_clerk, "510521101003").id;
  Id city = account("city", Role::city_supervisor, "5105").id;
  EXPECT_EQ(refused_change(elsewhere, clerk, {.enabled = false}), "identity.account_unknown");
  EXPECT_EQ(refused_change(county, Id{1}, {.enabled = false}), "identity.account_unknown");
  EXPECT_EQ(refused_change(county, city, {.enabled = false}), "identity.account_unknown");
  EXPECT_EQ(refused_change(county, county.account, {.enabled = false}), "identity.own_account");
  EXPECT_EQ(refused_change(county, clerk, {.role = Role::county_bureau, .area = "510521"}), "identity.may_not_appoint");
  EXPECT_EQ(refused_change(county, clerk, {.role = Role::town_office}), "identity.area_level");
  EXPECT_EQ(refused_change(county, clerk, {.area = "510522101003"}), "identity.outside_area");
  EXPECT_EQ(refused_change(county, clerk, {.role = Role::machine}), "identity.machine_role");
  EXPECT_EQ(refused_change(county, account("county2", Role::county_bureau, "510521").id, {.enabled = false}),
            "identity.may_not_appoint");
  EXPECT_EQ(refused_change(county, clerk, {.name = "钱七"}), "");
  EXPECT_EQ(refused_change(county, clerk, {.name = "钱七"}), "");
  EXPECT_EQ(events_of("clerk"), (std::vector<std::string>{"account_made", "account_changed"}));
}

TEST_P(AccountsTest, WhoComesToAnOfficeNeedsANewPassword) {
  settings_.second_factor_required = {};
  Principal county = principal("county", Role::county_bureau, "510521");
  auto make = [&](const std::string& password) {
    return create_account(ground(), now_, "command:0", operator_at_command(),
                          {"clerk", "钱七", Role::village_clerk, "510521101003"}, password);
  };
  Account clerk = make("9 signs.");
  Invitation open;
  write([&](audit::Work& work) { open = invite_again(work, settings_, county, clerk.id); });
  Account promoted;
  write([&](audit::Work& work) {
    promoted = change_account(work, county, clerk.id, {.role = Role::town_office, .area = "510521101"});
  });
  EXPECT_FALSE(promoted.has_password);
  EXPECT_EQ(refused_entry("clerk", "9 signs."), "identity.sign_in_refused");
  EXPECT_EQ(refusal_of([&] { accept_invitation(ground(), now_, open.token, kPassword); }), "identity.invitation_over");
  Invitation fresh;
  write([&](audit::Work& work) { fresh = invite_again(work, settings_, county, clerk.id); });
  EXPECT_EQ(refusal_of([&] { accept_invitation(ground(), now_, fresh.token, "9 signs."); }), "identity.password_short");
  accept_invitation(ground(), now_, fresh.token, kPassword);
  EXPECT_EQ(enter("clerk").principal.role, Role::town_office);
  write([&](audit::Work& work) { change_account(work, county, clerk.id, {.name = "钱七七"}); });
  enter("clerk");
}

TEST_P(AccountsTest, AnotherRoleOrAreaEndsTheSessions) {
  Principal county = principal("county", Role::county_bureau, "510521");
  Id clerk = account("clerk", Role::village_clerk, "510521101003").id;
  std::string token = enter("clerk").token;
  write([&](audit::Work& work) { change_account(work, county, clerk, {.name = "钱七"}); });
  EXPECT_EQ(whose(token)->name, "钱七");
  write([&](audit::Work& work) { change_account(work, county, clerk, {.area = "510521101004"}); });
  EXPECT_FALSE(whose(token));
  token = enter("clerk").token;
  write([&](audit::Work& work) { change_account(work, county, clerk, {.role = Role::visitor}); });
  EXPECT_FALSE(whose(token));
  token = enter("clerk").token;
  write([&](audit::Work& work) { change_account(work, county, clerk, {.enabled = false}); });
  EXPECT_FALSE(whose(token));
  EXPECT_EQ(refused_entry("clerk", kPassword), "identity.sign_in_refused");
  write([&](audit::Work& work) { change_account(work, county, clerk, {.enabled = true}); });
  enter("clerk");
  std::vector<std::string> kinds = events_of("clerk");
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "account_changed"), 3);
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "account_disabled"), 1);
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "account_enabled"), 1);
}

TEST_P(AccountsTest, AreListedWithinTheArea) {
  Principal city = principal("city", Role::city_supervisor, "5105");
  Principal county = principal("county", Role::county_bureau, "510521");
  Principal officer = principal("officer", Role::security_officer, "");
  account("town", Role::town_office, "510521101");
  account("zhao", Role::visitor, "510521101003");
  account("qian", Role::visitor, "510522101003");
  account("jinan", Role::county_bureau, "370105");
  EXPECT_EQ(listed(county, {}), (std::vector<std::string>{"county", "town", "zhao"}));
  EXPECT_EQ(listed(city, {}), (std::vector<std::string>{"city", "county", "town", "zhao", "qian"}));
  EXPECT_EQ(listed(city, {.area = "510522"}), (std::vector<std::string>{"qian"}));
  EXPECT_EQ(listed(city, {.role = Role::visitor}), (std::vector<std::string>{"zhao", "qian"}));
  EXPECT_EQ(listed(officer, {}).size(), 7u);
  EXPECT_EQ(listed(officer, {.area = "", .role = {}, .enabled = false}).size(), 0u);
  std::vector<std::string> page = listed(officer, {.area = "", .role = {}, .enabled = true, .after = {}, .limit = 2});
  EXPECT_EQ(page, (std::vector<std::string>{"city", "county"}));
  EXPECT_EQ(refusal_of([&] { listed(county, {.area = "510522"}); }), "identity.outside_area");
}

TEST_P(AccountsTest, PasswordsAreChangedByTheirOwner) {
  account("zhao", Role::visitor, "510521101003");
  StartedSession here = enter("zhao"), there = enter("zhao");
  auto change = [&](const char* old_password, const char* fresh) {
    return refusal_of([&] { change_password(ground(), now_, here.principal, {old_password, fresh, "203.0.113.9"}); });
  };
  EXPECT_EQ(change("not the old one", "quite another phrase"), "identity.password_wrong");
  EXPECT_EQ(change(kPassword, "short"), "identity.password_short");
  EXPECT_EQ(change(kPassword, "quite another phrase"), "");
  EXPECT_TRUE(whose(here.token));
  EXPECT_FALSE(whose(there.token));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(change("not the old one", "a third good phrase"), "identity.password_wrong");
  EXPECT_EQ(change("quite another phrase", "a third good phrase"), "identity.too_many_tries");
}

/// A phone left open on a table is no place to try passwords from.
TEST_P(AccountsTest, AWrongOldPasswordIsInTheTrailAndCountsToItsAddress) {
  settings_.failures_of_address = 2;
  account("zhao", Role::visitor, "510521101003");
  account("qian", Role::visitor, "510521101003");
  StartedSession here = enter("zhao");
  for (int i = 0; i < 2; ++i) {
    PasswordChange wrong{"not the old one", "quite another phrase", "203.0.113.9"};
    EXPECT_EQ(refusal_of([&] { change_password(ground(), now_, here.principal, wrong); }), "identity.password_wrong");
  }
  EXPECT_EQ(events_of("zhao"),
            (std::vector<std::string>{"account_made", "signed_in", "sign_in_failed", "sign_in_failed"}));
  EXPECT_EQ(entries_of("zhao").front().details, R"({"with":"old_password"})");
  EXPECT_EQ(refused_entry("qian", kPassword, "", "203.0.113.9"), "identity.too_many_tries");
  EXPECT_EQ(refused_entry("qian", kPassword), "") << "another address";
}

TEST_P(AccountsTest, AnOldLinkSetsNoPasswordOnceAnotherWasSet) {
  Principal county = principal("county", Role::county_bureau, "510521");
  Id clerk = account("clerk", Role::village_clerk, "510521101003").id;
  auto invite = [&] {
    Invitation open;
    write([&](audit::Work& work) { open = invite_again(work, settings_, county, clerk); });
    return open;
  };
  auto taken = [&](const Invitation& open) {
    return refusal_of([&] { accept_invitation(ground(), now_, open.token, "a third good phrase"); });
  };
  Invitation before = invite();
  StartedSession here = enter("clerk");
  change_password(ground(), now_, here.principal, {kPassword, "quite another phrase", ""});
  EXPECT_EQ(taken(before), "identity.invitation_over");
  before = invite();
  reset_password(ground(), now_, "command:0", operator_at_command(), clerk, kPassword);
  EXPECT_EQ(taken(before), "identity.invitation_over");
}

TEST_P(AccountsTest, AnOperatorResetsAPassword) {
  Id id = account("zhao", Role::visitor, "510521101003").id;
  std::string token = enter("zhao").token;
  for (int i = 0; i < 5; ++i) refused_entry("zhao", "wrong");
  EXPECT_EQ(refused_entry("zhao", kPassword), "identity.too_many_tries");
  reset_password(ground(), now_, "command:0", operator_at_command(), id, "quite another phrase");
  EXPECT_FALSE(whose(token));
  enter("zhao", "", "quite another phrase");
}

TEST_P(AccountsTest, AnOutsideIdentityIsLinkedToOneAccount) {
  Principal county = principal("county", Role::county_bureau, "510521");
  Id clerk = account("clerk", Role::village_clerk, "510521101003").id;
  Id other = account("other", Role::village_clerk, "510521101004").id;
  auto link = [&](Id id, const char* subject) {
    return refused([&](audit::Work& work) { link_identity(work, county, id, "https://sso.example", subject); });
  };
  auto enter_linked = [&](const char* subject) {
    return refusal_of([&] { sign_in_linked(ground(), now_, "https://sso.example", subject); });
  };
  EXPECT_EQ(enter_linked("s-1"), "identity.sign_in_refused");
  EXPECT_EQ(link(clerk, "s-1"), "");
  EXPECT_EQ(link(other, "s-1"), "identity.link_taken");
  EXPECT_EQ(link(clerk, "s-2"), "identity.link_taken");
  EXPECT_EQ(link(other, "s-2"), "");
  auto found = read<std::optional<Id>>(
      [&](db::Session& session) { return find_linked_account(session, "https://sso.example", "s-1"); });
  EXPECT_EQ(found, clerk);
  StartedSession started = sign_in_linked(ground(), now_, "https://sso.example", "s-1");
  EXPECT_EQ(whose(started.token)->login, "clerk");
  write([&](audit::Work& work) { unlink_identity(work, county, clerk, "https://sso.example"); });
  EXPECT_EQ(enter_linked("s-1"), "identity.sign_in_refused");
  write([&](audit::Work& work) { change_account(work, county, other, {.enabled = false}); });
  EXPECT_EQ(enter_linked("s-2"), "identity.sign_in_refused");
}

TEST_P(AccountsTest, AnAccountOfADutyOrWithASecondFactorIsLinkedByItsOwnerOnly) {
  Principal officer = principal("officer", Role::security_officer, "");
  Id auditor = account("auditor", Role::auditor, "").id;
  EXPECT_EQ(refused([&](audit::Work& work) { link_identity(work, officer, auditor, "https://sso.example", "s-1"); }),
            "identity.link_by_owner");
  Principal own = principal("watcher", Role::auditor, "");
  write([&](audit::Work& work) { link_own_identity(work, own, "https://sso.example", "s-1"); });
}

}  // namespace
}  // namespace tanfang::identity
