#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "app/test_program.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"
#include "registry/registry.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

/// A county of one registered person, worked on by commands.
class PeopleCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    number_ = "51052119400502002";
    number_ += citizen_number_check(number_);
    files::write_whole(folder_.file("ledger.csv"),
                       "姓名,身份证号码,村,电话,子女数,婚姻状况\n张小丽," + number_ + ",大田社区,13800007875,0,丧偶\n");
    ASSERT_EQ(tanfang({"ledger", "import", folder_.file("ledger.csv"), "--area", "510521"}).code, kDone);
  }
  Answer tanfang(std::vector<std::string> words) {
    words.push_back("--json");
    return run_program(folder_.file("data"), "2024-03-01T09:30", std::move(words));
  }
  js::object people(std::vector<std::string> words) {
    words.insert(words.begin(), "people");
    Answer answer = tanfang(words);
    EXPECT_EQ(answer.code, kDone) << words[1];
    return js::parse(answer.out).as_object();
  }
  std::string text(const js::object& object, const char* name) { return std::string(object.at(name).as_string()); }

  db::TestFolder folder_;
  std::string number_;
};

TEST_F(PeopleCommandTest, AFileIsFoundAndShownMasked) {
  js::object page = people({"search", "--pinyin", "zxl"});
  ASSERT_EQ(page["people"].as_array().size(), 1u);
  std::string id = text(page["people"].as_array()[0].as_object(), "id");
  js::object file = people({"show", id});
  EXPECT_EQ(text(file, "phone"), "138****7875");
  EXPECT_EQ(text(file, "status"), "active");
  EXPECT_EQ(text(file, "area_name"), "四川省泸州市泸县福集镇大田社区居民委员会");
  EXPECT_EQ(file.at("verdicts").as_array().size(), 2u);
  EXPECT_EQ(text(people({"show", id, "--reveal-reason", "核对身份信息"}), "citizen_number"), number_);
  EXPECT_EQ(tanfang({"people", "show", id, "--reveal-reason", "查"}).code, kRefused);
  EXPECT_EQ(tanfang({"people", "show", id, "--reveal-reason", ""}).code, kRefused);
  EXPECT_EQ(tanfang({"people", "search", "--name", ""}).code, kUsage);
  EXPECT_EQ(tanfang({"people", "search", "--pinyin", "王"}).code, kRefused);
  EXPECT_NE(tanfang({"audit", "list", "--kind", "field_revealed"}).out.find("核对身份信息"), std::string::npos);
}

TEST_F(PeopleCommandTest, AStatusIsChangedAndTakenBack) {
  EXPECT_EQ(text(people({"suspend", number_, "--reason", "住院"}), "status"), "suspended");
  EXPECT_EQ(text(people({"resume", number_}), "status"), "active");
  EXPECT_EQ(text(people({"death", number_}), "status"), "deceased");
  EXPECT_EQ(tanfang({"people", "move-out", number_, "--reason", "随子女"}).code, kRefused);
  EXPECT_EQ(text(people({"reopen", number_, "--reason", "登记错误"}), "status"), "active");
  EXPECT_EQ(text(people({"move-out", number_, "--reason", "随子女"}), "status"), "moved_out");
  EXPECT_EQ(people({"status", number_})["history"].as_array().size(), 1u);
}

TEST_F(PeopleCommandTest, FactsAreStatedCorrectedAndExplained) {
  EXPECT_EQ(people({"state", number_, "ability=severe", "children=[]"})["changed"], js::array{"ability"});
  EXPECT_EQ(tanfang({"people", "state", number_, "ability=strong"}).code, kRefused);
  EXPECT_EQ(tanfang({"people", "state", number_, "ability"}).code, kUsage);
  EXPECT_EQ(people({"correct", number_, "--name", "张晓丽", "--phone", "13900000001"})["changed"],
            (js::array{"name", "phone"}));
  EXPECT_EQ(tanfang({"people", "correct", number_}).code, kUsage);
  EXPECT_EQ(text(people({"show", number_}), "name"), "张晓丽");
  EXPECT_NE(tanfang({"people", "explain", number_}).out.find("\"tier.key\""), std::string::npos);
  Answer history = tanfang({"people", "history", number_});
  EXPECT_EQ(std::count(history.out.begin(), history.out.end(), '\n'), 3);
  EXPECT_LT(history.out.find("\"ledger\""), history.out.find("\"clerk\"")) << "in the order it was said";
  EXPECT_NE(tanfang({"people", "verdicts", number_}).out.find("luzhou-2023"), std::string::npos);
}

TEST_F(PeopleCommandTest, AConsentIsRecorded) {
  EXPECT_EQ(tanfang({"people", "consent", number_, "--kind", "photo", "--refused"}).code, kDone);
  EXPECT_EQ(people({"show", number_})["consents"].as_array().size(), 1u);
}

TEST_F(PeopleCommandTest, ATransferIsAskedForAndAccepted) {
  std::string id = text(people({"transfer", "propose", "--citizen-number", number_, "--to", "370305001001"}), "id");
  EXPECT_EQ(text(people({"transfer", "list", "--county", "510521"}), "id"), id);
  EXPECT_TRUE(people({"transfer", "list", "--county", "370305"}).at("person").is_null());
  EXPECT_EQ(tanfang({"people", "transfer", "accept", id, "--county", "510521"}).code, kRefused);
  EXPECT_EQ(text(people({"transfer", "accept", id, "--county", "370305"}), "county"), "370305");
  EXPECT_EQ(text(people({"transfer", "list", "--county", "510521"}), "status"), "accepted");
  EXPECT_EQ(tanfang({"people", "transfer", "reject", id, "--county", "510521", "--reason", "仍住本村"}).code, kRefused);
  EXPECT_EQ(text(people({"show", number_}), "area"), "370305001001");
}

TEST_F(PeopleCommandTest, ACountyChoosesItsSchemes) {
  Answer chosen = tanfang({"people", "schemes", "--county", "510521", "--choose", "yicheng-2023"});
  EXPECT_NE(chosen.out.find("yicheng-2023"), std::string::npos);
  EXPECT_NE(chosen.out.find("national-2022"), std::string::npos);
  EXPECT_EQ(tanfang({"people", "schemes", "--county", "510521", "--choose", "atlantis"}).code, kRefused);
  EXPECT_EQ(people({"classify", "--county", "510521"})["people"], 0);
  Answer shipped = tanfang({"people", "schemes", "--county", "510521", "--shipped"});
  EXPECT_EQ(shipped.out.find("yicheng-2023"), std::string::npos);
}

TEST_F(PeopleCommandTest, AreasAreListedAndABadListIsRefused) {
  EXPECT_NE(tanfang({"areas", "list", "--area", "510521", "--level", "9"}).out.find("福集镇"), std::string::npos);
  files::write_whole(folder_.file("bad.csv"), "code,name\n510521199,新设镇\n5105x,合江县\n");
  EXPECT_EQ(tanfang({"areas", "import", folder_.file("bad.csv")}).code, kRefused);
  EXPECT_EQ(tanfang({"areas", "import", folder_.file("none.csv")}).code, kRefused);
  EXPECT_EQ(tanfang({"areas", "list", "--area", "510521", "--level", "9"}).out.find("新设镇"), std::string::npos);
  EXPECT_EQ(tanfang({"people", "show", "nobody"}).code, kRefused);
}

}  // namespace
}  // namespace tanfang::app
