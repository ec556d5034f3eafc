// Lists as Excel on both databases: what stands in them, and that what left comes back without a difference.
#include "app/exports/exports.h"

#include <gtest/gtest.h>
#include <zip.h>

#include <filesystem>
#include <fstream>

#include "app/commands/ground.h"
#include "app/exports/exports_problems.h"
#include "app/ledger_house.h"
#include "base/citizen_number.h"
#include "platform/crypto/sealed_zip.h"
#include "platform/db/test_database.h"
#include "registry/for_paper.h"

namespace tanfang::app::exports {
namespace {

const std::string kCounty = "510521";
const std::string kVillage = "510521100231";
const std::string kReason = "报送上级主管部门";

std::string number_of(const std::string& county, const std::string& birth, const std::string& serial) {
  std::string digits = county + birth + serial;
  return digits + citizen_number_check(digits);
}

class ExportsTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
    surroundings_.data_folder = database_.folder().file("data");
    if (GetParam() == "postgresql") surroundings_.database_address = database_.address();
    surroundings_.now_text = "2024-05-31T18:00";
    rooms_ = std::make_unique<VisitsGround>(surroundings_);
    templates_ = load_templates({TANFANG_SOURCE_DIR "/schemes"}, rooms_->ground.classifier.schemes()->vocabulary());
  }

  Ground ground() {
    return {rooms_->forms, templates_, rooms_->ground.policies, surroundings_.keys(), surroundings_.now()};
  }

  void write_ledger(const std::string& name, const std::vector<std::string>& lines) {
    std::ofstream file(path(name));
    for (const std::string& line : lines) file << line << "\n";
  }
  std::string path(const std::string& name) { return surroundings_.data_folder + "/" + name; }

  ledgers::LedgerResult import(const std::string& name, const std::string& area) {
    ledgers::LedgerImport order;
    order.path = path(name);
    order.area = area;
    order.shipped = TANFANG_SOURCE_DIR;
    auto set = rooms_->ground.classifier.schemes();
    order.scheme = set->in_area(area, surroundings_.today()).front();
    order.vocabulary = &set->vocabulary();
    auto house = ledger_house(surroundings_.database(), surroundings_.keys(), surroundings_.ids(),
                              rooms_->ground.policies, "test", [this] { return surroundings_.now(); });
    return ledgers::import_ledger(house, order);
  }

  /// People as a county's own ledger tells them: with a phone, an address and a contact, impaired, on welfare.
  void register_people(const std::string& county, const std::string& village) {
    std::filesystem::create_directories(surroundings_.data_folder);
    surroundings_.database();
    write_ledger(
        "own.csv",
        {"姓名,身份证号码,村,联系电话,家庭住址,紧急联系人,紧急联系人电话,婚姻状况,共同居住人,能力等级,残疾等级,"
         "救助类别,"
         "户籍类别,是否居住在户籍所在地,子女数,健康状况,是否愿意接受探访",
         "欧阳秀英," + number_of(county, "19400302", "002") + "," + village +
             ",13800138000,大亨村三组二十八号,王敏,13900139000,丧偶,独自居住,重度失能,二级,低保,农村,是,0,较差,是",
         "𠮷䶮," + number_of(county, "19510515", "011") + "," + village +
             ",0830-8123456,大亨村一组,李强,13700137000,有配偶,配偶,能力完好,无,无,城镇,否,2,良好,是",
         "买买提·艾力," + number_of(county, "19451212", "013") + "," + village + ",,,,,,,,,低保边缘,,,,,"});
    auto taken = import("own.csv", county);
    ASSERT_EQ(taken.accepted, 3) << taken.refused.size();
  }

  Order order(What what, const std::string& reason = "") {
    Order made;
    made.what = what;
    made.area = kCounty;
    made.from = *Date::parse("2024-05-01");
    made.to = *Date::parse("2024-05-31");
    made.reason = reason;
    return made;
  }

