#include "platform/files/files.h"
#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

class AreasImportTest : public RegistryTest {
 protected:
  AreasImported take_areas(const std::string& text, std::optional<std::string> complete_within = {}) {
    AreasImport import;
    import.path = folder_.file("areas.csv");
    import.complete_within = std::move(complete_within);
    files::write_whole(import.path, text);
    AreasImported done;
    write([&](audit::Work& work) { done = import_areas(work, import); });
    return done;
  }
  std::string name_of(const std::string& code, const char* on) {
    return read([&](db::Session& session) {
      auto index = AreaIndex::from_table(session, "", day(on));
      const Area* area = index.find(code);
      return area ? area->name : std::string();
    });
  }
  db::TestFolder folder_;
};

TANFANG_ON_EACH_ENGINE(AreasImportTest);

TEST_P(AreasImportTest, TheSameListAgainChangesNothing) {
  std::string list = "code,name\n51,四川省\n5105,泸州市\n510521,泸县\n";
  EXPECT_EQ(take_areas(list).added, 3);
  AreasImported again = take_areas(list);
  EXPECT_EQ(again.added + again.renamed + again.ended, 0);
  EXPECT_EQ(again.unchanged, 3);
}

TEST_P(AreasImportTest, NamesHoldFromDayToDay) {
  take_areas("51,四川省\n5105,泸州市\n510521,泸县\n");
  EXPECT_EQ(name_of("510521", "1990-01-01"), "泸县");
  set_now("2025-07-01T09:00");
  EXPECT_EQ(take_areas("51,四川省\n5105,泸州市\n510521,泸江区\n").renamed, 1);
  EXPECT_EQ(name_of("510521", "2025-06-30"), "泸县");
  EXPECT_EQ(name_of("510521", "2025-07-01"), "泸江区");
  EXPECT_EQ(take_areas("510521,泸水区\n").renamed, 1);
  EXPECT_EQ(name_of("510521", "2025-07-01"), "泸水区");
}

TEST_P(AreasImportTest, OnlyACompleteListEndsWhatItDoesNotName) {
  take_areas("51,四川省\n5105,泸州市\n510521,泸县\n510522,合江县\n");
  set_now("2025-07-01T09:00");
  EXPECT_EQ(take_areas("510522,合江县\n").ended, 0);
  EXPECT_EQ(take_areas("510522,合江县\n", "5105").ended, 2);
  EXPECT_EQ(name_of("510521", "2025-07-01"), "");
  EXPECT_EQ(name_of("510521", "2025-06-30"), "泸县");
  EXPECT_EQ(name_of("51", "2025-07-01"), "四川省");
}

TEST_P(AreasImportTest, AMalformedListChangesNothing) {
  take_areas("51,四川省\n");
  EXPECT_EQ(refusal_of([&] { take_areas("52,贵州省\n5x,云南省\n"); }), "areas.malformed");
  EXPECT_EQ(refusal_of([&] { take_areas("52,贵州省\n53,云南省\n52,贵州\n"); }), "areas.duplicate");
  EXPECT_EQ(name_of("52", "2024-03-10"), "");
}

TEST_P(AreasImportTest, AnEmptyListAndAnAreaBelowNothingAreRefused) {
  take_areas("51,四川省\n5105,泸州市\n510521,泸县\n");
  EXPECT_EQ(refusal_of([&] { take_areas("code,name\n", ""); }), "areas.empty");
  EXPECT_EQ(refusal_of([&] { take_areas("510521100,福集镇\n510522100,合江镇\n"); }), "areas.orphan");
  EXPECT_EQ(refusal_of([&] { take_areas(std::string("52,贵\0州\n", 11)); }), "areas.name");
  EXPECT_EQ(refusal_of([&] { take_areas("52," + std::string(5000, 'x') + "\n"); }), "areas.name");
  EXPECT_EQ(take_areas("区划代码,名称\n510521100,福集镇\n").added, 1);
}

TEST_P(AreasImportTest, WhatEndedIsTakenUpAgain) {
  std::string list = "51,四川省\n5105,泸州市\n510521,泸县\n";
  take_areas(list);
  set_now("2025-07-01T09:00");
  EXPECT_EQ(take_areas("11,北京市\n", "").ended, 3);
  EXPECT_EQ(name_of("510521", "2025-07-01"), "");
  EXPECT_EQ(take_areas(list).added, 3) << "on the same day as if it had not been";
  EXPECT_EQ(name_of("510521", "2025-07-01"), "泸县");
  EXPECT_EQ(take_areas("11,北京市\n", "").ended, 3);
  set_now("2025-08-01T09:00");
  EXPECT_EQ(take_areas(list).added, 3) << "later anew";
  EXPECT_EQ(name_of("510521", "2025-07-15"), "");
  EXPECT_EQ(name_of("510521", "2025-08-01"), "泸县");
}

TEST_P(AreasImportTest, TheIndexReadsThePartThatIsAskedForAndWhatLiesAbove) {
  seed_areas(database(), TANFANG_SOURCE_DIR "/data/areas.csv");
  seed_areas(database(), TANFANG_SOURCE_DIR "/data/areas.csv");
  auto [found, above, beside] = read([&](db::Session& session) {
    auto index = AreaIndex::from_table(session, "510521", today());
    return std::tuple(index.below("510521", 12).size(), index.full_name("510521"), index.find("510522") != nullptr);
  });
  EXPECT_GT(found, 100u);
  EXPECT_EQ(above, "四川省泸州市泸县");
  EXPECT_FALSE(beside);
}

}  // namespace
}  // namespace tanfang::registry
