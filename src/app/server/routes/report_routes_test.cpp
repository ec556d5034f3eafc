// Reports over HTTP.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class ReportRoutesTest : public ServerTest {
 protected:
  static js::object monthly() { return {{"kind", "monthly"}, {"period", "2025-06"}}; }
};
TANFANG_ON_EACH_ENGINE(ReportRoutesTest);

TEST_P(ReportRoutesTest, ShowsIssuesAndGivesAgainWhatWasIssued) {
  Client county = as(Role::county_bureau, kCounty);
  js::object preview = json_of(get(county, "/reports/preview?kind=monthly&period=2025-06"));
  EXPECT_EQ(preview.at("title"), "泸县特殊困难老年人探访关爱服务\n2025年6月覆盖情况月报");
  http::Answer issued = post(county, "/reports", monthly());
  ASSERT_EQ(issued.status, 201) << issued.body;
  std::string id(json_of(issued).at("id").as_string());
  EXPECT_EQ(json_of(post(county, "/reports", monthly())).at("id").as_string(), std::string_view(id)) << "unchanged";
  js::object shown = json_of(get(county, "/reports/" + id));
  EXPECT_EQ(js::serialize(shown.at("report")), js::serialize(preview));
  http::Answer pdf = get(county, "/reports/" + id + "/file");
  EXPECT_EQ(pdf.value("content-type"), "application/pdf");
  EXPECT_EQ(pdf.body.substr(0, 5), "%PDF-");
  EXPECT_EQ(get(county, "/reports/" + id + "/file").body, pdf.body);
  EXPECT_EQ(get(county, "/reports/" + id + "/file?format=xlsx").body.substr(0, 2), "PK");
  EXPECT_EQ(json_of(get(county, "/reports")).at("reports").as_array().size(), 1u);
  EXPECT_NE(get(as(Role::auditor, kCounty), "/audit?kind=report_issued")
                .body.find(std::string(shown.at("digest").as_string())),
            std::string::npos);
}

TEST_P(ReportRoutesTest, ARestatementSaysWhatChangedAndWhy) {
  Client county = as(Role::county_bureau, kCounty);
  ASSERT_EQ(post(county, "/reports", monthly()).status, 201);
  ASSERT_EQ(post(county, "/visits", visit("k1", format_id(key_.id), "2025-06-18")).status, 201);
  EXPECT_EQ(code_of(post(county, "/reports", monthly())), "report.reason_missing");
  js::object again = monthly();
  again["reason"] = "补录六月的纸质记录";
  http::Answer second = post(county, "/reports", again);
  ASSERT_EQ(second.status, 201) << second.body;
  EXPECT_EQ(json_of(second).at("number"), 2);
}

TEST_P(ReportRoutesTest, StaysInTheAreaAndRefusesWhatThereIsNot) {
  Client county = as(Role::county_bureau, kCounty);
  std::string id(json_of(post(county, "/reports", monthly())).at("id").as_string());
  Client town = as(Role::town_office, kTown);
  EXPECT_EQ(code_of(get(town, "/reports/" + id)), "report.unknown") << "it is the county's";
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), "/reports/" + id)), "report.unknown");
  EXPECT_EQ(code_of(get(town, "/reports?area=" + kCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(get(town, "/reports/preview?kind=monthly&period=2025-06&area=" + kCounty)),
            "identity.outside_area");
  EXPECT_EQ(get(as(Role::visitor, kVillage), "/reports").status, 403);
  EXPECT_EQ(post(as(Role::city_supervisor, "5105"), "/reports", monthly()).status, 403);
  EXPECT_EQ(code_of(get(county, "/reports/preview?kind=monthly&period=2025-Q2")), "report.period");
  EXPECT_EQ(code_of(get(county, "/reports/preview?kind=monthly&period=2025-05")), "coverage.month_not_open");
  EXPECT_EQ(get(county, "/reports/preview?kind=yearly&period=2025-06").status, 422);
  EXPECT_EQ(code_of(get(county, "/reports/no-such-id")), "report.unknown");
}

}  // namespace
}  // namespace tanfang::app::server
