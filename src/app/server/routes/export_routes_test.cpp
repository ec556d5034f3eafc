// Lists as Excel over HTTP.
#include <algorithm>
#include <fstream>

#include "app/server/test_server.h"
#include "platform/excel/table.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class ExportRoutesTest : public ServerTest {
 protected:
  std::vector<std::vector<std::string>> rows_of(const http::Answer& answer) {
    std::string path = surroundings_.data_folder + "/out.xlsx";
    std::ofstream(path, std::ios::binary) << answer.body;
    auto book = excel::open_workbook(path);
    auto reader = book->read(0);
    excel::Row row;
    std::vector<std::vector<std::string>> rows;
    while (reader->next(row)) {
      rows.emplace_back();
      for (const excel::Cell& cell : row.cells) rows.back().push_back(cell.text);
    }
    return rows;
  }
  static bool holds(const std::vector<std::vector<std::string>>& rows, const std::string& text) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return std::find(row.begin(), row.end(), text) != row.end(); });
  }
  static js::object asked(const std::string& list) { return {{"list", list}}; }
};
TANFANG_ON_EACH_ENGINE(ExportRoutesTest);

TEST_P(ExportRoutesTest, TellsWhatThereIsAndItsColumns) {
  Client county = as(Role::county_bureau, kCounty);
  js::object found = json_of(get(county, "/exports"));
  EXPECT_EQ(found.at("lists").as_array().size(), 7u);
  EXPECT_TRUE(found.at("may_reveal").as_bool());
  EXPECT_FALSE(json_of(get(as(Role::visitor, kVillage), "/exports")).at("may_reveal").as_bool());
  EXPECT_EQ(get(as(Role::auditor, kCounty), "/exports").status, 403);
  js::object columns = json_of(get(county, "/exports/columns?list=template&template=common/upward"));
  EXPECT_EQ(columns.at("title"), "特殊困难老年人信息上报表");
  EXPECT_EQ(columns.at("columns").at(6).at("personal"), true);
  EXPECT_EQ(columns.at("columns").at(7).at("type"), "date");
  EXPECT_EQ(code_of(get(county, "/exports/columns?list=template&template=none")), "export.template");
  EXPECT_EQ(code_of(get(county, "/exports/columns?list=left-behind")), "export.template");
  EXPECT_EQ(get(county, "/exports/columns?list=template").status, 422);
  EXPECT_EQ(get(county, "/exports/columns?list=everything").status, 422);
}

TEST_P(ExportRoutesTest, LeavesMaskedForWhoeverMaySearchAndStaysInTheArea) {
  Client town = as(Role::town_office, kTown);
  http::Answer sheet = post(town, "/exports", asked("registry"));
  ASSERT_EQ(sheet.status, 200) << sheet.body;
  EXPECT_EQ(sheet.value("export-password"), "(none)");
  auto rows = rows_of(sheet);
  EXPECT_EQ(rows.size(), 3u);
  EXPECT_TRUE(holds(rows, "510521************"));
  EXPECT_FALSE(holds(rows, number_of(kCounty, 1)));
  js::object wider = asked("registry");
  wider["area"] = kCounty;
  EXPECT_EQ(code_of(post(town, "/exports", wider)), "identity.outside_area");
  wider["area"] = "5105";
  EXPECT_EQ(post(as(Role::city_supervisor, "5105"), "/exports", wider).status, 422);
  EXPECT_EQ(post(as(Role::auditor, kCounty), "/exports", asked("registry")).status, 403);
  EXPECT_NE(get(as(Role::auditor, kCounty), "/audit?kind=list_exported").body.find(R"("masked":true)"),
            std::string::npos);
}

TEST_P(ExportRoutesTest, LeavesWholeOnlyPackedForAReasonAndForWhoKeepsLedgers) {
  js::object whole = asked("registry");
  whole["reason"] = "报送上级主管部门";
  Client county = as(Role::county_bureau, kCounty);
  http::Answer packed = post(county, "/exports", whole);
  ASSERT_EQ(packed.status, 200) << packed.body;
  EXPECT_EQ(packed.value("content-type"), "application/zip");
  std::string password = packed.value("export-password");
  EXPECT_EQ(password.size(), 20u);
  EXPECT_NE(post(county, "/exports", whole).value("export-password"), password);
  http::Answer trail = get(as(Role::auditor, kCounty), "/audit?kind=list_exported");
  EXPECT_NE(trail.body.find("报送上级主管部门"), std::string::npos);
  EXPECT_EQ(trail.body.find(password), std::string::npos);
  whole["reason"] = "看";
  EXPECT_EQ(code_of(post(county, "/exports", whole)), "export.reason_missing");
  whole["reason"] = "报送上级主管部门";
  EXPECT_EQ(code_of(post(as(Role::visitor, kVillage), "/exports", whole)), "identity.forbidden");
  EXPECT_EQ(code_of(post(as(Role::village_clerk, kVillage), "/exports", whole)), "identity.forbidden");
}

TEST_P(ExportRoutesTest, ListsRecordsAndWhatIsOwed) {
  Client county = as(Role::county_bureau, kCounty);
  js::object recorded = visit("k1", format_id(key_.id), "2025-06-18");
  recorded["answers"].as_object()["service_needs"] = js::array{"daily_care", "other"};
  recorded["answers"].as_object()["service_needs_other"] = "想装一个扶手";
  recorded["answers"].as_object()["mood"] = "worse";
  http::Answer taken = post(county, "/visits", recorded);
  ASSERT_EQ(taken.status, 201) << taken.body;
  auto visits = rows_of(post(county, "/exports", asked("visits")));
  ASSERT_EQ(visits.size(), 3u);
  EXPECT_EQ(visits[2][0], "2025-06-18");
  EXPECT_TRUE(holds(visits, "上门"));
  auto findings = rows_of(post(county, "/exports", asked("findings")));
  EXPECT_TRUE(holds(findings, "情绪状态"));
  EXPECT_TRUE(holds(findings, "变差"));
  auto needs = rows_of(post(county, "/exports", asked("needs")));
  EXPECT_EQ(needs.size(), 4u);
  EXPECT_TRUE(holds(needs, "生活照料"));
  EXPECT_FALSE(holds(needs, "想装一个扶手")) << "what was written by hand";
  js::object june = asked("obligations");
  june["month"] = "2025-06";
  auto owed = rows_of(post(county, "/exports", june));
  EXPECT_GE(owed.size(), 4u);
  june["month"] = "2025-09";
  EXPECT_EQ(code_of(post(county, "/exports", june)), "month.not_open");
  js::object years = asked("visits");
  years["from"] = "2020-01-01";
  EXPECT_EQ(code_of(post(county, "/exports", years)), "export.period");
}

}  // namespace
}  // namespace tanfang::app::server
