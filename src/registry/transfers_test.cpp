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
    return read([&](db::Session& session) { return list_transfers(session, county); });
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
  write([&](audit::Work& work) { now_at = accept_transfer(work, classifier_, "510521", result.transfer); });
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
  EXPECT_TRUE(open("510521").empty());
  EXPECT_EQ(take({arrived}, terms("370305")).at(0).person, now_at);
  EXPECT_EQ(refused([&](audit::Work& work) { accept_transfer(work, classifier_, "510521", result.transfer); }),
            "transfer.unknown");
}

TEST_P(TransfersTest, BetweenTownsOfACountyTheFileStays) {
  PersonKey key = take(here());
  PersonStatement arrived = here();
  arrived.area = kOtherTown;
  Registration result = take({arrived}, terms("510521101")).at(0);
  EXPECT_EQ(result.outcome, Outcome::elsewhere);
  EXPECT_EQ(person(key).area, kHere);
  write([&](audit::Work& work) { EXPECT_EQ(accept_transfer(work, classifier_, "510521", result.transfer), key); });
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
  EXPECT_EQ(refused([&](audit::Work& work) { reject_transfer(work, "370305", transfer.id, "仍住本村"); }),
            "transfer.unknown");
  write([&](audit::Work& work) { reject_transfer(work, "510521", transfer.id, "仍住本村"); });
  EXPECT_EQ(status(key), Status::active);
  auto all = read([&](db::Session& session) { return list_transfers(session, "510521", false); });
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].status, "rejected");
}

TEST_P(TransfersTest, ANumberAloneIsEnoughToAsk) {
  PersonKey old = take(here());
  Transfer transfer;
  std::string number = here().citizen_number;
  write([&](audit::Work& work) { transfer = propose_transfer(work, number, kOtherCounty); });
  PersonKey now_at;
  write([&](audit::Work& work) { now_at = accept_transfer(work, classifier_, "510521", transfer.id); });
  EXPECT_EQ(person(now_at).name, "张小丽");
  EXPECT_EQ(person(now_at).citizen_number, person(old).citizen_number);
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
