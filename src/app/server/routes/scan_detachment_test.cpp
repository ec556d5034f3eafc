// Paper that was put to the wrong record is taken out of it again.
#include "app/server/routes/test_paper.h"
#include "visits/for_scans.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class ScanDetachmentTest : public PaperServerTest {
 protected:
  /// As two files, for the town and for the village.
  js::array same_paper_twice(const Client& county) {
    std::string paper = printed_for(key_);
    EXPECT_EQ(send(county, paper, kTown).status, 201);
    EXPECT_EQ(send(county, again(paper), kVillage).status, 201);
    read();
    return json_of(get(county, "/scan-pages?state=waiting")).at("pages").as_array();
  }
};
TANFANG_ON_EACH_ENGINE(ScanDetachmentTest);

TEST_P(ScanDetachmentTest, APageOfTheWrongRecordIsTakenOutAgain) {
  Client office = as(Role::town_office, kTown);
  std::string wrong = recorded(office, key_, "k-1");
  std::string right = recorded(office, key_, "k-2");
  ASSERT_EQ(send(office, printed_record(wrong)).status, 201);
  read();
  js::object page = page_in(office, "attached");
  std::string path = "/scan-pages/" + id_of(page);
  std::string digest = text_of(page.at("attachment"));
  std::string picture = get(office, path + "/picture").body;
  js::object why{{"reason", "另一次探访的表"}};
  for (const Client& outside : {as(Role::village_clerk, kOtherVillage), as(Role::county_bureau, kOtherCounty)}) {
    EXPECT_EQ(code_of(post(outside, path + "/detachment", why)), "scan.unknown");
  }
  EXPECT_EQ(code_of(post(as(Role::visitor, kVillage), path + "/detachment", why)), "identity.forbidden");
  EXPECT_EQ(code_of(post(office, path + "/detachment", js::object{{"reason", "错"}})), "scan.reason");
  http::Answer taken = post(office, path + "/detachment", why);
  ASSERT_EQ(taken.status, 200) << taken.body;
  page = json_of(taken);
  EXPECT_EQ(page.at("state"), "unclear");
  EXPECT_EQ(page.at("why"), "detached");
  EXPECT_EQ(page.at("note"), "另一次探访的表");
  EXPECT_TRUE(page.at("person").is_null() && page.at("visit").is_null() && page.at("attachment").is_null());
  EXPECT_EQ(get(office, path + "/picture").body, picture) << "the picture is not lost";
  EXPECT_TRUE(json_of(get(office, "/visits/" + wrong)).at("attachments").as_array().empty());
  EXPECT_EQ(get(office, "/attachments/" + digest).status, 404) << "nothing names it";
  EXPECT_EQ(code_of(post(office, path + "/detachment", why)), "scan.not_attached");
  EXPECT_EQ(json_of(get(office, "/scans/counts")).at("unclear"), 1);
  ASSERT_EQ(post(office, path + "/assignment", js::object{{"visit", right}}).status, 200);
  EXPECT_EQ(json_of(get(office, "/visits/" + right)).at("attachments"), js::value(js::array{js::value(digest)}));
  EXPECT_EQ(get(office, path + "/picture").body, picture);
  EXPECT_TRUE(json_of(get(office, path)).at("note").is_null()) << "what was said names whom it was not of";
  std::string trail = get(as(Role::auditor, kCounty), "/audit?limit=200").body;
  for (const char* kind : {"scan_page_detached", "visit_paper_detached"}) {
    EXPECT_NE(trail.find(kind), std::string::npos) << kind;
  }
  EXPECT_EQ(trail.find("另一次探访的表"), std::string::npos) << "people write names into reasons";
}

