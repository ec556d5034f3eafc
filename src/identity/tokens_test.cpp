#include "identity/tokens.h"

#include <gtest/gtest.h>

#include "identity/identity_fixture.h"

namespace tanfang::identity {
namespace {

Permissions of(std::initializer_list<Permission> list) {
  Permissions permissions;
  for (Permission each : list) permissions.set(static_cast<std::size_t>(each));
  return permissions;
}

class TokensTest : public IdentityTest {
 protected:
  void SetUp() override {
    county_ = principal("county", Role::county_bureau, "510521");
    write([&](audit::Work& work) {
      machine_ = create_machine(work, county_, {"hospital", "县医院", Role::machine, "510521"}).id;
    });
  }
  NewToken wanted() const {
    return {machine_, "夜间同步", of({Permission::people_read}), "510521101", Instant{now_.milliseconds + 30 * kDay}};
  }
  IssuedToken issue(const Principal& by, const NewToken& fresh) {
    IssuedToken issued;
    write([&](audit::Work& work) { issued = issue_token(work, settings_, by, fresh); });
    return issued;
  }
  std::string refused_token(const Principal& by, const NewToken& fresh) {
    return refused([&](audit::Work& work) { issue_token(work, settings_, by, fresh); });
  }
  std::optional<Principal> bearer(const std::string& text) {
    return read<std::optional<Principal>>(
        [&](db::Session& session) { return authenticate_token(session, now_, text); });
  }

  Principal county_;
  Id machine_;
};
TANFANG_ON_EACH_ENGINE(TokensTest);

TEST_P(TokensTest, SayWhatTheyMayAndWhere) {
  IssuedToken issued = issue(county_, wanted());
  EXPECT_TRUE(issued.text.starts_with("tanfang_"));
  auto found = bearer(issued.text);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->login, "hospital");
  EXPECT_EQ(found->role, Role::machine);
  EXPECT_EQ(found->area, "510521101");
  EXPECT_EQ(found->permissions, of({Permission::people_read}));
  EXPECT_EQ(found->arrival, Principal::Arrival::token);
  EXPECT_EQ(found->arrived_with, issued.token.id);
  EXPECT_FALSE(bearer(issued.text + "0"));
  EXPECT_FALSE(whose(issued.text));
  for (const audit::Entry& entry : entries_of("hospital")) {
    EXPECT_EQ(entry.details.find(issued.text), std::string::npos);
  }
}

TEST_P(TokensTest, NoteTheirUseOnceAMinute) {
  IssuedToken issued = issue(county_, wanted());
  auto found = bearer(issued.text);
  EXPECT_TRUE(use_is_due(*found, now_));
  database().write([&](db::Session& session) { note_use(session, *found, now_); });
  EXPECT_FALSE(use_is_due(*bearer(issued.text), now_));
  auto listed = read<std::vector<Token>>([&](db::Session& session) { return list_tokens(session, county_, machine_); });
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].last_used, now_);
  EXPECT_EQ(listed[0].permissions, issued.token.permissions);
}

TEST_P(TokensTest, AreNoMoreThanMachinesAndTheirMakersMay) {
  Principal town = principal("town", Role::town_office, "510521101");
  Principal administrator = principal("root.admin", Role::system_administrator, "");
  auto with = [&](auto change) {
    NewToken fresh = wanted();
    change(fresh);
    return fresh;
  };
  EXPECT_EQ(refused_token(town, wanted()), "identity.forbidden");
  EXPECT_EQ(refused_token(county_, with([&](NewToken& t) { t.permissions = {}; })), "identity.token_scope");
  EXPECT_EQ(refused_token(county_, with([&](NewToken& t) { t.permissions = of({Permission::reveal}); })),
            "identity.token_scope");
  EXPECT_EQ(refused_token(county_, with([&](NewToken& t) { t.permissions = of({Permission::metrics_read}); })),
            "identity.token_scope");
  EXPECT_EQ(refused_token(administrator, wanted()), "identity.token_scope");
  EXPECT_EQ(refused_token(administrator, with([&](NewToken& t) { t.permissions = of({Permission::metrics_read}); })),
            "");
  EXPECT_EQ(refused_token(administrator, with([&](NewToken& t) { t.area = "5105"; })), "identity.outside_area");
  EXPECT_EQ(refused_token(county_, with([&](NewToken& t) { t.area = "510522101"; })), "identity.outside_area");
  EXPECT_EQ(refused_token(county_, with([&](NewToken& t) { t.area = "5105211"; })), "identity.outside_area");
  EXPECT_EQ(refused_token(county_, with([&](NewToken& t) { t.ends_at = now_; })), "identity.token_life");
  EXPECT_EQ(refused_token(county_, with([&](NewToken& t) { t.ends_at.milliseconds += 366 * kDay; })),
            "identity.token_life");
  EXPECT_EQ(refused_token(county_, with([&](NewToken& t) { t.name = " "; })), "identity.name_missing");
  Id visitor = account("zhao", Role::visitor, "510521101003").id;
  EXPECT_EQ(refused_token(county_, with([&](NewToken& t) { t.account = visitor; })), "identity.token_role");
  EXPECT_EQ(refused([&](audit::Work& work) {
              create_machine(work, county_, {"x-y", "某", Role::visitor, "510521"});
            }),
            "identity.token_role");
}

TEST_P(TokensTest, EndByTimeByRevokingAndWithTheirAccount) {
  Principal officer = principal("officer", Role::security_officer, "");
  Principal elsewhere = principal("elsewhere", Role::county_bureau, "510522");
  IssuedToken a = issue(county_, wanted()), b = issue(county_, wanted()), c = issue(county_, wanted());
  EXPECT_EQ(refused([&](audit::Work& work) { revoke_token(work, elsewhere, a.token.id); }), "identity.token_unknown");
  write([&](audit::Work& work) { revoke_token(work, county_, a.token.id); });
  write([&](audit::Work& work) { revoke_token(work, officer, b.token.id); });
  EXPECT_EQ(refused([&](audit::Work& work) { revoke_token(work, county_, a.token.id); }), "identity.token_unknown");
  EXPECT_FALSE(bearer(a.text));
  EXPECT_FALSE(bearer(b.text));
  EXPECT_TRUE(bearer(c.text));
  now_ = c.token.ends_at;
  EXPECT_FALSE(bearer(c.text));
  IssuedToken d = issue(county_, wanted());
  write([&](audit::Work& work) { change_account(work, county_, machine_, {.enabled = false}); });
  EXPECT_FALSE(bearer(d.text));
}

TEST_P(TokensTest, AMachineHasNoPasswordAndNoLink) {
  EXPECT_EQ(
      refusal_of([&] { reset_password(ground(), now_, "command:0", operator_at_command(), machine_, kPassword); }),
      "identity.machine_role");
  EXPECT_EQ(refused([&](audit::Work& work) { invite_again(work, settings_, county_, machine_); }),
            "identity.machine_role");
  EXPECT_EQ(refused([&](audit::Work& work) { link_identity(work, county_, machine_, "https://sso.example", "s"); }),
            "identity.machine_role");
  EXPECT_EQ(refused_entry("hospital", ""), "identity.sign_in_refused");
}

}  // namespace
}  // namespace tanfang::identity
