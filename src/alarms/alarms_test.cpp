#include "alarms/alarms.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::alarms {
namespace {

const std::string kCounty = "510521";
const std::string kVillage = "510521100201";
const std::string kFar = "510521101201";
constexpr Id kPerson{77};

class AlarmsTest : public db::EachEngine {
 protected:
  void write(const std::function<void(audit::Work&)>& use_case) {
    database().write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, actor_, keys_);
      use_case(work);
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
  }
  std::string refusal_of(const std::function<void(audit::Work&)>& use_case) {
    try {
      write(use_case);
    } catch (const Problem& problem) {
      return problem.code;
    }
    return "";
  }
  Reported report(const std::string& text, const std::string& key, std::int64_t off = 0,
                  const std::string& village = kVillage) {
    Reported reported;
    write([&](audit::Work& work) {
      Report said = read_report(text);
      reported = report_emergency(work, {kCounty, village, said.person, actor_, key, off}, said);
    });
    return reported;
  }
  Emergency load(Id id) {
    Emergency emergency;
    database().read([&](db::Session& session) { emergency = load_emergency(session, keys_, kCounty, id); });
    return emergency;
  }
  /// The notes of the listed ones.
  std::string listed(const Filter& filter) {
    std::string notes;
    database().read([&](db::Session& session) {
      for (const Emergency& each : list_emergencies(session, keys_, filter)) notes += each.report.note;
    });
    return notes;
  }
  std::int64_t waiting(const std::string& area) {
    std::int64_t count = 0;
    database().read([&](db::Session& session) { count = count_reported(session, area); });
    return count;
  }

  Instant now_ = parse_instant("2026-03-20T10:00").value();
  IdSource ids_{5};
  std::string actor_ = "account:v1";
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
};
TANFANG_ON_EACH_ENGINE(AlarmsTest);

const std::string kFall =
    R"({"at":"2026-03-20T09:50:00+08:00","person":")" + format_id(kPerson) +
    R"(","what":"fall","where":"灶房","note":"不能起身","position":{"latitude":28.9,"longitude":105.4,
      "accuracy_metres":12.5},"called":[{"who":"120","at":"2026-03-20T09:52:00+08:00"},
      {"who":"村医","at":"2026-03-20T09:55:00+08:00"}]})";

TEST_P(AlarmsTest, AReportIsKeptWholeAndOnce) {
  Reported first = report(kFall, "k1");
  EXPECT_FALSE(first.repeated);
  Reported again = report(kFall, "k1");
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(waiting(kCounty), 1);
  Emergency emergency = load(first.id);
  EXPECT_EQ(emergency.person, kPerson);
  EXPECT_EQ(emergency.state, State::reported);
  EXPECT_EQ(emergency.report.what, What::fall);
  EXPECT_EQ(emergency.report.where, "灶房");
  EXPECT_EQ(emergency.report.note, "不能起身");
  EXPECT_EQ(emergency.report.position->latitude, 28.9);
  EXPECT_EQ(emergency.report.position->accuracy_metres, 12.5);
  ASSERT_EQ(emergency.report.called.size(), 2u);
  EXPECT_EQ(emergency.report.called[1].who, "村医");
  EXPECT_EQ(format_instant(emergency.report.called[0].at), "2026-03-20T09:52:00+08:00");
  EXPECT_EQ(emergency.reported_by, "account:v1");
  actor_ = "account:v2";
  EXPECT_FALSE(report(kFall, "k1").repeated) << "another reporter's keys are their own";
  database().read([&](db::Session& session) {
    session.query("select content from emergencies", {},
                  [](const db::Row& row) { EXPECT_EQ(row.bytes(0).find("灶房"), std::string_view::npos); });
    for (const audit::Entry& entry : audit::list(session, {kCounty, {}, {}})) {
      EXPECT_EQ(entry.details.find("灶房"), std::string::npos);
    }
  });
}