TEST_P(ScanDetachmentTest, APageIsTakenOutOfWhatCorrectsItsRecordToo) {
  Client office = as(Role::town_office, kTown);
  std::string first = recorded(office, key_, "k-1");
  ASSERT_EQ(send(office, printed_record(first)).status, 201);
  read();
  js::object page = page_in(office, "attached");
  js::object correction = visit("k-2", format_id(key_.id), "2025-06-10");
  correction["reason"] = "日期写错";
  correction["attachments"] = js::array{page.at("attachment")};
  http::Answer corrected = post(office, "/visits/" + first + "/corrections", correction);
  ASSERT_EQ(corrected.status, 201) << corrected.body;
  std::string second(json_of(corrected).at("id").as_string());
  ASSERT_EQ(json_of(get(office, "/visits/" + second)).at("attachments").as_array().size(), 1u);
  js::object why{{"reason", "是邻居的表"}};
  ASSERT_EQ(post(office, "/scan-pages/" + id_of(page) + "/detachment", why).status, 200);
  for (const std::string& each : {first, second}) {
    EXPECT_TRUE(json_of(get(office, "/visits/" + each)).at("attachments").as_array().empty()) << each;
  }
  EXPECT_EQ(rows_of("select count(*) from attachments"), 0);
}

/// Who corrects a record from what it said before knows nothing of the page that was taken out since.
TEST_P(ScanDetachmentTest, ACorrectionDoesNotBringBackWhatWasTakenOut) {
  Client office = as(Role::town_office, kTown);
  std::string wrong = recorded(office, key_, "k-1");
  std::string right = recorded(office, key_, "k-2");
  ASSERT_EQ(send(office, printed_record(wrong)).status, 201);
  read();
  js::object page = page_in(office, "attached");
  std::string path = "/scan-pages/" + id_of(page);
  js::object correction = visit("k-3", format_id(key_.id), "2025-06-10");
  correction["reason"] = "日期写错";
  correction["attachments"] = js::array{page.at("attachment")};
  ASSERT_EQ(post(office, path + "/detachment", js::object{{"reason", "另一次探访的表"}}).status, 200);
  std::string corrections = "/visits/" + wrong + "/corrections";
  EXPECT_EQ(code_of(post(office, corrections, correction)), "visit.paper_taken_out") << "it is in the county no more";
  ASSERT_EQ(post(office, path + "/assignment", js::object{{"visit", right}}).status, 200);
  http::Answer refused = post(office, corrections, correction);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(code_of(refused), "visit.paper_taken_out") << "the other record names it";
  EXPECT_EQ(rows_of("select count(*) from visits"), 2);
  ASSERT_EQ(post(office, path + "/detachment", js::object{{"reason", "还是原来的"}}).status, 200);
  ASSERT_EQ(post(office, path + "/assignment", js::object{{"visit", wrong}}).status, 200);
  EXPECT_EQ(post(office, corrections, correction).status, 201) << "it was put back";
  EXPECT_EQ(post(office, corrections, correction).status, 200) << "a second delivery is answered like the first";
}

TEST_P(ScanDetachmentTest, OfTwoClerksTheSecondIsToldWhatTheFirstDid) {
  Client office = as(Role::town_office, kTown);
  ASSERT_EQ(send(office, printed_for(key_)).status, 201);
  read();
  js::object page = page_in(office, "waiting");
  std::string path = "/scan-pages/" + id_of(page);
  std::string seen = "If-Match: " + text_of(page.at("etag")) + "\r\n";
  EXPECT_EQ(get(office, path).value("etag"), text_of(page.at("etag"))) << "alone as in a list";
  js::object why{{"reason", "不是探访表"}};
  EXPECT_EQ(code_of(ServerTest::post(office, path + "/set-aside", why)), "precondition.needed");
  ASSERT_EQ(post(as(Role::county_bureau, kCounty), path + "/set-aside", why, seen).status, 200);
  for (const char* edit : {"/set-aside", "/detachment", "/assignment"}) {
    js::object body = why;
    if (std::string(edit) == "/assignment") body = {{"person", format_id(key_.id)}, {"form", kPaperForm}};
    http::Answer refused = post(office, path + edit, body, seen);
    EXPECT_EQ(refused.status, 412) << edit;
    EXPECT_EQ(code_of(refused), "scan.changed") << edit;
    std::string told = text_of(json_of(refused).at("detail"));
    EXPECT_EQ(told, "county_bureau.510521 已于 2025-06-20 09:00 将这一页搁置了，请核对后再处理") << edit;
  }
  EXPECT_EQ(json_of(get(office, path)).at("state"), "set_aside");
}

