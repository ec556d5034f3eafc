#include "proposals/proposals.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::proposals {
namespace {

using registry::PersonKey;
using registry::Source;
using registry::Status;

const std::string kVillage = "510521100231";

Date day(const char* iso) { return Date::parse(iso).value(); }

std::string number_of(int serial) {
  std::string digits = "51052119400302" + std::to_string(1000 + serial).substr(1);
  return digits + citizen_number_check(digits);
}

class ProposalsTest : public db::EachEngine {
 protected:
  void SetUp() override {
    registry::seed_areas(database(), TANFANG_SOURCE_DIR "/data/areas.csv");
    registry::PersonStatement said;
    said.citizen_number = number_of(1);
    said.birth_date = day("1940-03-02");
    said.name = "张三";
    said.area = kVillage;
    registry::Terms terms{"510521", Source::ledger, "", day("2024-01-01"), day("2024-01-01"), "ledger:test"};
    write([&](audit::Work& work) {
      key_ = registry::register_people(work, classifier_, terms, std::span(&said, 1)).at(0).person;
    });
  }
  Date today() const { return china_date(now_); }
  void write(const std::function<void(audit::Work&)>& use_case) {
    database().write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, "account:clerk", keys_);
      use_case(work);
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
  }
  std::string refused(const std::function<void(audit::Work&)>& use_case) {
    try {
      write(use_case);
    } catch (const Problem& problem) {
      return problem.code;
    }
    return "";
  }
  template <typename Read>
  auto read(Read reading) {
    decltype(reading(std::declval<db::Session&>())) result;
    database().read([&](db::Session& session) { result = reading(session); });
    return result;
  }

  std::string version() {
    return read([&](db::Session& session) { return registry::version_of(session, key_); });
  }
  /// The JSON of a proposal about the file, from the version it has now.
  std::string about(const std::string& what, const std::string& part, const std::string& more = "") {
    return R"({"what":")" + what + R"(","person":")" + format_id(key_.id) + R"(","base_version":")" + version() +
           "\",\"" + what + "\":" + part + more + "}";
  }
  Settled send(const std::string& text, const std::string& key, bool may_decide = false) {
    Settled settled;
    write([&](audit::Work& work) {
      Source source = may_decide ? Source::clerk : Source::visit;
      settled =
          propose(work, classifier_, {"510521", kVillage, "510521", "visitor:wang", source, key, 0, may_decide}, text);
    });
    return settled;
  }
  std::string refused_send(const std::string& text) {
    try {
      send(text, "refused");
    } catch (const Problem& problem) {
      return problem.code + " " + (problem.fields.empty() ? "" : problem.fields[0].field);
    }
    return "";
  }
  Settled accept(Id proposal, const std::string& number = "") {
    Settled settled;
    write(
        [&](audit::Work& work) { settled = accept_proposal(work, classifier_, "510521", proposal, "510521", number); });
    return settled;
  }
  registry::FactOrigin fact(const std::string& name) {
    registry::Person person = read([&](db::Session& session) { return registry::load_person(session, keys_, key_); });
    for (const registry::FactOrigin& origin : person.facts) {
      if (origin.fact == name) return origin;
    }
    return {};
  }
  Status status() {
    return read([&](db::Session& session) {
      return registry::status_on(registry::load_status_history(session, key_), today());
    });
  }
  Proposal load(Id id) {
    return read([&](db::Session& session) { return load_proposal(session, keys_, "510521", id); });
  }
  std::vector<Proposal> listed(const std::string& area, ProposalState state = ProposalState::open, Id after = {},
                               int limit = 50) {
    return read([&](db::Session& session) { return list_proposals(session, keys_, {area, state, after, limit}); });
  }

  Instant now_ = parse_instant("2024-03-10T09:00").value();
  IdSource ids_{7};
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  registry::Classifier classifier_{TANFANG_SOURCE_DIR};
  PersonKey key_;
};
TANFANG_ON_EACH_ENGINE(ProposalsTest);

