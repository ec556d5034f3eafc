// Paper over HTTP: printed, photographed, sent, read by its codes, entered beside the picture, and gone with the
// person.
#include "app/jobs/retention.h"
#include "app/server/routes/test_paper.h"
#include "scans/scans.h"
#include "visits/for_scans.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

const std::string& kForm = kPaperForm;

class ScanRoutesTest : public PaperServerTest {};
TANFANG_ON_EACH_ENGINE(ScanRoutesTest);

TEST_P(ScanRoutesTest, ARecordsPaperIsAttachedToIt) {
  Client office = as(Role::town_office, kTown);
  std::string visit = recorded(office, key_, "k-1");
  http::Answer sent = send(office, printed_record(visit));
  ASSERT_EQ(sent.status, 201) << sent.body;
  std::string batch = id_of(json_of(sent));
  js::object listed = json_of(get(office, "/scans")).at("batches").as_array().at(0).as_object();
  EXPECT_EQ(text_of(listed.at("id")), batch);
  EXPECT_EQ(listed.at("name"), "扫描.pdf");
  EXPECT_TRUE(listed.at("reading").as_bool());
  EXPECT_EQ(json_of(get(office, "/scans/counts")).at("reading"), 1);
  read();
  EXPECT_FALSE(json_of(get(office, "/scans")).at("batches").as_array().at(0).at("reading").as_bool());
  js::object page = page_in(office, "attached");
  ASSERT_FALSE(page.empty()) << get(office, "/scan-pages?batch=" + batch).body;
  EXPECT_EQ(text_of(page.at("visit")), visit);
  EXPECT_EQ(text_of(page.at("person")), format_id(key_.id));
  EXPECT_EQ(text_of(page.at("form")), kForm);
  js::array attachments = json_of(get(office, "/visits/" + visit)).at("attachments").as_array();
  EXPECT_TRUE(std::find(attachments.begin(), attachments.end(), page.at("attachment")) != attachments.end());
  http::Answer picture = get(office, "/scan-pages/" + id_of(page) + "/picture");
  EXPECT_EQ(picture.status, 200) << picture.body.substr(0, 200);
  EXPECT_EQ(picture.value("content-type"), "image/jpeg");
  EXPECT_EQ(picture.body, get(office, "/attachments/" + text_of(page.at("attachment"))).body);
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 0) << "the file itself is not kept";
  EXPECT_EQ(code_of(post(office, "/scan-pages/" + id_of(page) + "/set-aside", js::object{{"reason", "重复了"}})),
            "scan.settled");
  std::string trail = get(as(Role::auditor, kCounty), "/audit?limit=200").body;
  for (const char* kind : {"scan_added", "scan_page_read", "scan_page_attached", "visit_paper_attached", "scan_read"}) {
    EXPECT_NE(trail.find(kind), std::string::npos) << kind;
  }
}

TEST_P(ScanRoutesTest, AFilledFormWaitsAndIsEnteredBesideItsPicture) {
  Client office = as(Role::town_office, kTown);
  ASSERT_EQ(send(office, seen(printed_for(key_), phone()), "", "IMG_0001.jpg").status, 201);
  read();
  js::object page = page_in(office, "waiting");
  ASSERT_FALSE(page.empty()) << get(office, "/scan-pages").body;
  EXPECT_EQ(text_of(page.at("person")), format_id(key_.id));
  EXPECT_EQ(text_of(page.at("form")), kForm);
  std::string path = "/scan-pages/" + id_of(page);
  EXPECT_EQ(get(office, path + "/picture").status, 200);
  js::object other = visit("k-2", format_id(neighbour_.id), "2025-06-11");
  EXPECT_EQ(code_of(post(as(Role::county_bureau, kCounty), path + "/visit", other)), "scan.other_person");
  EXPECT_EQ(rows_of("select count(*) from visits"), 0) << "the record goes with the refusal";
  js::object entry = visit("k-1", format_id(key_.id), "2025-06-11");
  http::Answer entered = post(office, path + "/visit", entry);
  ASSERT_EQ(entered.status, 201) << entered.body;
  std::string id(json_of(entered).at("id").as_string());
  EXPECT_EQ(post(office, path + "/visit", entry).status, 200) << "again it changes nothing";
  page = json_of(get(office, path));
  EXPECT_EQ(page.at("state"), "attached");
  EXPECT_EQ(text_of(page.at("visit")), id);
  EXPECT_EQ(json_of(get(office, "/visits/" + id)).at("attachments"), js::value(js::array{page.at("attachment")}));
  EXPECT_EQ(json_of(get(office, "/scan-pages?visit=" + id)).at("pages").as_array().size(), 1u);
}

