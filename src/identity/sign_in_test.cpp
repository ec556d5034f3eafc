#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "identity/identity_fixture.h"
#include "identity/waits.h"

namespace tanfang::identity {
namespace {

class SignInTest : public IdentityTest {
 protected:
  void SetUp() override { account("zhao", Role::visitor, "510521101003"); }
  std::int64_t seconds_to_wait(const std::string& login, const std::string& address = "203.0.113.7") {
    try {
      sign_in(ground(), now_, {login, kPassword, "", address});
    } catch (const TooManyTries& problem) {
      return problem.retry_after;
    } catch (const Problem&) {
    }
    return 0;
  }
  std::int64_t count(const char* sql) {
    return read<std::optional<std::int64_t>>([&](db::Session& session) {
             return session.first(sql, {}, [](const db::Row& row) { return row.integer(0); });
           })
        .value();
  }
};
TANFANG_ON_EACH_ENGINE(SignInTest);

TEST_P(SignInTest, GivesASessionThatSaysWhoComes) {
  StartedSession started = enter(" ZHAO ");
  EXPECT_EQ(started.token.size(), 64u);
  EXPECT_EQ(started.principal.role, Role::visitor);
  auto found = whose(started.token);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->login, "zhao");
  EXPECT_EQ(found->area, "510521101003");
  EXPECT_EQ(found->permissions, permissions_of(Role::visitor));
  EXPECT_EQ(found->arrived_with, started.principal.arrived_with);
  EXPECT_FALSE(whose(started.token + "0"));
  EXPECT_FALSE(whose(""));
  EXPECT_TRUE(csrf_matches(keys_, started.token, started.csrf));
  EXPECT_FALSE(csrf_matches(keys_, started.token, enter("zhao").csrf));
  EXPECT_FALSE(csrf_matches(keys_, started.token, ""));
  EXPECT_EQ(count("select count(*) from account_sessions where length(token_hash) = 32"), 2);
}

TEST_P(SignInTest, TellsNothingOfWhoExists) {
  account("gone", Role::visitor, "510521101003");
  write([&](audit::Work& work) {
    change_account(work, operator_at_command(), find_account(work.session, "gone")->id, {.enabled = false});
  });
  for (int i = 0; i < 5; ++i) {
    for (const char* login : {"zhao", "nobody", "gone"}) {
      EXPECT_EQ(refused_entry(login, "wrong", "", "203.0.113." + std::to_string(i)), "identity.sign_in_refused");
    }
  }
  for (const char* login : {"zhao", "nobody", "gone"}) EXPECT_EQ(seconds_to_wait(login, "203.0.113.99"), 60) << login;
  EXPECT_TRUE(entries_of("nobody").empty());
}

TEST_P(SignInTest, WaitsTwiceAsLongAfterEachFailure) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(refused_entry("zhao", "wrong"), "identity.sign_in_refused");
  EXPECT_EQ(refused_entry("zhao", "wrong"), "identity.sign_in_refused");
  for (std::int64_t expected : {60, 120, 240, 480, 960, 1920, 3600, 3600}) {
    EXPECT_EQ(seconds_to_wait("zhao"), expected);
    EXPECT_EQ(refused_entry("zhao", kPassword), "identity.too_many_tries");
    wait(expected * 1000);
    EXPECT_EQ(refused_entry("zhao", "wrong"), "identity.sign_in_refused");
  }
  wait(kHour);
  enter("zhao");
  for (int i = 0; i < 4; ++i) refused_entry("zhao", "wrong");
  enter("zhao");
}

TEST_P(SignInTest, ADayWithoutFailuresBeginsAnew) {
  for (int i = 0; i < 4; ++i) refused_entry("zhao", "wrong");
  wait(kDay);
  refused_entry("zhao", "wrong");
  EXPECT_EQ(seconds_to_wait("zhao"), 0);
}

