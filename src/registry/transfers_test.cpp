#include "registry/transfers.h"
#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

constexpr const char* kHere = "510521100201";
constexpr const char* kOtherTown = "510521101201";
constexpr const char* kOtherCounty = "370305001001";

class TransfersTest : public RegistryTest {
 protected:
  Person person(const PersonKey& key) {
    return read([&](db::Session& session) { return load_person(session, keys_, key); });
  }
  std::vector<Transfer> open(const char* county) {
    return read([&](db::Session& session) { return list_transfers(session, county, now_); });
  }
  Status status(const PersonKey& key) {
    auto spans = read([&](db::Session& session) { return load_status_history(session, key); });
    return status_on(spans, today());
  }
  PersonStatement here() {
    PersonStatement said = statement_of("张小丽", "1940-05-02", 2, kHere, {{"ability", "\"severe\""}});
    said.phone = "13800007875";
    said.contacts = {{"emergency", "王五", "13900001234", "子", ""}};
    return said;
  }
};

TANFANG_ON_EACH_ENGINE(TransfersTest);

TEST_P(TransfersTest, ANumberThatArrivesElsewhereWaitsForTheHolder) {
  PersonKey old = take(here());
  PersonStatement arrived = here();
  arrived.area = kOtherCounty;
  arrived.facts = {};
  Registration result = take({arrived}, terms("370305")).at(0);
  EXPECT_EQ(result.outcome, Outcome::elsewhere);
  EXPECT_EQ(result.person, PersonKey{}) << "the other file is not shown";
  ASSERT_EQ(open("510521").size(), 1u);
  EXPECT_EQ(take({arrived}, terms("370305")).at(0).transfer, result.transfer) << "asked for once";

  PersonKey now_at;
  ASSERT_EQ(open("370305").size(), 1u);
  EXPECT_EQ(open("370305")[0].county, "") << "the other file is not shown";
  EXPECT_EQ(open("370305")[0].person, Id{});
  EXPECT_EQ(refused([&](audit::Work& work) { accept_transfer(work, classifier_, "510521", result.transfer); }),
            "transfer.unknown")
      << "accepted where the person arrived";
  write([&](audit::Work& work) { now_at = accept_transfer(work, classifier_, "370305", result.transfer).now; });
  EXPECT_EQ(now_at.county, "370305");
  EXPECT_EQ(status(old), Status::moved_out);
  Person moved = person(now_at);
  EXPECT_EQ(moved.area, kOtherCounty);
  EXPECT_EQ(moved.phone, "138****7875");
  EXPECT_EQ(moved.contacts.size(), 1u);
  auto facts = read([&](db::Session& session) { return load_facts(session, now_at); });
  EXPECT_NE(facts.find(R"("ability":"severe")"), std::string::npos);
  EXPECT_NE(facts.find(kOtherCounty), std::string::npos);
  auto verdicts = read([&](db::Session& session) { return load_classifications(session, now_at, today(), today()); });
  ASSERT_FALSE(verdicts.empty());
  EXPECT_EQ(verdicts[0].scheme, "linzi-2022");
  ASSERT_EQ(open("510521").size(), 1u) << "who gave the file sees that it left";
  EXPECT_EQ(open("510521")[0].status, "accepted");
  EXPECT_EQ(take({arrived}, terms("370305")).at(0).person, now_at);
  EXPECT_EQ(refused([&](audit::Work& work) { accept_transfer(work, classifier_, "370305", result.transfer); }),
            "transfer.unknown");
  EXPECT_EQ(refused([&](audit::Work& work) { reopen_person(work, old, "误操作"); }), "status.elsewhere");
  EXPECT_EQ(status(old), Status::moved_out);
}

TEST_P(TransfersTest, BetweenTownsOfACountyTheFileStays) {
  PersonKey key = take(here());
  PersonStatement arrived = here();
  arrived.area = kOtherTown;
  Registration result = take({arrived}, terms("510521101")).at(0);
  EXPECT_EQ(result.outcome, Outcome::elsewhere);
  EXPECT_EQ(person(key).area, kHere);
  write([&](audit::Work& work) { EXPECT_EQ(accept_transfer(work, classifier_, "510521", result.transfer).now, key); });
  EXPECT_EQ(person(key).area, kOtherTown);
  EXPECT_EQ(status(key), Status::active);
}

TEST_P(TransfersTest, AHolderMayKeepTheFile) {
  PersonKey key = take(here());
  Transfer transfer;
  std::string number = here().citizen_number;
  write([&](audit::Work& work) { transfer = propose_transfer(work, number, kOtherCounty); });
  EXPECT_EQ(refused([&](audit::Work& work) { reject_transfer(work, "510521", transfer.id, ""); }),
            "transfer.reason_missing");
  EXPECT_EQ(refused([&](audit::Work& work) { reject_transfer(work, "370404", transfer.id, "仍住本村"); }),
            "transfer.unknown");
  write([&](audit::Work& work) { reject_transfer(work, "510521", transfer.id, "仍住本村"); });
  EXPECT_EQ(status(key), Status::active);
  auto all = read([&](db::Session& session) { return list_transfers(session, "510521", Instant{0}); });
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].status, "rejected");
}

TEST_P(TransfersTest, ANumberAloneIsEnoughToAsk) {
  PersonKey old = take(here());
  Transfer transfer;
  std::string number = here().citizen_number;
  write([&](audit::Work& work) { transfer = propose_transfer(work, number, kOtherCounty); });
  PersonKey now_at;
  write([&](audit::Work& work) { now_at = accept_transfer(work, classifier_, "370305", transfer.id).now; });
  EXPECT_EQ(person(now_at).name, "张小丽");
  EXPECT_EQ(person(now_at).citizen_number, person(old).citizen_number);
}

