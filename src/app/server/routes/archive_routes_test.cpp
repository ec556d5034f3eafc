// Archives over HTTP: a month on paper, filed, verified, issued byte for byte, compared with what came later.
#include <set>

#include "app/archives/archives.h"
#include "app/archives/archives_store.h"
#include "app/printing/print_ground.h"
#include "app/server/test_server.h"
#include "platform/crypto/crypto.h"
#include "visits/for_scans.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

const js::object kReason{{"reason", "归档所需"}};
constexpr std::size_t kLarge = 1'500'000;  // two of them are more than one piece bears

class ArchiveRoutesTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    serving_->service().jobs().tick();
  }
  std::string record(const std::string& key, const registry::PersonKey& person, const std::string& day) {
    http::Answer recorded = post(as(Role::county_bureau, kCounty), "/visits", visit(key, format_id(person.id), day));
    EXPECT_EQ(recorded.status, 201) << recorded.body;
    return std::string(json_of(recorded).at("id").as_string());
  }
  static js::object order(const std::string& area, const std::string& month = "2025-06") {
    return {{"area", area}, {"month", month}, {"reason", "归档所需"}};
  }
  /// Asked for and drawn.
  std::string file(const std::string& area) {
    http::Answer asked = post(as(Role::county_bureau, kCounty), "/archives", order(area));
    EXPECT_EQ(asked.status, 202) << asked.body;
    serving_->service().jobs().run_now("archive", "");
    return "/archives/" + std::string(json_of(asked).at("id").as_string());
  }
  /// Bytes that no PDF can show as a picture; `bytes` of each.
  std::string record_with_pictures(const std::string& key, const std::string& day, int pictures, std::size_t bytes) {
    js::object made = visit(key, format_id(key_.id), day);
    js::array digests;
    for (int i = 0; i < pictures; ++i) {
      std::string photo = "\xff\xd8\xff\xe0" + key + std::to_string(i);
      photo.resize(std::max(photo.size(), bytes));
      std::string digest = crypto::to_hex(crypto::sha256(photo));
      write([&](audit::Work& work) { visits::put_attachment(work, kCounty, digest, photo); });
      digests.emplace_back(digest);
    }
    made["attachments"] = digests;
    http::Answer recorded = post(as(Role::county_bureau, kCounty), "/visits", made);
    EXPECT_EQ(recorded.status, 201) << recorded.body;
    return std::string(json_of(recorded).at("id").as_string());
  }
  /// Draws what waits, and is told to stop when it has asked `steps` times whether to go on.
  void make_until(int steps) {
    Service& service = serving_->service();
    jobs::Ground ground{
        service.database(), service.keys(), service.ids(), clock_, service.classifier(), service.policies(), {}};
    PrintGround printing(service.shipped(), {}, service.rooms());
    jobs::Run cut(ground, archives::kArchiveJob, "", [&] { return --steps >= 0; });
    archives::make_archives(cut, printing.ground());
  }
  std::int64_t count(const std::string& table) {
    std::int64_t rows = -1;
    serving_->service().database().read([&](db::Session& session) {
      rows = session.first("select count(*) from " + table, {}, [](const db::Row& row) { return row.integer(0); })
                 .value();
    });
    return rows;
  }
  void execute(const std::string& sql) {
    serving_->service().database().write([&](db::Session& session) { session.execute(sql); });
  }
};
TANFANG_ON_EACH_ENGINE(ArchiveRoutesTest);