TEST_P(ScanDetachmentTest, OnePaperSentForTwoAreasIsEnteredAndTakenOutOnce) {
  Client town = as(Role::town_office, kTown);
  Client village = as(Role::village_clerk, kVillage);
  std::string paper = printed_for(key_);
  ASSERT_EQ(send(town, paper).status, 201);
  ASSERT_EQ(send(village, paper).status, 201);
  ASSERT_EQ(send(as(Role::village_clerk, kOtherVillage), paper).status, 201);
  read();
  std::string of_town = "/scan-pages/" + id_of(page_in(town, "waiting"));
  std::string of_village = "/scan-pages/" + id_of(page_in(village, "waiting"));
  ASSERT_EQ(post(town, of_town + "/visit", visit("k-1", format_id(key_.id), "2025-06-12")).status, 201);
  EXPECT_EQ(count_in(village, "waiting"), 0u) << "nobody enters it a second time";
  js::object page = json_of(get(village, of_village));
  EXPECT_EQ(page.at("state"), "attached");
  std::string id = text_of(page.at("visit"));
  EXPECT_EQ(json_of(get(town, "/visits/" + id)).at("attachments").as_array().size(), 1u);
  // Who sends it later finds it entered.
  ASSERT_EQ(send(as(Role::county_bureau, kCounty), paper).status, 201);
  read();
  EXPECT_EQ(count_in(as(Role::county_bureau, kCounty), "waiting"), 0u);
  EXPECT_EQ(json_of(get(town, "/visits/" + id)).at("attachments").as_array().size(), 1u);
  Client other = as(Role::village_clerk, kOtherVillage);
  EXPECT_EQ(page_in(other, "unclear").at("why"), "unknown") << "elsewhere nothing is told";
  EXPECT_TRUE(page_in(other, "unclear").at("person").is_null());
  ASSERT_EQ(post(town, of_town + "/detachment", js::object{{"reason", "是邻村李四的表"}}).status, 200);
  EXPECT_TRUE(json_of(get(town, "/visits/" + id)).at("attachments").as_array().empty());
  page = json_of(get(village, of_village));
  EXPECT_EQ(page.at("why"), "detached");
  EXPECT_TRUE(page.at("note").is_null()) << "the village is not told of other villages' people";
  EXPECT_EQ(rows_of("select count(*) from scan_pages where reason = 'detached' and note is not null"), 2)
      << "the town and the county above it are";
  EXPECT_EQ(count_in(town, "attached"), 0u);
}

TEST_P(ScanDetachmentTest, ACopyWithoutRoomDoesNotRefuseThePageThatIsEntered) {
  Client town = as(Role::town_office, kTown);
  Client village = as(Role::village_clerk, kVillage);
  std::string record = recorded(town, key_, "k-1");
  for (int i = 0; i < 9; ++i) {
    std::string picture = "\xff\xd8\xff\xe0" + std::to_string(i);
    std::string digest = crypto::to_hex(crypto::sha256(picture));
    write([&](audit::Work& work) { visits::attach_paper(work, kCounty, *parse_id(record), digest, picture); });
  }
  std::string paper = printed_for(key_);
  ASSERT_EQ(send(town, paper).status, 201);
  ASSERT_EQ(send(village, paper).status, 201);
  read();
  std::string copy = id_of(page_in(village, "waiting"));
  write([&](audit::Work& work) {  // as a later program draws it
    Id id = *parse_id(copy);
    std::string other = work.keys.field_cipher()->encrypt("\xff\xd8\xff\xe0 another", "scan_pages.picture:" + copy);
    work.session.execute("update scan_pages set picture = $1 where id = $2", {db::Bytes{other}, id});
    work.unchanged();
  });
  std::string own;
  js::array waiting = json_of(get(town, "/scan-pages?state=waiting")).at("pages").as_array();
  for (const js::value& page : waiting) {
    if (text_of(page.at("id")) != copy) own = text_of(page.at("id"));
  }
  http::Answer entered = post(town, "/scan-pages/" + own + "/assignment", js::object{{"visit", record}});
  ASSERT_EQ(entered.status, 200) << entered.body;
  EXPECT_EQ(json_of(entered).at("state"), "attached");
  EXPECT_EQ(json_of(get(town, "/visits/" + record)).at("attachments").as_array().size(), 10u);
  js::object left = json_of(get(village, "/scan-pages/" + copy));
  EXPECT_EQ(left.at("state"), "unclear");
  EXPECT_EQ(left.at("why"), "full");
  EXPECT_EQ(get(village, "/scan-pages/" + copy + "/picture").status, 200) << "it is not lost";
  EXPECT_NE(get(as(Role::auditor, kCounty), "/audit?limit=200").body.find("scan_page_left"), std::string::npos);
}