  std::int64_t save(const Order& asked, const std::string& name) {
    std::int64_t rows = 0;
    surroundings_.database().read(
        [&](db::Session& session) { rows = write_sheet(session, prepare(session, ground(), asked), path(name)); });
    return rows;
  }

  /// Every cell of the sheet, kind and text, row by row.
  std::vector<std::vector<std::string>> cells(const std::string& name) {
    std::vector<std::vector<std::string>> rows;
    auto book = excel::open_workbook(path(name));
    auto reader = book->read(0);
    excel::Row row;
    while (reader->next(row)) {
      std::vector<std::string> texts;
      for (const excel::Cell& cell : row.cells) {
        std::string kind = cell.kind == excel::CellKind::number ? "#" : cell.kind == excel::CellKind::date ? "@" : "";
        texts.push_back(kind + cell.text);
      }
      rows.push_back(std::move(texts));
    }
    return rows;
  }

  std::string under(const std::vector<std::vector<std::string>>& rows, std::size_t row, const std::string& heading) {
    const auto& headings = rows.at(1);
    auto found = std::find(headings.begin(), headings.end(), heading);
    if (found == headings.end()) return "no column " + heading;
    auto place = static_cast<std::size_t>(found - headings.begin());
    return place < rows.at(row).size() ? rows.at(row).at(place) : "";
  }

  /// The county's file as text, without what only says when and by whom.
  std::string files(const std::string& county) {
    std::string text;
    surroundings_.database().read([&](db::Session& session) {
      registry::Search search;
      search.area = county;
      search.limit = 200;
      text.clear();
      for (const auto& found :
           registry::search_people(session, surroundings_.keys(), search, surroundings_.today()).people) {
        auto person = registry::unmask_person(session, surroundings_.keys(), found.key);
        text += person.name + person.phone + person.address + registry::load_facts(session, found.key) + "\n";
        for (const auto& contact : person.contacts) text += contact.kind + contact.name + contact.phone + "\n";
      }
    });
    return text;
  }

  void comes_back(const Order& asked) {
    std::string before = files(asked.area);
    std::int64_t rows = save(asked, "out.xlsx");
    auto back = import("out.xlsx", asked.area);
    EXPECT_EQ(back.accepted, rows);
    EXPECT_EQ(back.unchanged, rows) << back.changed << " changed, " << back.registered << " new";
    EXPECT_TRUE(back.refused.empty());
    EXPECT_TRUE(back.remarked.empty()) << (back.remarked.empty() ? "" : back.remarked[0].headings[0]);
    EXPECT_EQ(back.differences, 0);
    EXPECT_EQ(files(asked.area), before);
  }

  db::TestDatabase database_{GetParam(), db::TestDatabase::Schema::empty};
  Surroundings surroundings_;
  std::unique_ptr<VisitsGround> rooms_;
  Templates templates_;
};
TANFANG_ON_EACH_ENGINE(ExportsTest);

TEST_P(ExportsTest, TheRegisterHasTheColumnsOfTheRegistrationForm) {
  register_people(kCounty, kVillage);
  ASSERT_EQ(save(order(What::registry, kReason), "register.xlsx"), 3);
  auto rows = cells("register.xlsx");
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[0][0], "四川省特殊困难老年人信息登记表（名册）");
  EXPECT_EQ(under(rows, 2, "被探访人姓名"), "欧阳秀英");
  EXPECT_EQ(under(rows, 2, "公民身份号码"), number_of(kCounty, "19400302", "002"));
  EXPECT_EQ(under(rows, 2, "出生日期"), "@1940-03-02");
  EXPECT_EQ(under(rows, 2, "建档日期"), "@2024-05-31");
  EXPECT_EQ(under(rows, 2, "联系电话"), "13800138000");
  EXPECT_EQ(under(rows, 2, "紧急联系人电话"), "13900139000");
  EXPECT_EQ(under(rows, 2, "能力程度"), "重度失能");
  EXPECT_EQ(under(rows, 2, "是否居住在户籍所在地"), "是");
  EXPECT_EQ(under(rows, 2, "序号"), "#1");
  EXPECT_EQ(under(rows, 3, "被探访人姓名"), "𠮷䶮");
}