TEST_P(ArchiveRoutesTest, FilesATownsMonthAndIssuesTheSameBytes) {
  record("k-1", key_, "2025-06-10");
  record("k-2", key_, "2025-06-12");
  record("k-3", key_, "2025-05-30");
  record("k-4", neighbour_, "2025-06-11");
  Client county = as(Role::county_bureau, kCounty);
  std::string path = file(kTown);
  js::object shown = json_of(get(county, path));
  EXPECT_EQ(shown.at("state"), "done") << js::serialize(shown);
  EXPECT_EQ(shown.at("records"), 2);
  EXPECT_EQ(shown.at("done"), 2);
  EXPECT_EQ(shown.at("copies"), 3) << "as the form asks";
  EXPECT_EQ(shown.at("pages"), 2);
  http::Answer zip = post(county, path + "/issue", kReason);
  ASSERT_EQ(zip.status, 200) << zip.body;
  EXPECT_EQ(zip.value("content-type"), "application/zip");
  EXPECT_TRUE(zip.body.starts_with("PK\3\4"));
  for (const char* name : {"第1份/000-封面与目录.pdf", "第1份/001-", "第3份/000-封面与目录.pdf", "第3份/001-"}) {
    EXPECT_NE(zip.body.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(crypto::to_hex(crypto::sha256(zip.body)), std::string(shown.at("sha256").as_string()));
  EXPECT_EQ(post(county, path + "/issue", kReason).body, zip.body);
  EXPECT_EQ(json_of(post(county, path + "/verification", nullptr)), js::parse(R"({"whole":true,"faults":[]})"));
  std::string subject = "archive:" + std::string(shown.at("id").as_string());
  std::string trail = get(as(Role::auditor, kCounty), "/audit?subject=" + subject).body;
  for (const char* event : {"archive_asked", "archive_filed", "archive_issued", "archive_verified"}) {
    EXPECT_NE(trail.find(event), std::string::npos) << event;
  }
  EXPECT_NE(trail.find(std::string(shown.at("sha256").as_string())), std::string::npos);
  js::array listed = json_of(get(county, "/archives?area=" + kTown)).at("archives").as_array();
  EXPECT_EQ(listed.size(), 1u);
}

TEST_P(ArchiveRoutesTest, OnlyThoseWhoMayAndOnlyInTheirArea) {
  record("k-1", key_, "2025-06-10");
  std::string path = file(kTown);
  EXPECT_EQ(code_of(post(as(Role::visitor, kTown), "/archives", order(kTown))), "identity.forbidden");
  EXPECT_EQ(code_of(post(as(Role::city_supervisor, "5105"), "/archives", order(kTown))), "identity.forbidden");
  EXPECT_EQ(code_of(post(as(Role::village_clerk, kVillage), "/archives", order(kTown))), "identity.outside_area");
  EXPECT_EQ(get(as(Role::city_supervisor, "5105"), path).status, 200);
  EXPECT_EQ(code_of(post(as(Role::city_supervisor, "5105"), path + "/issue", kReason)), "identity.forbidden");
  for (const Client& outside :
       {as(Role::village_clerk, kVillage), as(Role::town_office, "510521101"), as(Role::county_bureau, kOtherCounty)}) {
    EXPECT_EQ(code_of(get(outside, path)), "archive.unknown");
    EXPECT_EQ(code_of(get(outside, path + "/corrections")), "archive.unknown");
    EXPECT_EQ(code_of(post(outside, path + "/issue", kReason)), "archive.unknown");
    EXPECT_EQ(code_of(post(outside, path + "/verification", nullptr)), "archive.unknown");
  }
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kCounty), "/archives/0000000000001")), "archive.unknown");
}

