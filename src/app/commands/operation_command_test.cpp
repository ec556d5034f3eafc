#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>

#include "app/test_program.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

class OperationCommandTest : public testing::Test {
 protected:
  Answer tanfang(std::vector<std::string> words) {
    return run_program(folder_.file("data"), "2024-03-01T09:30", std::move(words));
  }
  boost::json::object verify() { return boost::json::parse(tanfang({"audit", "verify", "--json"}).out).as_object(); }
  void edit(const std::string& sql) { db::open_sqlite(folder_.file("data/tanfang.db"))->run_script(sql); }

  db::TestFolder folder_;
};

TEST_F(OperationCommandTest, WhoOnlyLooksNeedsData) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"people", "search"}, {"audit", "verify"}, {"audit", "list"}, {"areas", "list"}, {"keys", "rotate"}}) {
    Answer answer = tanfang(words);
    EXPECT_EQ(answer.code, kRefused) << words[0];
    EXPECT_NE(answer.err.find("data.missing"), std::string::npos) << words[0];
  }
  EXPECT_FALSE(std::filesystem::exists(folder_.file("data")));
}

TEST_F(OperationCommandTest, VerifyAnswersAndItsExitCodeTells) {
  tanfang({"migrate"});
  EXPECT_EQ(tanfang({"keys", "rotate"}).code, kDone);
  EXPECT_EQ(verify(), boost::json::parse(R"({"entries":2,"sealed":2,"ok":true,"first_bad":null})"));
  edit("delete from audit_events where number = 2");
  Answer broken = tanfang({"audit", "verify", "--json"});
  EXPECT_EQ(broken.code, kRefused);
  EXPECT_EQ(boost::json::parse(broken.out),
            boost::json::parse(
                R"({"entries":1,"sealed":1,"ok":false,"first_bad":{"county":"","number":2,"what":"deleted"}})"));
  EXPECT_EQ(tanfang({"audit", "verify"}).code, kRefused);
}

TEST_F(OperationCommandTest, ListShowsEntriesAlsoEditedOnes) {
  tanfang({"migrate"});
  tanfang({"keys", "rotate"});
  Answer all = tanfang({"audit", "list", "--json"});
  EXPECT_EQ(std::count(all.out.begin(), all.out.end(), '\n'), 2);
  Answer one = tanfang({"audit", "list", "--kind", "key_added"});
  EXPECT_NE(one.out.find("key_added keys {\"number\":2}"), std::string::npos);
  edit("update audit_events set details = 'no json'");
  EXPECT_NE(tanfang({"audit", "list", "--json"}).out.find(R"("details":"no json")"), std::string::npos);
}

TEST_F(OperationCommandTest, KeysTravelByPassphraseFile) {
  files::write_whole(folder_.file("passphrase"), "correct horse\nignored\n");
  files::write_whole(folder_.file("empty"), "\n");
  files::write_whole(folder_.file("short"), "correct\n");
  tanfang({"migrate"});
  auto keys = [&](const char* verb, const char* passphrase) {
    return tanfang({"keys", verb, folder_.file("k"), "--passphrase-file", folder_.file(passphrase)});
  };
  EXPECT_NE(keys("export", "empty").err.find("keys.no_passphrase"), std::string::npos);
  EXPECT_NE(keys("export", "short").err.find("keys.short_passphrase"), std::string::npos);
  EXPECT_NE(keys("export", "nowhere").err.find("file.unreadable"), std::string::npos);
  EXPECT_EQ(keys("export", "passphrase").code, kDone);
  EXPECT_EQ(keys("import", "passphrase").code, kDone);
  EXPECT_EQ(tanfang({"keys", "export", folder_.file("k"), "--plain"}).code, kRefused);
}

TEST_F(OperationCommandTest, BackupRestoreMigrateAnswerInJson) {
  EXPECT_NE(tanfang({"migrate", "--json"}).out.find("0002_audit"), std::string::npos);
  EXPECT_EQ(tanfang({"migrate", "--json"}).out, "{\"steps\":[]}\n");
  Answer backup = tanfang({"backup", folder_.file("b"), "--json"});
  EXPECT_EQ(boost::json::parse(backup.out).at("file"), boost::json::value(folder_.file("b")));
  EXPECT_EQ(tanfang({"backup", folder_.file("b")}).code, kRefused);
  EXPECT_EQ(tanfang({"restore", folder_.file("b")}).code, kRefused);
  Answer restored = tanfang({"restore", folder_.file("b"), "--force", "--json"});
  EXPECT_EQ(restored.code, kDone) << restored.err;
  EXPECT_EQ(boost::json::parse(restored.out).at("trail_ok"), boost::json::value(true));
  EXPECT_TRUE(verify().at("ok").as_bool());
}

TEST_F(OperationCommandTest, WrongUseIsNamedAndChangesNothing) {
  const std::vector<std::vector<std::string>> cases = {{"audit"},
                                                       {"audit", "unknown"},
                                                       {"audit", "list", "--limit", "0"},
                                                       {"backup"},
                                                       {"restore"},
                                                       {"keys"},
                                                       {"keys", "export"},
                                                       {"migrate", "--now", ""},
                                                       {"migrate", "--database", "mysql://x"}};
  for (const auto& words : cases) EXPECT_EQ(tanfang(words).code, kUsage) << words[0];
  EXPECT_FALSE(std::filesystem::exists(folder_.file("data")));
}

}  // namespace
}  // namespace tanfang::app