TEST_P(ScanRoutesTest, WhatCannotBeReadWaitsForSomebodyWhoKnows) {
  Client office = as(Role::town_office, kTown);
  std::string blank = printed({}, {});
  pictures::Raster gray{400, 500, std::vector<std::uint8_t>(600'000, 180)};
  ASSERT_EQ(send(office, pictures::encode_jpeg(gray, 80)).status, 201);
  ASSERT_EQ(send(office, blank).status, 201);
  ASSERT_EQ(send(office, "%PDF-1.7\nnothing behind").status, 201);
  EXPECT_EQ(code_of(send(office, "GIF89a")), "scan.kind");
  EXPECT_EQ(code_of(send(office, "")), "scan.kind");
  read();
  EXPECT_GT(rows_of("select count(*) from scan_parts"), 0) << "what could not be opened is kept as it came";
  std::map<std::string, js::object> by_why;
  js::array unclear = json_of(get(office, "/scan-pages?state=unclear")).at("pages").as_array();
  for (const js::value& page : unclear) {
    by_why.emplace(text_of(page.at("why")), page.as_object());
  }
  ASSERT_TRUE(by_why.contains("no_code") && by_why.contains("no_person") && by_why.contains("file"));
  auto assign = [&](const std::string& why, const js::object& to) {
    return post(office, "/scan-pages/" + id_of(by_why.at(why)) + "/assignment", to);
  };
  js::object to_person{{"person", format_id(key_.id)}, {"form", kForm}};
  EXPECT_EQ(code_of(assign("no_code", {})), "request.invalid");
  EXPECT_EQ(code_of(assign("no_code", {{"person", format_id(key_.id)}, {"form", "no/form"}})), "request.invalid");
  EXPECT_EQ(code_of(assign("no_code", {{"person", format_id(neighbour_.id)}, {"form", kForm}})), "person.unknown");
  EXPECT_EQ(code_of(assign("no_code", {{"visit", "0000000000001"}})), "visit.unknown");
  EXPECT_EQ(code_of(assign("no_code", {{"sheet", id_of(by_why.at("no_person"))}})), "scan.not_joinable");
  EXPECT_EQ(code_of(assign("file", to_person)), "scan.no_picture");
  js::object waiting = json_of(assign("no_person", to_person));
  EXPECT_EQ(waiting.at("state"), "waiting");
  // Its back, which no code is on.
  js::object back = json_of(assign("no_code", {{"sheet", waiting.at("id")}}));
  EXPECT_EQ(back.at("sheet"), waiting.at("sheet"));
  std::string path = "/scan-pages/" + id_of(waiting) + "/visit";
  ASSERT_EQ(post(office, path, visit("k-1", format_id(key_.id), "2025-06-12")).status, 201);
  EXPECT_EQ(count_in(office, "attached"), 2u) << "both pages of the sheet";
  std::string aside = "/scan-pages/" + id_of(by_why.at("file")) + "/set-aside";
  EXPECT_EQ(code_of(post(office, aside, js::object{{"reason", "坏"}})), "scan.reason");
  js::object set = json_of(post(office, aside, js::object{{"reason", "文件损坏，已重新扫描"}}));
  EXPECT_EQ(set.at("state"), "set_aside");
  EXPECT_EQ(set.at("note"), "文件损坏，已重新扫描");
  read();
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 0);
  EXPECT_EQ(json_of(get(office, "/scans/counts")), (js::object{{"waiting", 0}, {"unclear", 0}, {"reading", 0}}));
}

TEST_P(ScanRoutesTest, EachPageGoesToItsOwnPersonsRecord) {
  Client office = as(Role::county_bureau, kCounty);
  ASSERT_EQ(send(office, printed_for(key_)).status, 201);
  ASSERT_EQ(send(office, printed_for(neighbour_)).status, 201);
  read();
  js::array pages = json_of(get(office, "/scan-pages?state=waiting")).at("pages").as_array();
  ASSERT_EQ(pages.size(), 2u);
  std::string first = "/scan-pages/" + id_of(pages[0].as_object());
  EXPECT_EQ(code_of(post(office, first + "/assignment", js::object{{"sheet", pages[1].at("id")}})),
            "scan.other_person");
  // As after a first page was said to be somebody else's.
  change("update scan_pages set sheet = " + std::to_string(parse_id(text_of(pages[1].at("id")))->value));
  ASSERT_EQ(post(office, first + "/visit", visit("k-1", text_of(pages[0].at("person")), "2025-06-12")).status, 201);
  EXPECT_EQ(count_in(office, "attached"), 1u);
  EXPECT_EQ(count_in(office, "waiting"), 1u);
}

TEST_P(ScanRoutesTest, ARecordTakesTenPictures) {
  Client office = as(Role::town_office, kTown);
  std::string visit = recorded(office, key_, "k-1");
  for (int i = 0; i < 10; ++i) {
    std::string picture = "\xff\xd8\xff\xe0" + std::to_string(i);
    std::string digest = crypto::to_hex(crypto::sha256(picture));
    write([&](audit::Work& work) { visits::attach_paper(work, kCounty, *parse_id(visit), digest, picture); });
  }
  ASSERT_EQ(send(office, printed_record(visit)).status, 201);
  read();
  js::object page = page_in(office, "unclear");
  EXPECT_EQ(page.at("why"), "full");
  EXPECT_EQ(code_of(post(office, "/scan-pages/" + id_of(page) + "/assignment", js::object{{"visit", visit}})),
            "scan.full");
}

TEST_P(ScanRoutesTest, PaperOfACorrectedRecordGoesToTheOneThatStands) {
  Client office = as(Role::town_office, kTown);
  std::string first = recorded(office, key_, "k-1");
  std::string before = first;
  for (const char* key : {"k-2", "k-3"}) {
    js::object correction = visit(key, format_id(key_.id), "2025-06-10");
    correction["reason"] = "日期写错";
    http::Answer corrected = post(office, "/visits/" + before + "/corrections", correction);
    ASSERT_EQ(corrected.status, 201) << corrected.body;
    before = text_of(json_of(corrected).at("id"));
  }
  ASSERT_EQ(send(office, printed_record(first)).status, 201);
  read();
  js::object page = page_in(office, "attached");
  ASSERT_FALSE(page.empty());
  EXPECT_EQ(text_of(page.at("visit")), before);
  js::object record = json_of(get(office, "/visits/" + before));
  EXPECT_EQ(record.at("attachments").as_array().size(), 1u);
  EXPECT_FALSE(record.at("corrects").is_null()) << "who looks at it sees that it was corrected";
  EXPECT_TRUE(json_of(get(office, "/visits/" + first)).at("attachments").as_array().empty());
}

TEST_P(ScanRoutesTest, APersonWhoIsGoneDoesNotHideTheOthers) {
  Client office = as(Role::town_office, kTown);
  ASSERT_EQ(send(office, printed_for(key_)).status, 201);
  read();
  change("update scan_pages set person = 1");
  js::object page = page_in(office, "waiting");
  ASSERT_FALSE(page.empty());
  js::object to{{"person", format_id(key_.id)}, {"form", kForm}};
  EXPECT_EQ(post(office, "/scan-pages/" + id_of(page) + "/assignment", to).status, 200);
}

TEST_P(ScanRoutesTest, PeopleOfOtherAreasAreUnknown) {
  Client village = as(Role::village_clerk, kVillage);
  ASSERT_EQ(send(village, printed_for(stranger_)).status, 201);
  ASSERT_EQ(send(village, printed_for(neighbour_)).status, 201);
  ASSERT_EQ(send(village, printed_record(recorded(as(Role::county_bureau, kCounty), neighbour_, "k-1"))).status, 201);
  read();
  js::array pages = json_of(get(village, "/scan-pages?state=unclear")).at("pages").as_array();
  EXPECT_GE(pages.size(), 3u);
  for (const js::value& page : pages) {
    EXPECT_EQ(page.at("why"), "unknown");
    EXPECT_TRUE(page.at("person").is_null());
    EXPECT_TRUE(page.at("visit").is_null());
  }
  EXPECT_EQ(count_in(village, "attached"), 0u);
  EXPECT_EQ(count_in(village, "waiting"), 0u);
}

TEST_P(ScanRoutesTest, EachSeesTheirOwnAreasPaper) {
  Client office = as(Role::town_office, kTown);
  ASSERT_EQ(send(office, printed_for(key_)).status, 201);
  read();
  std::string path = "/scan-pages/" + id_of(page_in(office, "waiting"));
  Client county = as(Role::county_bureau, kCounty);
  EXPECT_EQ(get(county, path).status, 200);
  for (const Client& outside : {as(Role::village_clerk, kOtherVillage), as(Role::county_bureau, kOtherCounty),
                                as(Role::village_clerk, kVillage)}) {
    EXPECT_EQ(code_of(get(outside, path)), "scan.unknown");
    EXPECT_EQ(code_of(get(outside, path + "/picture")), "scan.unknown");
    EXPECT_EQ(code_of(post(outside, path + "/set-aside", js::object{{"reason", "不是本村"}})), "scan.unknown");
    EXPECT_EQ(count_in(outside, "waiting"), 0u);
  }
  EXPECT_EQ(code_of(get(office, "/scan-pages?area=" + kCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(send(office, printed_for(key_), kCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(get(as(Role::visitor, kVillage), "/scan-pages")), "identity.forbidden");
}

TEST_P(ScanRoutesTest, ThePersonsPaperGoesWithThem) {
  settings_.jobs.deceased_years = 1;
  serving_.reset();
  start();
  Client office = as(Role::town_office, kTown);
  ASSERT_EQ(send(office, printed_for(key_)).status, 201);
  read();
  ASSERT_GT(rows_of("select count(*) from scan_pages"), 0);
  write([&](audit::Work& work) { registry::record_death(work, key_, *Date::parse("2025-06-19")); });
  clock_.set(*parse_instant("2026-06-25T09:00"));
  serving_->service().jobs().run_now("erase", "");
  EXPECT_EQ(rows_of("select count(*) from scan_pages"), 0);
  EXPECT_NE(get(as(Role::auditor, kCounty), "/audit?limit=200").body.find("scans_erased"), std::string::npos);
}

}  // namespace
}  // namespace tanfang::app::server