TEST_P(ProposalsTest, AVisitorsWordWaitsAndIsTakenWithItsSourceAndDay) {
  Settled made = send(about("facts", R"({"ability":"severe"})", R"(,"on":"2024-03-08","note":"卧床")"), "k1");
  EXPECT_FALSE(made.applied);
  EXPECT_EQ(made.state, ProposalState::open);
  EXPECT_EQ(fact("ability").value, "");
  ASSERT_EQ(listed("510521").size(), 1u);
  EXPECT_EQ(listed("510521101").size(), 0u);
  EXPECT_EQ(listed("510521")[0].id, made.proposal);
  EXPECT_TRUE(send(about("facts", R"({"ability":"severe"})"), "k1").repeated);
  Settled done = accept(made.proposal);
  EXPECT_TRUE(done.applied);
  EXPECT_EQ(done.person, key_);
  EXPECT_EQ(done.affects_from, day("2024-03-08"));
  EXPECT_EQ(fact("ability").value, "\"severe\"");
  EXPECT_EQ(fact("ability").source, Source::visit);
  EXPECT_EQ(fact("ability").speaker, "wang");
  EXPECT_EQ(fact("ability").date, day("2024-03-08"));
  EXPECT_TRUE(listed("510521").empty());
  EXPECT_EQ(listed("510521", ProposalState::accepted)[0].decided_by, "account:clerk");
  EXPECT_FALSE(accept(made.proposal).applied) << "again it changes nothing";
  EXPECT_EQ(refused([&](audit::Work& work) { reject_proposal(work, "510521", made.proposal, "不属实"); }),
            "proposal.decided");
  database().read([&](db::Session& session) {
    audit::Filter filter;
    filter.subject = "proposal:" + format_id(made.proposal);
    auto entries = audit::list(session, filter);
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].kind, "proposal_accepted");
    EXPECT_NE(entries[0].details.find("\"proposed_by\":\"visitor:wang\""), std::string::npos) << entries[0].details;
    session.query("select content from proposals", {},
                  [](const db::Row& row) { EXPECT_EQ(row.bytes(0).find("severe"), std::string_view::npos); });
  });
}

TEST_P(ProposalsTest, ByRightItIsDoneAtOnceWhileTheBaseHolds) {
  std::string old = about("facts", R"({"ability":"mild"})");
  EXPECT_TRUE(send(about("facts", R"({"ability":"severe"})"), "k1", true).applied);
  EXPECT_EQ(fact("ability").source, Source::clerk);
  Settled late = send(old, "k2", true);
  EXPECT_FALSE(late.applied) << "the file is no longer what was seen";
  EXPECT_EQ(late.state, ProposalState::open);
  EXPECT_EQ(fact("ability").value, "\"severe\"");
  EXPECT_EQ(read([&](db::Session& session) { return changed_since(session, key_, load(late.proposal).base_version); }),
            std::vector<std::string>{"ability"});
  EXPECT_FALSE(
      send(R"({"what":"facts","person":")" + format_id(key_.id) + R"(","facts":{"ability":"mild"}})", "k3", true)
          .applied)
      << "without a base nobody knows what was seen";
}

TEST_P(ProposalsTest, TheVersionTellsWhatBecameDifferent) {
  std::string base = version();
  auto changed = [&] {
    std::string names;
    for (const std::string& name : read([&](db::Session& session) { return changed_since(session, key_, base); })) {
      names += name + " ";
    }
    base = version();
    return names;
  };
  EXPECT_EQ(changed(), "");
  write([&](audit::Work& work) {
    registry::correct_person(work, classifier_, key_, {{}, "13800001111", "一组5号", {}});
  });
  EXPECT_EQ(changed(), "address phone ");
  write([&](audit::Work& work) {
    registry::set_contacts(work, key_, {{"emergency", "王五", "13900001234", "子", ""}});
  });
  EXPECT_EQ(changed(), "contacts ");
  write([&](audit::Work& work) { registry::suspend_person(work, key_, today(), today() + 5, "住院治疗"); });
  EXPECT_EQ(changed(), "status ");
  write([&](audit::Work& work) { registry::resume_person(work, key_, today() + 1); });
  EXPECT_EQ(changed(), "status ");
  write([&](audit::Work& work) { registry::record_consent(work, key_, {"photo", true, today(), ""}); });
  EXPECT_EQ(changed(), "consents ");
  base = "of another house";
  EXPECT_NE(changed().find("status"), std::string::npos);
}

TEST_P(ProposalsTest, EachStatusInPlainWordsIsTheRegistrys) {
  EXPECT_TRUE(
      send(about("status", R"({"status":"hospital","from":"2024-03-01","to":"2024-03-20"})"), "k1", true).applied);
  EXPECT_EQ(status(), Status::suspended);
  EXPECT_EQ(send(about("status", R"({"status":"back","from":"2024-03-09"})"), "k2", true).affects_from,
            day("2024-03-09"));
  EXPECT_EQ(status(), Status::active);
  EXPECT_TRUE(send(about("status", R"({"status":"moved","note":"随女儿"})"), "k3", true).applied);
  EXPECT_EQ(status(), Status::moved_out);
  write([&](audit::Work& work) { registry::reopen_person(work, key_, "登记错误"); });
  EXPECT_TRUE(send(about("status", R"({"status":"deceased"})", R"(,"on":"2024-03-05")"), "k4", true).applied);
  EXPECT_EQ(status(), Status::deceased);
  EXPECT_EQ(refused([&](audit::Work& work) {
              propose(work, classifier_, {"510521", kVillage, "510521", "visitor:wang", Source::clerk, "k5", 0, true},
                      about("status", R"({"status":"back"})"));
            }),
            "status.not_suspended");
}