TEST_P(AlarmsTest, IsAcknowledgedAndClosedWithItsOutcome) {
  Id id = report(kFall, "k1").id;
  actor_ = "account:town";
  write([&](audit::Work& work) { acknowledge_emergency(work, kCounty, id); });
  EXPECT_EQ(waiting(kCounty), 0);
  actor_ = "account:clerk";
  write([&](audit::Work& work) { acknowledge_emergency(work, kCounty, id); });
  EXPECT_EQ(load(id).acknowledged_by, "account:town") << "the first one keeps it";
  EXPECT_EQ(refusal_of([&](audit::Work& work) { close_emergency(work, kCounty, id, " 好 "); }), "emergency.outcome");
  write([&](audit::Work& work) { close_emergency(work, kCounty, id, "送县医院，家属已到"); });
  Emergency closed = load(id);
  EXPECT_EQ(closed.state, State::closed);
  EXPECT_EQ(closed.outcome, "送县医院，家属已到");
  EXPECT_EQ(closed.closed_by, "account:clerk");
  EXPECT_EQ(refusal_of([&](audit::Work& work) { close_emergency(work, kCounty, id, "再次"); }), "emergency.closed");
  Id other = report(R"({"what":"fire"})", "k2").id;
  write([&](audit::Work& work) { close_emergency(work, kCounty, other, "误报"); });
  EXPECT_EQ(load(other).acknowledged_by, "account:clerk") << "who closes it has seen it";
  EXPECT_EQ(refusal_of([](audit::Work& work) { acknowledge_emergency(work, kCounty, Id{9}); }), "emergency.unknown");
  EXPECT_EQ(refusal_of([](audit::Work& work) { close_emergency(work, kCounty, Id{9}, "误报"); }), "emergency.unknown");
  EXPECT_EQ(refusal_of([&](audit::Work& work) { acknowledge_emergency(work, "510522", id); }), "emergency.unknown");
}

TEST_P(AlarmsTest, MomentsOfAWrongClockAreMovedAndNoneLiesAhead) {
  // The phone is two days behind.
  Emergency behind = load(report(R"({"what":"ill","at":"2026-03-18T09:00:00+08:00",
    "called":[{"who":"120","at":"2026-03-18T09:01:00+08:00"}]})",
                                 "k1", 2 * 86'400)
                              .id);
  EXPECT_EQ(format_instant(*behind.report.at), "2026-03-20T09:00:00+08:00");
  EXPECT_EQ(format_instant(behind.report.called[0].at), "2026-03-20T09:01:00+08:00");
  EXPECT_EQ(behind.clock_off_seconds, 2 * 86'400);
  Emergency ahead = load(report(R"({"what":"ill","at":"2026-03-20T10:04:00+08:00"})", "k2").id);
  EXPECT_EQ(ahead.report.at->milliseconds, now_.milliseconds);
  EXPECT_EQ(load(report(R"({"what":"ill"})", "k3").id).report.at->milliseconds, now_.milliseconds);
}

TEST_P(AlarmsTest, ListsByAreaAndStatePageByPage) {
  report(R"({"what":"ill","note":"a"})", "k1");
  Id b = report(R"({"what":"ill","note":"b"})", "k2", 0, kFar).id;
  Id c = report(R"({"what":"ill","note":"c"})", "k3").id;
  EXPECT_EQ(listed({kCounty}), "cba");
  EXPECT_EQ(listed({"510521100"}), "ca");
  EXPECT_EQ(waiting("510521101"), 1);
  write([&](audit::Work& work) { acknowledge_emergency(work, kCounty, b); });
  EXPECT_EQ(listed({kCounty, State::reported}), "ca");
  EXPECT_EQ(listed({kCounty, State::acknowledged}), "b");
  EXPECT_EQ(listed({kCounty, {}, Id{}, 2}), "cb");
  EXPECT_EQ(listed({kCounty, {}, c}), "ba");
}