TEST_P(ScanDetachmentTest, ItsCodeDoesNotBringBackWhatWasTakenOut) {
  Client town = as(Role::town_office, kTown);
  Client county = as(Role::county_bureau, kCounty);
  std::string record = recorded(town, key_, "k-1");
  js::object why{{"reason", "是邻居的表"}};
  for (const std::string& paper : {printed_record(record), printed_for(key_)}) {
    ASSERT_EQ(send(town, paper).status, 201);
    read();
    if (count_in(town, "attached") == 0) {
      std::string waiting = "/scan-pages/" + id_of(page_in(town, "waiting"));
      ASSERT_EQ(post(town, waiting + "/visit", visit("k-2", format_id(key_.id), "2025-06-12")).status, 201);
    }
    std::string path = "/scan-pages/" + id_of(page_in(town, "attached"));
    ASSERT_EQ(post(town, path + "/detachment", why).status, 200);
    ASSERT_EQ(send(county, paper, kCounty).status, 201);
    read();
    EXPECT_EQ(count_in(county, "attached"), 0u) << "somebody has said that it is not of this record";
    EXPECT_EQ(count_in(county, "waiting"), 0u);
  }
  EXPECT_EQ(rows_of("select count(*) from scan_pages where state = 'unclear' and reason = 'detached'"), 4);
  EXPECT_EQ(rows_of("select count(*) from scan_pages where person is null and former_person is not null"), 4)
      << "until somebody claims it, it goes with the person";
  EXPECT_EQ(rows_of("select count(*) from paper_taken_out"), 2);
}

TEST_P(ScanDetachmentTest, WhoEntersAPageIsToldWhatBecameOfItMeanwhile) {
  Client office = as(Role::town_office, kTown);
  Client county = as(Role::county_bureau, kCounty);
  ASSERT_EQ(send(office, printed_for(key_)).status, 201);
  read();
  std::string path = "/scan-pages/" + id_of(page_in(office, "waiting"));
  js::object entry = visit("k-1", format_id(key_.id), "2025-06-12");
  ASSERT_EQ(post(county, path + "/set-aside", js::object{{"reason", "重复的表"}}).status, 200);
  http::Answer refused = post(office, path + "/visit", entry);
  EXPECT_EQ(refused.status, 412);
  EXPECT_EQ(text_of(json_of(refused).at("detail")),
            "county_bureau.510521 已于 2025-06-20 09:00 将这一页搁置了，请核对后再处理");
  EXPECT_EQ(rows_of("select count(*) from visits"), 0);
  js::object to{{"person", format_id(key_.id)}, {"form", kPaperForm}};
  ASSERT_EQ(post(county, path + "/assignment", to).status, 200);
  ASSERT_EQ(post(county, path + "/visit", entry).status, 201);
  refused = post(office, path + "/visit", visit("k-2", format_id(key_.id), "2025-06-12"));
  EXPECT_EQ(code_of(refused), "scan.changed");
  EXPECT_EQ(rows_of("select count(*) from visits"), 1);
  change("update scan_pages set settled_by = 'job:read_scans'");  // as where the same paper was entered elsewhere
  refused = post(office, path + "/visit", visit("k-3", format_id(key_.id), "2025-06-12"));
  EXPECT_EQ(text_of(json_of(refused).at("detail")), "系统 已于 2025-06-20 09:00 将这一页归入了记录，请核对后再处理");
}

