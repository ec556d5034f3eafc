// Imports listed and undone by command.
#include <boost/json.hpp>

#include "app/test_program.h"
#include "base/citizen_number.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

class ImportsCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string number = "51052119400502002";
    files::write_whole(folder_.file("ledger.csv"),
                       "姓名,身份证号码,村\n张小丽," + number + citizen_number_check(number) + ",大田社区\n");
    ASSERT_EQ(tanfang({"ledger", "import", folder_.file("ledger.csv"), "--area", "510521"}).code, kDone);
  }
  Answer tanfang(std::vector<std::string> words, const std::string& now = "2024-03-01T09:30") {
    return run_program(folder_.file("data"), now, std::move(words));
  }
  js::value listed() { return js::parse(tanfang({"ledger", "list", "--area", "510521", "--json"}).out); }

  db::TestFolder folder_;
};

TEST_F(ImportsCommandTest, AreListedAndUndoneOnce) {
  js::value import = listed();
  EXPECT_EQ(import.at("state"), "done");
  EXPECT_EQ(import.at("file_name"), "ledger.csv");
  EXPECT_EQ(import.at("registered"), 1);
  std::string id(import.at("id").as_string());
  Answer plain = tanfang({"ledger", "list", "--area", "510521"});
  EXPECT_NE(plain.out.find("新登记 1"), std::string::npos) << plain.out;
  for (int i = 0; i < 2; ++i) {
    Answer undone = tanfang({"ledger", "undo", id, "--county", "510521"}, "2024-03-01T10:30");
    EXPECT_EQ(undone.code, kDone) << undone.err;
    EXPECT_NE(undone.out.find("取消登记 1"), std::string::npos) << undone.out;
  }
  EXPECT_EQ(listed().at("state"), "undone");
  EXPECT_EQ(js::parse(tanfang({"audit", "verify", "--json"}).out).at("ok"), true);
}

TEST_F(ImportsCommandTest, AreRefusedWhereThereIsNoneOrItsPeopleWereChanged) {
  Answer unknown = tanfang({"ledger", "undo", "0000000000001", "--county", "510521"});
  EXPECT_EQ(unknown.code, kRefused);
  EXPECT_NE(unknown.err.find("ledger.import_unknown"), std::string::npos) << unknown.err;
  std::string more = files::read_whole(folder_.file("ledger.csv"));
  more.replace(more.find("张小丽"), std::string("张小丽").size(), "张晓丽");
  files::write_whole(folder_.file("more.csv"), more);
  std::string id(listed().at("id").as_string());
  ASSERT_EQ(tanfang({"ledger", "import", folder_.file("more.csv"), "--area", "510521"}, "2024-03-02T09:30").code,
            kDone);
  Answer refused = tanfang({"ledger", "undo", id, "--county", "510521"}, "2024-03-02T10:30");
  EXPECT_EQ(refused.code, kRefused);
  EXPECT_NE(refused.err.find("ledger.built_on"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace tanfang::app