TEST_P(SignInTest, AnAddressWaitsAfterManyLogins) {
  for (int i = 0; i < 30; ++i) refused_entry("login" + std::to_string(i), "wrong", "", "2001:db8:1:2::1");
  EXPECT_EQ(seconds_to_wait("zhao", "2001:db8:1:2::1"), 900);
  EXPECT_EQ(seconds_to_wait("zhao", "2001:db8:1:2:ffff::9"), 900);
  EXPECT_EQ(seconds_to_wait("zhao", "2001:db8:1:3::1"), 0);
  wait(15 * kMinute);
  EXPECT_EQ(seconds_to_wait("zhao", "2001:db8:1:2::1"), 0);
}

TEST_P(SignInTest, SuccessesDoNotFillTheAddress) {
  for (int i = 0; i < 40; ++i) enter("zhao");
  EXPECT_EQ(seconds_to_wait("zhao"), 0);
}

TEST_P(SignInTest, OneSuccessDoesNotWashTheAddress) {
  for (int i = 0; i < 29; ++i) refused_entry("login" + std::to_string(i), "wrong");
  enter("zhao");
  refused_entry("login30", "wrong");
  EXPECT_EQ(refused_entry("zhao", kPassword), "identity.too_many_tries");
}

/// A morning behind one address: right passwords on their way close nothing, and one slip among them neither.
TEST_P(SignInTest, TriesInFlightDoNotCloseTheAddress) {
  for (int i = 0; i < 40; ++i) begin_try(ground(), now_, "login" + std::to_string(i), "203.0.113.7");
  refused_entry("zhao", "wrong");
  enter("zhao");
}

TEST_P(SignInTest, ManyTriesAtOnceAreNoWayRound) {
  settings_.hashes_waiting = 100;
  std::atomic<int> looked_at = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      std::string code = refused_entry("zhao", "wrong" + std::to_string(i));
      if (code == "identity.sign_in_refused") ++looked_at;
    });
  }
  threads.clear();
  EXPECT_LE(looked_at, 5);
}

TEST_P(SignInTest, BusyIsNoFailure) {
  Settings narrow = settings_;
  narrow.hashes_at_once = 0;
  narrow.hashes_waiting = 0;
  PasswordHasher full(narrow);
  Ground crowded{database(), keys_, ids_, settings_, full, common_};
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(refusal_of([&] { sign_in(crowded, now_, {"zhao", kPassword, "", "203.0.113.7"}); }), "identity.busy");
  }
  enter("zhao");
}

TEST_P(SignInTest, KeepsAddressesAsKeyedHashesOnly) {
  refused_entry("zhao", "wrong");
  EXPECT_EQ(count("select count(*) from sign_in_waits"), 2);
  EXPECT_EQ(count("select count(*) from sign_in_waits where length(key_hash) = 32"), 2);
}

TEST_P(SignInTest, RenewsTheHashWhenTheCostChanged) {
  Settings dearer = settings_;
  dearer.hash_cost.passes = 2;
  PasswordHasher hasher(dearer);
  Ground after{database(), keys_, ids_, dearer, hasher, common_};
  auto kept = [&] {
    return read<std::optional<std::string>>([&](db::Session& session) {
             return session.first("select password from accounts", {},
                                  [](const db::Row& row) { return row.string(0); });
           })
        .value();
  };
  EXPECT_NE(kept().find("t=1"), std::string::npos);
  sign_in(after, now_, {"zhao", kPassword, "", ""});
  EXPECT_NE(kept().find("t=2"), std::string::npos);
  sign_in(after, now_, {"zhao", kPassword, "", ""});
}

TEST_P(SignInTest, SessionsEndWhenIdleAndInTheEnd) {
  account("town", Role::town_office, "510521101");
  std::string idle = enter("town").token, used = enter("town").token;
  EXPECT_FALSE(use_is_due(*whose(used), now_));
  for (std::int64_t minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
    wait(20 * kMinute);
    auto principal = whose(used);
    ASSERT_TRUE(principal) << minutes;
    EXPECT_TRUE(use_is_due(*principal, now_));
    database().write([&](db::Session& session) { note_use(session, *principal, now_); });
    EXPECT_FALSE(use_is_due(*whose(used), now_));
    EXPECT_EQ(whose(idle).has_value(), minutes + 20 < 30);
  }
  wait(20 * kMinute);
  EXPECT_FALSE(whose(used));
}