TEST_P(AlarmsTest, TellsWhatChangedSince) {
  Id first = report(R"({"what":"ill"})", "k1").id;
  Id second = report(R"({"what":"ill"})", "k2", 0, kFar).id;
  auto since = [&](Id after) {
    std::vector<Change> changes;
    database().read([&](db::Session& session) { changes = list_changes(session, after); });
    return changes;
  };
  std::vector<Change> all = since(Id{});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].emergency, first);
  EXPECT_EQ(all[1].area, kFar);
  write([&](audit::Work& work) { acknowledge_emergency(work, kCounty, first); });
  std::vector<Change> later = since(all[1].change);
  ASSERT_EQ(later.size(), 1u);
  EXPECT_EQ(later[0].emergency, first);
  EXPECT_EQ(later[0].state, State::acknowledged);
  write([&](audit::Work& work) { acknowledge_emergency(work, kCounty, first); });
  EXPECT_TRUE(since(later[0].change).empty()) << "what changed nothing is not told";
  write([&](audit::Work& work) { close_emergency(work, kCounty, second, "误报"); });
  EXPECT_EQ(since(later[0].change).at(0).state, State::closed);
}

TEST_P(AlarmsTest, TextsGoWithThePerson) {
  Id id = report(kFall, "k1").id;
  write([&](audit::Work& work) { close_emergency(work, kCounty, id, "送医"); });
  write([](audit::Work& work) { EXPECT_EQ(erase_emergencies(work, kCounty, kPerson), 1); });
  write([](audit::Work& work) { EXPECT_EQ(erase_emergencies(work, kCounty, kPerson), 0); });
  Emergency erased = load(id);
  EXPECT_EQ(erased.report.note + erased.report.where + erased.outcome, "");
  EXPECT_TRUE(erased.report.called.empty());
  EXPECT_EQ(erased.report.what, What::fall);
}

TEST(AlarmsEntry, RefusesWithTheField) {
  auto field_of = [](const std::string& text) {
    try {
      read_report(text);
    } catch (const Problem& problem) {
      return problem.code + " " + (problem.fields.empty() ? "" : problem.fields[0].field);
    }
    return std::string("read");
  };
  EXPECT_EQ(field_of("{"), "json.malformed ");
  EXPECT_EQ(field_of("[]"), "emergency.malformed ");
  EXPECT_EQ(field_of("{}"), "emergency.malformed what");
  EXPECT_EQ(field_of(R"({"what":"flood"})"), "emergency.malformed what");
  EXPECT_EQ(field_of(R"({"what":"ill","by":"me"})"), "emergency.malformed by");
  EXPECT_EQ(field_of(R"({"what":"ill","at":"now"})"), "emergency.malformed at");
  EXPECT_EQ(field_of(R"({"what":"ill","at":"9999-01-01T00:00:00Z"})"), "emergency.malformed at");
  EXPECT_EQ(field_of(R"({"what":"ill","note":")" + std::string(1001, 'x') + "\"}"), "emergency.malformed note");
  EXPECT_EQ(field_of(R"({"what":"ill","note":7})"), "emergency.malformed note");
  EXPECT_EQ(field_of(R"({"what":"ill","position":[]})"), "emergency.malformed position");
  EXPECT_EQ(field_of(R"({"what":"ill","position":{"latitude":91,"longitude":1}})"),
            "emergency.malformed position.latitude");
  EXPECT_EQ(field_of(R"({"what":"ill","position":{"latitude":1}})"), "emergency.malformed position.longitude");
  EXPECT_EQ(field_of(R"({"what":"ill","called":{}})"), "emergency.malformed called");
  EXPECT_EQ(field_of(R"({"what":"ill","called":["120"]})"), "emergency.malformed called[0]");
  EXPECT_EQ(field_of(R"({"what":"ill","called":[{"who":"","at":"2026-03-20T09:00"}]})"),
            "emergency.malformed called[0].who");
  std::string many;
  for (int i = 0; i < 21; ++i) many += R"({"who":"120","at":"2026-03-20T09:00"},)";
  many.pop_back();
  EXPECT_EQ(field_of(R"({"what":"ill","called":[)" + many + "]}"), "emergency.malformed called");
  EXPECT_EQ(field_of(R"({"what":"ill","note":")" + std::string(40'000, ' ') + "\"}"), "emergency.malformed ");
  EXPECT_EQ(field_of(R"({"what":"ill","person":"nobody","position":null,"called":null,"where":null})"), "read");
}

}  // namespace
}  // namespace tanfang::alarms