TEST_P(ExportsTest, NumbersAndPhonesAreMaskedUntilThereIsAReason) {
  register_people(kCounty, kVillage);
  save(order(What::registry), "register.xlsx");
  auto rows = cells("register.xlsx");
  EXPECT_EQ(under(rows, 2, "公民身份号码"), "510521************");
  EXPECT_EQ(under(rows, 2, "联系电话"), "138****8000");
  EXPECT_EQ(under(rows, 2, "紧急联系人"), "王*");
  for (const auto& row : rows) {
    for (const std::string& text : row) EXPECT_EQ(text.find("13900139000"), std::string::npos);
  }
}

TEST_P(ExportsTest, WhatLeftComesBackWithoutADifference) {
  register_people(kCounty, kVillage);
  comes_back(order(What::registry, kReason));
  Order upward = order(What::upward, kReason);
  upward.template_id = "common/upward";
  comes_back(upward);
}

TEST_P(ExportsTest, TheRegisterOfEverySchemeComesBack) {
  for (const std::string area : {"370305", "370404", "210321"}) {
    std::string village;
    surroundings_.database().read([&](db::Session& session) {
      auto areas = registry::AreaIndex::from_table(session, area, surroundings_.today());
      village = areas.below(area, 12).front().code;
    });
    register_people(area, village);
    Order asked = order(What::registry, kReason);
    asked.area = area;
    comes_back(asked);
  }
}

TEST_P(ExportsTest, TheLeftBehindListHasThoseOfTheCategoryAlone) {
  EXPECT_THROW(save(order(What::left_behind), "none.xlsx"), Problem) << "Luzhou's scheme has none";
  std::filesystem::create_directories(surroundings_.data_folder);
  std::string village;
  surroundings_.database().read([&](db::Session& session) {
    auto areas = registry::AreaIndex::from_table(session, "370305", surroundings_.today());
    village = areas.below("370305", 12).front().code;
  });
  write_ledger("own.csv", {"姓名,身份证号码,村,子女居住情况,子女半年内能否返乡,子女数",
                           "张三," + number_of("370305", "19420315", "013") + "," + village + ",县外,否,1",
                           "李四," + number_of("370305", "19420316", "013") + "," + village + ",同村,,1"});
  ASSERT_EQ(import("own.csv", "370305").accepted, 2);
  Order asked = order(What::left_behind, kReason);
  asked.area = "370305";
  ASSERT_EQ(save(asked, "left.xlsx"), 1);
  EXPECT_EQ(under(cells("left.xlsx"), 2, "姓名"), "张三");
  comes_back(asked);
}

TEST_P(ExportsTest, APasswordOpensThePackAndNothingElse) {
  register_people(kCounty, kVillage);
  save(order(What::registry, kReason), "register.xlsx");
  std::string password = new_password();
  EXPECT_EQ(password.size(), 20u);
  EXPECT_NE(password, new_password());
  crypto::seal_zip(path("register.zip"), path("register.xlsx"), "registry.xlsx", password);
  auto read = [&](const char* given) {
    int error = 0;
    zip_t* archive = zip_open(path("register.zip").c_str(), ZIP_RDONLY, &error);
    zip_stat_t entry{};
    EXPECT_EQ(zip_stat_index(archive, 0, 0, &entry), 0);
    EXPECT_EQ(entry.encryption_method, ZIP_EM_AES_256);
    zip_file_t* file = zip_fopen_index_encrypted(archive, 0, 0, given);
    std::string bytes(file == nullptr ? 0 : entry.size, '\0');
    if (file != nullptr && zip_fread(file, bytes.data(), bytes.size()) < 0) bytes.clear();
    if (file != nullptr) zip_fclose(file);
    zip_discard(archive);
    return bytes;
  };
  EXPECT_EQ(read(password.c_str()).substr(0, 2), "PK");
  EXPECT_EQ(read("another password").size(), 0u);
  std::filesystem::perms held = std::filesystem::status(path("register.zip")).permissions();
  EXPECT_EQ(held, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_P(ExportsTest, TheTrailKeepsWhatLeftAndWhy) {
  register_people(kCounty, kVillage);
  surroundings_.write([&](audit::Work& work) { note(work, order(What::visits, kReason), 7); });
  std::vector<audit::Entry> found;
  surroundings_.database().read([&](db::Session& session) {
    found = audit::list(session, {kCounty, "list_exported", std::nullopt, 10});
  });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].details, R"({"list":"visits","rows":7,"masked":false,"from":"2024-05-01","to":"2024-05-31",)"
                              R"("reason":"报送上级主管部门"})");
  try {
    surroundings_.write([&](audit::Work& work) { note(work, order(What::visits, "看看"), 7); });
    FAIL();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "export.reason_missing");
  }
}