TEST(Archives, HoldTwentyThousandRecordsAndThreeGigabytesOfPicturesAtMost) {
  constexpr std::int64_t kPictures = std::int64_t{3} << 30;
  auto refusal = [](std::size_t records, std::int64_t pictures) -> std::string {
    try {
      archives::require_fileable(records, pictures);
    } catch (const Problem& problem) {
      return problem.code;
    }
    return "";
  };
  EXPECT_EQ(refusal(20'000, kPictures), "");
  EXPECT_EQ(refusal(20'001, 0), "archive.too_large");
  EXPECT_EQ(refusal(1, kPictures + 1), "archive.too_many_bytes") << "not for its records";
}

TEST_P(ArchiveRoutesTest, CountsThePicturesOfTheMonthAndTheArea) {
  record_with_pictures("k-1", "2025-06-01", 2, 1000);
  record_with_pictures("k-2", "2025-06-15", 3, 1000);
  record_with_pictures("k-3", "2025-05-31", 1, 1000);
  record("k-4", key_, "2025-06-16");
  auto pictures = [&](const std::string& area, const std::string& first, const std::string& last) {
    std::int64_t bytes = -1;
    serving_->service().database().read(
        [&](db::Session& session) { bytes = archives::store::picture_bytes(session, area, first, last); });
    EXPECT_LT(bytes % 1000, 500) << "as they are kept, encrypted: " << bytes;
    return bytes / 1000;
  };
  EXPECT_EQ(pictures(kTown, "2025-06-01", "2025-06-30"), 5);
  EXPECT_EQ(pictures(kVillage, "2025-06-01", "2025-06-30"), 5);
  EXPECT_EQ(pictures(kTown, "2025-05-01", "2025-05-31"), 1);
  EXPECT_EQ(pictures(kTown, "2025-04-01", "2025-04-30"), 0);
  EXPECT_EQ(pictures(kOtherVillage, "2025-06-01", "2025-06-30"), 0);
}

TEST_P(ArchiveRoutesTest, RefusesWhatCannotBeFiled) {
  Client county = as(Role::county_bureau, kCounty);
  EXPECT_EQ(code_of(post(county, "/archives", order(kTown))), "archive.empty");
  EXPECT_EQ(code_of(post(county, "/archives", order(kCounty))), "archive.area");
  EXPECT_EQ(code_of(post(county, "/archives", order(kTown, "2025-13"))), "month.malformed");
  js::object hasty = order(kTown);
  hasty["reason"] = "看";
  EXPECT_EQ(code_of(post(county, "/archives", hasty)), "reveal.reason_missing");
  record("k-1", key_, "2025-06-10");
  http::Answer asked = post(county, "/archives", order(kVillage));
  ASSERT_EQ(asked.status, 202) << asked.body;
  std::string path = "/archives/" + std::string(json_of(asked).at("id").as_string());
  EXPECT_EQ(code_of(post(county, path + "/issue", kReason)), "archive.unfinished");
  EXPECT_EQ(code_of(post(county, path + "/verification", nullptr)), "archive.unfinished");
}

TEST_P(ArchiveRoutesTest, PicturesStandBehindTheirRecordInTheFileOfTheirVillage) {
  record_with_pictures("k-1", "2025-06-10", 10, 10);
  record_with_pictures("k-2", "2025-06-11", 3, 10);
  record("k-3", key_, "2025-06-12");
  Client county = as(Role::county_bureau, kCounty);
  std::string path = file(kTown);
  js::object shown = json_of(get(county, path));
  EXPECT_EQ(shown.at("pages"), 4 + 2 + 1) << "four pictures a page: " << js::serialize(shown);
  std::string zip = post(county, path + "/issue", kReason).body;
  EXPECT_NE(zip.find("第1份/001-"), std::string::npos);
  EXPECT_EQ(zip.find("第1份/002-"), std::string::npos);
}

TEST_P(ArchiveRoutesTest, AFileOfManyPicturesIsKeptInPiecesAndDrawnAnewWhereItWasCutShort) {
  for (int i = 1; i <= 3; ++i) record_with_pictures("k-" + std::to_string(i), "2025-06-1" + std::to_string(i), 1, kLarge);
  Client county = as(Role::county_bureau, kCounty);
  http::Answer asked = post(county, "/archives", order(kTown));
  ASSERT_EQ(asked.status, 202) << asked.body;
  std::string path = "/archives/" + std::string(json_of(asked).at("id").as_string());
  EXPECT_THROW(make_until(1), jobs::Interrupted);
  EXPECT_EQ(count("archive_parts"), 3) << "a piece of each copy";
  EXPECT_EQ(json_of(get(county, path)).at("done"), 2);
  serving_->service().jobs().run_now("archive", "");
  EXPECT_EQ(json_of(get(county, path)).at("state"), "done");
  EXPECT_EQ(json_of(get(county, path)).at("done"), 3) << "each counted once";
  EXPECT_EQ(count("archive_parts"), 3 * (1 + 2)) << "the index, and two pieces of one file";
  EXPECT_EQ(json_of(post(county, path + "/verification", nullptr)), js::parse(R"({"whole":true,"faults":[]})"));
  std::string zip = post(county, path + "/issue", kReason).body;
  EXPECT_NE(zip.find("第1份/001-"), std::string::npos);
  EXPECT_EQ(zip.find("第1份/002-"), std::string::npos);
  execute("delete from archive_parts where part = 1000100001");
  js::object found = json_of(post(county, path + "/verification", nullptr));
  EXPECT_EQ(found.at("whole"), false);
  EXPECT_EQ(found.at("faults").as_array().size(), 1u) << js::serialize(found);
  EXPECT_EQ(found.at("faults").as_array().at(0).at("what"), "missing");
  EXPECT_NE(js::serialize(found).find("第1份/001-"), std::string::npos) << "by its name";
}

TEST_P(ArchiveRoutesTest, TellsWhatIsMissingOrDamaged) {
  record("k-1", key_, "2025-06-10");
  Client county = as(Role::county_bureau, kCounty);
  std::string path = file(kTown);
  execute("update archive_parts set content = hash where part = 100001");
  js::object found = json_of(post(county, path + "/verification", nullptr));
  EXPECT_EQ(found.at("whole"), false);
  EXPECT_EQ(found.at("faults").as_array().at(0).at("what"), "damaged");
  EXPECT_EQ(code_of(post(county, path + "/issue", kReason)), "archive.damaged");
  execute("delete from archive_parts where part = 100001");
  found = json_of(post(county, path + "/verification", nullptr));
  EXPECT_EQ(found.at("faults").as_array().at(0).at("what"), "missing");
  EXPECT_EQ(code_of(post(county, path + "/issue", kReason)), "archive.damaged");
}

TEST_P(ArchiveRoutesTest, WhatChangesLaterIsShownAndLeavesItAsItIs) {
  std::string first = record("k-1", key_, "2025-06-10");
  std::string second = record("k-2", key_, "2025-06-12");
  Client county = as(Role::county_bureau, kCounty);
  std::string path = file(kTown);
  std::string before = post(county, path + "/issue", kReason).body;
  EXPECT_TRUE(json_of(get(county, path + "/corrections")).at("corrections").as_array().empty());
  clock_.set(*parse_instant("2025-06-20T09:10"));
  js::object corrected = visit("k-3", format_id(key_.id), "2025-06-10");
  corrected["reason"] = "时间有误";
  ASSERT_EQ(post(county, "/visits/" + first + "/corrections", corrected).status, 201);
  ASSERT_EQ(post(county, "/visits/" + second + "/strike", js::object{{"reason", "没有去"}}).status, 200);
  record("k-4", key_, "2025-06-14");
  js::array found = json_of(get(county, path + "/corrections")).at("corrections").as_array();
  std::set<std::string> what;
  for (const js::value& each : found) what.emplace(each.at("what").as_string());
  EXPECT_EQ(what, (std::set<std::string>{"corrected", "struck", "added"})) << js::serialize(found);
  EXPECT_EQ(found.size(), 3u);
  EXPECT_EQ(post(county, path + "/issue", kReason).body, before);
}

TEST_P(ArchiveRoutesTest, PaperThatComesOrGoesLaterIsShown) {
  std::string visit = record("k-1", key_, "2025-06-10");
  Id id = *parse_id(visit);
  std::string before = "\xff\xd8\xff\xe0 before", after = "\xff\xd8\xff\xe0 after";
  auto attach = [&](const std::string& page) {
    write([&](audit::Work& work) {
      visits::attach_paper(work, kCounty, id, crypto::to_hex(crypto::sha256(page)), page);
    });
  };
  attach(before);
  clock_.set(*parse_instant("2025-06-20T09:00"));
  Client county = as(Role::county_bureau, kCounty);
  std::string path = file(kTown);
  EXPECT_TRUE(json_of(get(county, path + "/corrections")).at("corrections").as_array().empty());
  clock_.set(*parse_instant("2025-06-20T09:10"));
  attach(after);
  clock_.set(*parse_instant("2025-06-20T09:20"));
  write([&](audit::Work& work) {
    visits::detach_paper(work, kCounty, id, crypto::to_hex(crypto::sha256(before)), [](Id) { return false; });
  });
  js::array found = json_of(get(county, path + "/corrections")).at("corrections").as_array();
  ASSERT_EQ(found.size(), 2u) << js::serialize(found);
  EXPECT_EQ(found[0].at("what"), "paper_detached") << "the newest first";
  EXPECT_EQ(found[1].at("what"), "paper_attached");
  EXPECT_EQ(found[1].at("visit"), js::string(visit));
}

TEST_P(ArchiveRoutesTest, GoesWithAPersonWhoIsErased) {
  record("k-1", key_, "2025-06-10");
  std::string path = file(kTown);
  write([&](audit::Work& work) { EXPECT_EQ(archives::erase_archives(work, key_), 1); });
  Client county = as(Role::county_bureau, kCounty);
  js::object shown = json_of(get(county, path));
  EXPECT_EQ(shown.at("state"), "erased");
  EXPECT_TRUE(shown.at("sha256").is_string()) << "its hash remains";
  EXPECT_EQ(code_of(post(county, path + "/issue", kReason)), "archive.erased");
}

TEST_P(ArchiveRoutesTest, KeepsNoNameOfWhoIsErasedWhileItIsDrawn) {
  record("k-1", key_, "2025-06-10");
  http::Answer asked = post(as(Role::county_bureau, kCounty), "/archives", order(kTown));
  ASSERT_EQ(asked.status, 202) << asked.body;
  Service& service = serving_->service();
  PrintGround printing(service.shipped(), service.further_schemes(), service.rooms());
  jobs::Ground ground{service.database(),   service.keys(),     service.ids(), clock_,
                      service.classifier(), service.policies(), settings_.jobs};
  // The third step is while the index is drawn.
  int steps = 0;
  auto keep = [&] {
    if (++steps == 3) write([&](audit::Work& work) { EXPECT_EQ(archives::erase_archives(work, key_), 1); });
    return true;
  };
  archives::make_archives(jobs::Run(ground, archives::kArchiveJob, "", keep), printing.ground());
  EXPECT_GE(steps, 3);
  EXPECT_EQ(count("archive_parts"), 0);
}

TEST_P(ArchiveRoutesTest, GoesOnWhereItWasCutShort) {
  record("k-1", key_, "2025-06-10");
  record("k-2", register_person(kCounty, "510521100015", 7), "2025-06-11");
  Client county = as(Role::county_bureau, kCounty);
  http::Answer asked = post(county, "/archives", order(kTown));
  std::string path = "/archives/" + std::string(json_of(asked).at("id").as_string());
  EXPECT_THROW(make_until(1), jobs::Interrupted);
  EXPECT_EQ(json_of(get(county, path)).at("done"), 1);
  serving_->service().jobs().run_now("archive", "");
  js::object shown = json_of(get(county, path));
  EXPECT_EQ(shown.at("state"), "done");
  EXPECT_EQ(shown.at("done"), 2);
  EXPECT_EQ(shown.at("pages"), 2);
  EXPECT_EQ(json_of(post(county, path + "/verification", nullptr)).at("whole"), true);
}

/// One archive of two files, whichever comes first drawn, and behind it one of another town.
class TwoArchivesTest : public ArchiveRoutesTest {
 protected:
  void SetUp() override {
    ArchiveRoutesTest::SetUp();
    record("k-1", key_, "2025-06-10");
    record("k-2", register_person(kCounty, "510521100015", 7), "2025-06-11");
    record("k-3", neighbour_, "2025-06-11");
    first_ = ask(kTown);
    EXPECT_THROW(make_until(1), jobs::Interrupted);
    clock_.set({clock_.now().milliseconds + 1'000});
    second_ = ask(kNextTown);
  }
  std::string ask(const std::string& area) {
    http::Answer asked = post(as(Role::county_bureau, kCounty), "/archives", order(area));
    EXPECT_EQ(asked.status, 202) << asked.body;
    return "/archives/" + std::string(json_of(asked).at("id").as_string());
  }
  js::object shown(const std::string& path) { return json_of(get(as(Role::county_bureau, kCounty), path)); }

  const std::string kNextTown = kOtherVillage.substr(0, 9);
  std::string first_;
  std::string second_;
};
TANFANG_ON_EACH_ENGINE(TwoArchivesTest);

TEST_P(TwoArchivesTest, OneThatHasNoRoomInAZipEndsAndHoldsUpNoOther) {
  execute("update archive_parts set bytes = 4290000000");
  EXPECT_NO_THROW(make_until(100));
  js::object ended = shown(first_);
  EXPECT_EQ(ended.at("state"), "failed") << js::serialize(ended);
  EXPECT_EQ(ended.at("problem").at("code"), "archive.too_many_bytes");
  EXPECT_EQ(shown(second_).at("state"), "done");
  EXPECT_EQ(count("archive_parts"), 3 * 2) << "nothing is kept of the first";
}

TEST_P(TwoArchivesTest, OneThatFailsWaitsOnAndHoldsUpNoOther) {
  execute("update archive_parts set content = hash");
  EXPECT_THROW(make_until(100), Failure) << "it is told";
  EXPECT_EQ(shown(first_).at("state"), "waiting");
  EXPECT_EQ(shown(second_).at("state"), "done");
}

}  // namespace
}  // namespace tanfang::app::server