TEST_P(ScanDetachmentTest, WhatWasSaidOfACopyStaysWhenThePaperIsTakenOut) {
  Client town = as(Role::town_office, kTown);
  Client village = as(Role::village_clerk, kVillage);
  std::string paper = printed_for(key_);
  ASSERT_EQ(send(town, paper).status, 201);
  ASSERT_EQ(send(village, paper).status, 201);
  read();
  std::string of_town = "/scan-pages/" + id_of(page_in(town, "waiting"));
  std::string of_village = "/scan-pages/" + id_of(page_in(village, "waiting"));
  ASSERT_EQ(post(village, of_village + "/set-aside", js::object{{"reason", "字迹不清"}}).status, 200);
  js::object to{{"person", format_id(key_.id)}, {"form", kPaperForm}};
  ASSERT_EQ(post(village, of_village + "/assignment", to).status, 200);
  ASSERT_EQ(post(town, of_town + "/visit", visit("k-1", format_id(key_.id), "2025-06-12")).status, 201);
  EXPECT_EQ(rows_of("select count(*) from audit_unsealed where kind = 'visit_paper_attached'"), 1)
      << "the record gained one picture";
  ASSERT_EQ(post(town, of_town + "/detachment", js::object{{"reason", "是邻居的表"}}).status, 200);
  EXPECT_EQ(json_of(get(village, of_village)).at("note"), "字迹不清");
}

TEST_P(ScanDetachmentTest, AnotherPageWithTheSamePictureKeepsItsPlace) {
  Client county = as(Role::county_bureau, kCounty);
  std::string visit = recorded(county, key_, "k-1");
  std::string other = recorded(county, key_, "k-2");
  js::array pages = same_paper_twice(county);
  ASSERT_EQ(pages.size(), 2u);
  std::string first = "/scan-pages/" + id_of(pages[0].as_object());
  std::string second = "/scan-pages/" + id_of(pages[1].as_object());
  js::object why{{"reason", "重复归入"}};
  auto attachments = [&](const std::string& id) {
    return json_of(get(county, "/visits/" + id)).at("attachments").as_array().size();
  };
  for (const std::string& each : {first, second}) {
    ASSERT_EQ(post(county, each + "/assignment", js::object{{"visit", visit}}).status, 200);
  }
  ASSERT_EQ(post(county, first + "/detachment", why).status, 200);
  EXPECT_EQ(attachments(visit), 1u) << "the other page is of it still";
  EXPECT_EQ(get(county, first + "/picture").status, 200);
  ASSERT_EQ(post(county, first + "/assignment", js::object{{"visit", other}}).status, 200);
  ASSERT_EQ(post(county, second + "/detachment", why).status, 200);
  EXPECT_EQ(attachments(visit), 0u);
  EXPECT_EQ(attachments(other), 1u);
  EXPECT_EQ(get(county, first + "/picture").status, 200);
  EXPECT_EQ(get(county, second + "/picture").status, 200);
}

TEST_P(ScanDetachmentTest, WhatCorrectsARecordKeepsThePaperThatIsItsOwn) {
  Client county = as(Role::county_bureau, kCounty);
  std::string first = recorded(county, key_, "k-1");
  js::array pages = same_paper_twice(county);
  ASSERT_EQ(pages.size(), 2u);
  std::string one = "/scan-pages/" + id_of(pages[0].as_object());
  std::string other = "/scan-pages/" + id_of(pages[1].as_object());
  for (const std::string& each : {one, other}) {
    ASSERT_EQ(post(county, each + "/assignment", js::object{{"visit", first}}).status, 200);
  }
  js::object correction = visit("k-2", format_id(key_.id), "2025-06-10");
  correction["reason"] = "日期写错";
  correction["attachments"] = json_of(get(county, "/visits/" + first)).at("attachments");
  http::Answer corrected = post(county, "/visits/" + first + "/corrections", correction);
  ASSERT_EQ(corrected.status, 201) << corrected.body;
  std::string second(json_of(corrected).at("id").as_string());
  auto attachments = [&](const std::string& id) {
    return json_of(get(county, "/visits/" + id)).at("attachments").as_array().size();
  };
  ASSERT_EQ(post(county, one + "/detachment", js::object{{"reason", "重复归入"}}).status, 200);
  EXPECT_EQ(attachments(first), 1u);
  EXPECT_EQ(attachments(second), 1u) << "taken over from a record that keeps it";
}

