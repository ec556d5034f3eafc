// Accounts as an operator makes and mends them on the machine.
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/test_program.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

/// A text that comes through a pipe as standard input, as from another program.
class PipedInput {
 public:
  explicit PipedInput(const std::string& text) : before_(::dup(STDIN_FILENO)) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    EXPECT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~PipedInput() {
    ::dup2(before_, STDIN_FILENO);
    ::close(before_);
  }
  PipedInput(const PipedInput&) = delete;
  PipedInput& operator=(const PipedInput&) = delete;

 private:
  int before_;
};

class AccountsCommandTest : public testing::Test {
 protected:
  AccountsCommandTest() { files::write_whole(password_, "泸县 春分 three cranes\nnot this line\n"); }
  Answer tanfang(std::vector<std::string> words) {
    words.insert(words.begin(), "accounts");
    return run_program(folder_.file("data"), "2024-03-01T09:30", std::move(words));
  }
  Answer create(const std::string& login, const std::string& role, const std::string& area) {
    std::vector<std::string> words{"create", login, "--name", "某某", "--role", role, "--password-file", password_};
    if (!area.empty()) words.insert(words.end(), {"--area", area});
    return tanfang(words);
  }
  std::string events() { return run_program(folder_.file("data"), "2024-03-01T09:30", {"audit", "list"}).out; }

  db::TestFolder folder_;
  std::string password_ = folder_.file("password");
};

TEST_F(AccountsCommandTest, TheFirstOneIsMadeOnAnEmptyMachine) {
  Answer made = create("Officer", "security_officer", "");
  ASSERT_EQ(made.code, kDone) << made.err;
  EXPECT_NE(made.out.find("officer 某某（安全管理员）"), std::string::npos) << made.out;
  EXPECT_NE(events().find("account_made account:officer"), std::string::npos);
  EXPECT_EQ(events().find("cranes"), std::string::npos);
  Answer again = create("officer", "security_officer", "");
  EXPECT_EQ(again.code, kRefused);
  EXPECT_NE(again.err.find("identity.login_taken"), std::string::npos);
}

TEST_F(AccountsCommandTest, RefusesWeakPasswordsAndWrongLevels) {
  EXPECT_NE(create("town", "town_office", "510521").err.find("identity.area_level"), std::string::npos);
  EXPECT_NE(create("town", "town_office", "510521999").err.find("area.unknown"), std::string::npos);
  EXPECT_EQ(create("town", "mayor", "510521").code, kUsage);
  files::write_whole(password_, "12345678\n");
  EXPECT_NE(create("zhao", "visitor", "510521101002").err.find("identity.password_common"), std::string::npos);
  files::write_whole(password_, "");
  EXPECT_NE(create("zhao", "visitor", "510521101002").err.find("identity.password_short"), std::string::npos);
}

TEST_F(AccountsCommandTest, ReadsThePasswordFromStandardInput) {
  PipedInput input("泸县 春分 three cranes\n");
  Answer made = tanfang({"create", "zhao", "--name", "赵六", "--role", "visitor", "--area", "510521101002"});
  EXPECT_EQ(made.code, kDone) << made.err;
}

TEST_F(AccountsCommandTest, InvitesAndListsAsJson) {
  ASSERT_EQ(create("county", "county_bureau", "510521").code, kDone);
  Answer invited =
      tanfang({"invite", "zhao", "--name", "赵六", "--role", "visitor", "--area", "510521101002", "--json"});
  ASSERT_EQ(invited.code, kDone) << invited.err;
  EXPECT_NE(invited.out.find("\"invitation\":\""), std::string::npos);
  EXPECT_NE(invited.out.find("\"has_password\":false"), std::string::npos);
  std::string all = tanfang({"list", "--json"}).out;
  EXPECT_NE(all.find("\"login\":\"county\""), std::string::npos);
  EXPECT_EQ(all.find("invitation"), std::string::npos);
  EXPECT_EQ(tanfang({"list", "--area", "510522"}).out, "");
}

TEST_F(AccountsCommandTest, InvitesAPhoneOfTheField) {
  ASSERT_EQ(create("zhao", "visitor", "510521101002").code, kDone);
  ASSERT_EQ(create("county", "county_bureau", "510521").code, kDone);
  Answer invited = tanfang({"invite-phone", "zhao", "--address", "https://visits.example"});
  ASSERT_EQ(invited.code, kDone) << invited.err;
  EXPECT_NE(invited.out.find("https://visits.example/#/join/"), std::string::npos) << invited.out;
  EXPECT_NE(tanfang({"invite-phone", "zhao", "--json"}).out.find("\"link\":\"/#/join/"), std::string::npos);
  EXPECT_NE(tanfang({"invite-phone", "county"}).err.find("device.role"), std::string::npos);
  EXPECT_NE(tanfang({"invite-phone", "nobody"}).err.find("identity.account_unknown"), std::string::npos);
}

TEST_F(AccountsCommandTest, SwitchesOffAndHelpsInAgain) {
  ASSERT_EQ(create("county", "county_bureau", "510521").code, kDone);
  EXPECT_NE(tanfang({"disable", "county"}).out.find("停用"), std::string::npos);
  EXPECT_NE(tanfang({"enable", "county"}).out.find("启用"), std::string::npos);
  for (const char* command : {"end-sessions", "remove-second-factor"}) {
    EXPECT_EQ(tanfang({command, "county"}).code, kDone) << command;
    EXPECT_NE(tanfang({command, "nobody"}).err.find("identity.account_unknown"), std::string::npos) << command;
  }
  EXPECT_EQ(tanfang({"reset-password", "county", "--password-file", password_}).code, kDone);
  std::string trail = events();
  for (const char* kind :
       {"account_disabled", "account_enabled", "sessions_ended", "second_factor_removed", "password_reset"}) {
    EXPECT_NE(trail.find(std::string(kind) + " account:county"), std::string::npos) << kind;
  }
}

TEST_F(AccountsCommandTest, AMachineNeedsNoPassword) {
  Answer made = tanfang({"create", "hospital", "--name", "县医院", "--role", "machine", "--area", "510521"});
  EXPECT_EQ(made.code, kDone) << made.err;
  EXPECT_NE(tanfang({"reset-password", "hospital", "--password-file", password_}).err.find("identity.machine_role"),
            std::string::npos);
}

}  // namespace
}  // namespace tanfang::app