TEST_P(ExportsTest, RefusesWhatThereIsNot) {
  register_people(kCounty, kVillage);
  auto code = [&](const Order& asked) {
    try {
      save(asked, "none.xlsx");
    } catch (const Problem& problem) {
      return problem.code;
    }
    return std::string("none");
  };
  Order asked = order(What::upward);
  asked.template_id = "nowhere/at_all";
  EXPECT_EQ(code(asked), "export.template");
  asked = order(What::visits);
  asked.from = asked.to + 1;
  EXPECT_EQ(code(asked), "export.period");
  asked.from = asked.to - 400;
  EXPECT_EQ(code(asked), "export.period");
  asked = order(What::registry);
  asked.area = "999999";
  EXPECT_EQ(code(asked), "area.unknown");
  EXPECT_EQ(too_many_rows().code, "export.too_many");
}

class TemplatesTest : public testing::Test {
 protected:
  std::vector<std::string> mistakes(const std::string& text) {
    std::vector<forms::LintMessage> messages;
    read_template(text, "a/b", "b.toml", set_.vocabulary(), messages);
    std::vector<std::string> found;
    for (const auto& message : messages) found.push_back(std::to_string(message.line) + " " + message.message.en);
    return found;
  }
  schemes::SchemeSet set_ = schemes::SchemeSet::load(TANFANG_SOURCE_DIR);
};

TEST_F(TemplatesTest, AreRefusedWithLineAndReason) {
  const std::string kHead = "zh = \"表\"\nen = \"table\"\n";
  using Found = std::vector<std::string>;
  EXPECT_EQ(mistakes(kHead + "[[column]]\nheading = \"姓名\"\nsource = \"person.name\"\n"), Found{});
  EXPECT_EQ(mistakes(kHead + "[[column]]\nheading = \"甲\"\nsource = \"person.secret\"\n"),
            Found{"5 there is no source person.secret"});
  EXPECT_EQ(mistakes(kHead + "[[column]]\nheading = \"甲\"\nsource = \"fact.nothing\"\n"),
            Found{"5 there is no source fact.nothing"});
  EXPECT_EQ(mistakes(kHead + "[[column]]\nsource = \"person.name\"\n"), Found{"3 heading is missing"});
  EXPECT_EQ(mistakes(kHead + "[[column]]\nheading = \"甲\"\nwidth = 500\n"), Found{"5 width must be 1 to 100"});
  EXPECT_EQ(mistakes(kHead), Found{"1 there must be 1 to 200 [[column]]"});
  EXPECT_EQ(mistakes("[[column]]\nheading = \"甲\"\n"), Found{"1 the titles zh and en are missing"});
  EXPECT_EQ(mistakes(kHead + "[[column]]\nheading = \"甲\"\ncolour = \"red\"\n"), Found{"5 there is no key colour"});
  EXPECT_EQ(mistakes(kHead + "[[column").size(), 1u);
  EXPECT_EQ(invalid_templates({}).code, "export.invalid");
}

}  // namespace
}  // namespace tanfang::app::exports