TEST_P(TransfersTest, EachFactKeepsItsSourceAndDateAndTheNewestHolds) {
  set_now("2024-01-10T09:00");
  PersonStatement first = here();
  first.facts = {{"ability", "\"severe\""}, {"children", "[]"}, {"dementia", "false"}};
  PersonKey old = take(first);
  set_now("2024-02-10T09:00");
  write([&](audit::Work& work) {
    state_facts(work, classifier_, old, Source::visit, "visitor", today(), {{"dementia", "true"}});
  });
  set_now("2024-03-10T09:00");
  PersonStatement arrived = here();
  arrived.area = kOtherCounty;
  arrived.name = "张晓丽";
  arrived.phone = "13900001111";
  arrived.facts = {{"ability", "\"severe\""}, {"living_with", "[\"spouse\"]"}, {"children", "[{\"alive\":true}]"}};
  Registration result = take({arrived}, terms("370305")).at(0);
  set_now("2024-03-20T09:00");
  PersonKey key;
  write([&](audit::Work& work) { key = accept_transfer(work, classifier_, "370305", result.transfer).now; });
  std::map<std::string, std::string> known;
  for (const FactOrigin& fact : person(key).facts) {
    known[fact.fact] = fact.value + " " + std::string(to_text(fact.source)) + " " + fact.date.iso();
  }
  EXPECT_EQ(known["ability"], "\"severe\" ledger 2024-01-10");
  EXPECT_EQ(known["dementia"], "true visit 2024-02-10");
  EXPECT_EQ(known["children"], "[{\"alive\":true}] ledger 2024-03-10");
  EXPECT_EQ(known["living_with"], "[\"spouse\"] ledger 2024-03-10");
  EXPECT_EQ(known["residence_area"], "\"370305001001\" ledger 2024-03-10");
  EXPECT_EQ(person(key).name, "张晓丽");
  EXPECT_EQ(person(key).phone, "139****1111");
  auto history = read([&](db::Session& session) { return load_history(session, key); });
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[1].source, Source::visit);
  EXPECT_EQ(history[2].said_on, day("2024-03-10"));
  EXPECT_EQ(take({arrived}, terms("370305")).at(0).outcome, Outcome::unchanged);
}

TEST_P(TransfersTest, WhatWasSaidLaterOfTheResidenceGivesWayToTheAcceptance) {
  PersonKey old = take(here());
  PersonStatement arrived = here();
  arrived.area = kOtherCounty;
  Registration result = take({arrived}, terms("370305")).at(0);
  set_now("2024-03-20T09:00");
  write([&](audit::Work& work) { correct_person(work, classifier_, old, {{}, {}, {}, "510521101201"}); });
  PersonKey key;
  write([&](audit::Work& work) { key = accept_transfer(work, classifier_, "370305", result.transfer).now; });
  EXPECT_EQ(person(key).area, kOtherCounty);
}

TEST_P(TransfersTest, OneFileMovesOnce) {
  PersonKey old = take(here());
  std::string number = here().citizen_number;
  Transfer first, second;
  write([&](audit::Work& work) { first = propose_transfer(work, number, kOtherCounty); });
  write([&](audit::Work& work) { second = propose_transfer(work, number, "370404001001"); });
  write([&](audit::Work& work) { accept_transfer(work, classifier_, "370305", first.id); });
  EXPECT_EQ(refused([&](audit::Work& work) { accept_transfer(work, classifier_, "370404", second.id); }),
            "transfer.unknown");
  EXPECT_EQ(status(old), Status::moved_out);
}

TEST_P(TransfersTest, ACountyFindsItsFormerFileForWhatHappenedBefore) {
  PersonKey old = take(here());
  std::string number = here().citizen_number;
  auto move_to = [&](const char* now, const char* area) {
    set_now(now);
    Transfer transfer;
    PersonKey key;
    write([&](audit::Work& work) { transfer = propose_transfer(work, number, area); });
    write([&](audit::Work& work) { key = accept_transfer(work, classifier_, std::string(area, 6), transfer.id).now; });
    return key;
  };
  auto found = [&](const char* county, const char* on) {
    return read([&](db::Session& session) { return find_person_on(session, keys_, county, number, day(on)); });
  };
  PersonKey away = move_to("2024-04-01T09:00", kOtherCounty);
  EXPECT_EQ(found("510521", "2024-03-20"), old);
  EXPECT_EQ(found("510521", "2024-04-02"), old) << "the caller sees that it has moved out";
  EXPECT_EQ(found("370305", "2024-04-02"), away);
  EXPECT_FALSE(found("370404", "2024-04-02"));
  PersonKey back = move_to("2024-05-01T09:00", kHere);
  EXPECT_EQ(found("510521", "2024-03-20"), old);
  EXPECT_EQ(found("510521", "2024-05-02"), back);
  EXPECT_EQ(found("370305", "2024-04-20"), away);
}

TEST_P(TransfersTest, WhatCannotBeAskedForIsRefused) {
  take(here());
  auto propose_to = [&](const std::string& number, const char* area) {
    return refused([&](audit::Work& work) { propose_transfer(work, number, area); });
  };
  EXPECT_EQ(propose_to(number_of("1933-03-03", 5), kOtherCounty), "person.unknown");
  EXPECT_EQ(propose_to(here().citizen_number, "370305"), "area.unknown");
  EXPECT_EQ(propose_to(here().citizen_number, kHere), "transfer.needless");
}

}  // namespace
}  // namespace tanfang::registry