TEST_P(ProposalsTest, ContactsAndTheFilesOwnChangeOnlyAsFarAsSaid) {
  send(about("contact", R"({"name":"王五","phone":"13900001234","relation":"子"})"), "k1", true);
  send(about("contact", R"({"name":"赵六","kind":"child","phone":"13900001235"})"), "k2", true);
  send(about("contact", R"({"name":"王五","phone":"13900009999"})"), "k3", true);
  send(about("facts", R"({"phone":"13800002222"})"), "k4", true);
  registry::Person person;
  write([&](audit::Work& work) { person = registry::reveal_person(work, key_, {}, "核对数据"); });
  ASSERT_EQ(person.contacts.size(), 2u);
  EXPECT_EQ(person.contacts[0].phone, "13900009999");
  EXPECT_EQ(person.contacts[1].name, "赵六");
  EXPECT_EQ(person.phone, "13800002222");
  EXPECT_EQ(person.name, "张三");
}

TEST_P(ProposalsTest, SomebodyNewIsRegisteredOnceTheirNumberIsKnown) {
  std::string number = number_of(3);
  auto said = [&](const std::string& more) {
    return R"({"what":"new_person","new_person":{"name":"李四","village":")" + kVillage + "\"" + more + "}}";
  };
  Id waiting = send(said(""), "k1", true).proposal;
  EXPECT_EQ(load(waiting).person, std::nullopt);
  EXPECT_EQ(refused([&](audit::Work& work) { accept_proposal(work, classifier_, "510521", waiting, "510521", ""); }),
            "proposal.citizen_number");
  EXPECT_EQ(refused([&](audit::Work& work) { accept_proposal(work, classifier_, "510521", waiting, "510521", "12"); }),
            "proposal.citizen_number");
  Settled done = accept(waiting, number);
  ASSERT_TRUE(done.person);
  EXPECT_EQ(load(waiting).person, done.person->id);
  EXPECT_FALSE(send(said(R"(,"citizen_number":")" + number + "\""), "k2", true).applied) << "there is a file by now";
  std::string other = number_of(4);
  Settled at_once = send(said(R"(,"citizen_number":")" + other + R"(","phone":"13800001111")"), "k3", true);
  EXPECT_TRUE(at_once.applied);
  EXPECT_EQ(read([&](db::Session& session) { return registry::load_person(session, keys_, *at_once.person).area; }),
            kVillage);
}

TEST_P(ProposalsTest, ARejectionSaysWhyToItsProposerOnly) {
  Id made = send(about("status", R"({"status":"moved"})"), "k1").proposal;
  EXPECT_EQ(refused([&](audit::Work& work) { reject_proposal(work, "510521", made, " 否 "); }), "proposal.reason");
  write([&](audit::Work& work) { reject_proposal(work, "510521", made, "人在女儿家小住"); });
  EXPECT_EQ(status(), Status::active);
  EXPECT_EQ(refused([&](audit::Work& work) { accept_proposal(work, classifier_, "510521", made, "510521", ""); }),
            "proposal.decided");
  auto own = read([&](db::Session& session) {
    return list_own_proposals(session, keys_, "510521", "visitor:wang", Instant{now_.milliseconds - 1});
  });
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0].key, "k1");
  EXPECT_EQ(own[0].reason, "人在女儿家小住");
  EXPECT_TRUE(read([&](db::Session& session) {
                return list_own_proposals(session, keys_, "510521", "visitor:li", Instant{});
              }).empty());
  database().read([&](db::Session& session) {
    for (const audit::Entry& entry : audit::list(session, {"510521", {}, {}})) {
      EXPECT_EQ(entry.details.find("女儿"), std::string::npos);
    }
  });
}

TEST_P(ProposalsTest, ListsAreWholeAndFollowThePerson) {
  Id first = send(about("status", R"({"status":"moved"})"), "k1").proposal;
  Id second = send(about("facts", R"({"phone":"13800002222"})"), "k2").proposal;
  EXPECT_EQ(listed("510521", ProposalState::open, {}, 1).at(0).id, first);
  EXPECT_EQ(listed("510521", ProposalState::open, first).at(0).id, second);
  write([&](audit::Work& work) { registry::correct_person(work, classifier_, key_, {{}, {}, {}, "510521101201"}); });
  EXPECT_TRUE(listed(kVillage).empty());
  EXPECT_EQ(listed("510521101201").size(), 2u);
  EXPECT_EQ(read([&](db::Session& session) { return count_open_proposals(session, "510521101"); }), 2);
  EXPECT_EQ(refused([&](audit::Work& work) { reveal_proposal(work, "510521", first, "x"); }), "proposal.look_reason");
  write([&](audit::Work& work) {
    EXPECT_NE(reveal_proposal(work, "510521", second, "核对号码").content.find("13800002222"), std::string::npos);
  });
}