TEST_P(ScanDetachmentTest, TheRecordOfSomebodyElseIsLeftAlone) {
  Client county = as(Role::county_bureau, kCounty);
  std::string first = recorded(county, key_, "k-1");
  ASSERT_EQ(send(county, printed_record(first)).status, 201);
  read();
  js::object page = page_in(county, "attached");
  js::object correction = visit("k-2", format_id(neighbour_.id), "2025-06-10");
  correction["reason"] = "是邻居的记录";
  correction["attachments"] = js::array{page.at("attachment")};
  http::Answer corrected = post(county, "/visits/" + first + "/corrections", correction);
  ASSERT_EQ(corrected.status, 201) << corrected.body;
  std::string second(json_of(corrected).at("id").as_string());
  ASSERT_EQ(post(county, "/scan-pages/" + id_of(page) + "/detachment", js::object{{"reason", "是邻居的表"}}).status,
            200);
  EXPECT_TRUE(json_of(get(county, "/visits/" + first)).at("attachments").as_array().empty());
  EXPECT_EQ(json_of(get(county, "/visits/" + second)).at("attachments").as_array().size(), 1u) << "right there";
}

TEST_P(ScanDetachmentTest, AFormOfSeveralPagesLeavesAsOne) {
  Client county = as(Role::county_bureau, kCounty);
  std::string visit = recorded(county, key_, "k-1");
  js::array pages = same_paper_twice(county);
  ASSERT_EQ(pages.size(), 2u);
  bool town_first = text_of(pages[0].at("area")) == kTown;
  std::string whole = id_of(pages[town_first ? 0 : 1].as_object());
  std::string part = "/scan-pages/" + id_of(pages[town_first ? 1 : 0].as_object());
  ASSERT_EQ(post(county, part + "/assignment", js::object{{"sheet", whole}}).status, 200);
  ASSERT_EQ(post(county, "/scan-pages/" + whole + "/assignment", js::object{{"visit", visit}}).status, 200);
  ASSERT_EQ(count_in(county, "attached"), 2u);
  ASSERT_EQ(post(county, "/scan-pages/" + whole + "/detachment", js::object{{"reason", "是邻居的表"}}).status, 200);
  EXPECT_EQ(count_in(county, "attached"), 0u);
  EXPECT_EQ(count_in(county, "unclear"), 2u);
  EXPECT_TRUE(json_of(get(county, "/visits/" + visit)).at("attachments").as_array().empty());
}

/// Until somebody has said whose it is, it may be theirs; then it is not.
TEST_P(ScanDetachmentTest, WhatNobodyClaimedGoesWithThePersonItWasTakenFrom) {
  settings_.jobs.deceased_years = 1;
  serving_.reset();
  start();
  Client county = as(Role::county_bureau, kCounty);
  std::string wrong = recorded(county, key_, "k-1");
  std::string right = recorded(county, neighbour_, "k-2");
  js::array pages = same_paper_twice(county);
  ASSERT_EQ(pages.size(), 2u);
  for (const js::value& page : pages) {
    std::string path = "/scan-pages/" + id_of(page.as_object());
    ASSERT_EQ(post(county, path + "/assignment", js::object{{"visit", wrong}}).status, 200);
    ASSERT_EQ(post(county, path + "/detachment", js::object{{"reason", "是邻居的表"}}).status, 200);
  }
  std::string claimed = "/scan-pages/" + id_of(pages[0].as_object());
  ASSERT_EQ(post(county, claimed + "/assignment", js::object{{"visit", right}}).status, 200);
  write([&](audit::Work& work) { registry::record_death(work, key_, *Date::parse("2025-06-19")); });
  clock_.set(*parse_instant("2026-06-25T09:00"));
  serving_->service().jobs().run_now("erase", "");
  EXPECT_EQ(rows_of("select count(*) from scan_pages"), 1);
  EXPECT_EQ(rows_of("select count(*) from scan_pages where state = 'attached' and visit = " +
                    std::to_string(parse_id(right)->value)),
            1);
}

}  // namespace
}  // namespace tanfang::app::server