TEST_P(SignInTest, AVisitorStaysForTheDay) {
  std::string token = enter("zhao").token;
  wait(11 * kHour);
  EXPECT_TRUE(whose(token));
  wait(kHour);
  EXPECT_FALSE(whose(token));
}

TEST_P(SignInTest, SessionsAreListedAndEndedByTheirOwner) {
  StartedSession first = enter("zhao"), second = enter("zhao"), third = enter("zhao");
  account("qian", Role::visitor, "510521101003");
  StartedSession other = enter("qian");
  auto ids = [&] {
    std::vector<Id> found;
    database().read([&](db::Session& session) {
      for (const SessionEntry& each : list_sessions(session, first.principal, now_)) found.push_back(each.id);
    });
    return found;
  };
  Id a = first.principal.arrived_with, b = second.principal.arrived_with, c = third.principal.arrived_with;
  EXPECT_EQ(ids(), (std::vector<Id>{c, b, a}));
  write([&](audit::Work& work) { end_session(work, first.principal, b); });
  EXPECT_EQ(ids(), (std::vector<Id>{c, a}));
  for (Id id : {b, other.principal.arrived_with}) {
    EXPECT_EQ(refused([&](audit::Work& work) { end_session(work, first.principal, id); }), "identity.session_unknown");
  }
  write([&](audit::Work& work) { sign_out(work, third.principal); });
  write([&](audit::Work& work) { sign_out(work, third.principal); });
  EXPECT_FALSE(whose(third.token));
  write([&](audit::Work& work) { EXPECT_EQ(end_sessions(work, first.principal, first.principal.account), 1); });
  EXPECT_FALSE(whose(first.token));
  EXPECT_TRUE(whose(other.token));
}

TEST_P(SignInTest, SecurityEndsSessionsAndWaitsOfOthers) {
  Principal officer = principal("officer", Role::security_officer, "51");
  Principal visitor = principal("qian", Role::visitor, "510521101003");
  Id zhao = enter("zhao").principal.account;
  std::string token = enter("zhao").token;
  EXPECT_EQ(refused([&](audit::Work& work) { end_sessions(work, visitor, zhao); }), "identity.forbidden");
  write([&](audit::Work& work) { EXPECT_EQ(end_sessions(work, officer, zhao), 2); });
  EXPECT_FALSE(whose(token));
  for (int i = 0; i < 5; ++i) refused_entry("zhao", "wrong");
  EXPECT_EQ(seconds_to_wait("zhao"), 60);
  write([&](audit::Work& work) { lift_wait(work, officer, zhao); });
  EXPECT_EQ(seconds_to_wait("zhao"), 0);
  EXPECT_EQ(refused([&](audit::Work& work) { lift_wait(work, officer, officer.account); }), "identity.own_account");
}

TEST_P(SignInTest, WhatIsOverIsRemoved) {
  Principal town = principal("town", Role::town_office, "510521101");
  enter("zhao");
  refused_entry("nobody", "wrong");
  write([&](audit::Work& work) {
    invite_account(work, settings_, town, {"qian", "钱七", Role::visitor, "510521101003"});
    open_emergency(work, settings_, town, "510522", "老人走失，跨县寻找");
    note_reveal(work, town, 5);
  });
  auto rows = [&] {
    return count(
        "select (select count(*) from account_sessions) + (select count(*) from invitations)"
        " + (select count(*) from sign_in_waits) + (select count(*) from emergency_grants)"
        " + (select count(*) from reveal_counts) + (select count(*) from emergency_counts) + (select count(*) from "
        "notices)");
  };
  auto purge = [&] {
    std::int64_t gone = 0;
    database().write([&](db::Session& session) { gone = purge_expired(session, now_); });
    return gone;
  };
  EXPECT_EQ(rows(), 8);
  EXPECT_EQ(purge(), 0);
  wait(8 * kDay);
  EXPECT_EQ(purge(), 5);
  wait(30 * kDay);
  EXPECT_EQ(purge(), 2);
  wait(366 * kDay);
  EXPECT_EQ(purge(), 1);
  EXPECT_EQ(rows(), 0);
}

}  // namespace
}  // namespace tanfang::identity