TEST_P(ProposalsTest, RefusesWhatIsWrongBeforeAnybodyDecides) {
  EXPECT_EQ(refused_send("{"), "json.malformed ");
  EXPECT_EQ(refused_send("{}"), "proposal.malformed what");
  EXPECT_EQ(refused_send(R"({"what":"death"})"), "proposal.malformed what");
  EXPECT_EQ(refused_send(R"({"what":"facts"})"), "proposal.malformed facts");
  EXPECT_EQ(refused_send(R"({"what":"facts","facts":{}})"), "proposal.malformed facts");
  EXPECT_EQ(refused_send(R"({"what":"facts","facts":{"ability":"mild"}})"), "proposal.malformed person");
  EXPECT_EQ(refused_send(about("facts", R"({"ability":"mild"})", R"(,"contact":{"name":"王五"})")),
            "proposal.malformed contact");
  EXPECT_EQ(refused_send(about("facts", R"({"ability":"great"})")), "fact.value facts.ability");
  EXPECT_EQ(refused_send(about("facts", R"({"no_such":1})")), "fact.unknown facts.no_such");
  EXPECT_EQ(refused_send(about("facts", R"({"ability":"mild"})", R"(,"on":"gestern")")), "proposal.malformed on");
  EXPECT_EQ(refused_send(about("facts", R"({"ability":"mild"})", R"(,"x":1)")), "proposal.malformed x");
  EXPECT_EQ(refused_send(about("status", R"({"status":"gone"})")), "proposal.malformed status.status");
  EXPECT_EQ(refused_send(about("status", R"({"status":"moved","to":"2024-03-01"})")), "proposal.malformed status.to");
  EXPECT_EQ(refused_send(about("contact", R"({"name":" "})")), "proposal.malformed contact.name");
  EXPECT_EQ(refused_send(about("contact", R"({"name":"王五","kind":"friend"})")), "proposal.malformed contact.kind");
  EXPECT_EQ(refused_send(about("contact", R"({"name":")" + std::string(61, 'x') + "\"}")),
            "proposal.malformed contact.name");
  EXPECT_EQ(refused_send(about("facts", R"({"name":" "})")), "proposal.malformed facts.name");
  EXPECT_EQ(refused_send(R"({"what":"new_person","new_person":{"name":"李四","village":"510521100"}})"),
            "proposal.malformed new_person.village");
  EXPECT_EQ(refused_send(R"({"what":"new_person","new_person":{"name":"李四","village":"510521999999"}})"),
            "area.unknown area");
  EXPECT_EQ(refused_send(R"({"what":"new_person","new_person":{"name":"李四","village":")" + kVillage +
                         R"(","citizen_number":"510521194003020019"}})"),
            "proposal.malformed new_person.citizen_number");
  EXPECT_EQ(refused_send(std::string(40'000, ' ')), "proposal.malformed ");
  key_.id = Id{7};
  EXPECT_EQ(refused_send(R"({"what":"facts","person":")" + format_id(key_.id) + R"(","facts":{"ability":"mild"}})"),
            "person.unknown person");
  EXPECT_TRUE(listed("510521").empty());
  EXPECT_EQ(refused([](audit::Work& work) { reject_proposal(work, "510521", Id{9}, "不属实"); }), "proposal.unknown");
}

TEST_P(ProposalsTest, GoWithTheirPerson) {
  send(about("status", R"({"status":"moved"})"), "k1");
  write([&](audit::Work& work) { registry::record_death(work, key_, today()); });
  write([&](audit::Work& work) { registry::erase_person(work, key_); });
  EXPECT_TRUE(listed("510521").empty());
}

TEST(ProposalsEntry, DaysOfAWrongClockAreMoved) {
  std::string text = R"({"what":"status","person":"00000000000A1","on":"2024-03-08",)"
                     R"("status":{"status":"hospital","from":"2024-02-28","to":"2024-03-02","note":"2024-01-01"}})";
  ProposalContent moved = read_proposal(move_days(text, 2));
  EXPECT_EQ(moved.on, day("2024-03-10"));
  EXPECT_EQ(moved.status.from, day("2024-03-01"));
  EXPECT_EQ(moved.status.to, day("2024-03-04"));
  EXPECT_EQ(moved.status.note, "2024-01-01");
}

}  // namespace
}  // namespace tanfang::proposals
