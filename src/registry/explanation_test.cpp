#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

class ExplanationTest : public RegistryTest {};
TANFANG_ON_EACH_ENGINE(ExplanationTest);

TEST_P(ExplanationTest, SaysWhyOnADayByWhatWasKnownThen) {
  PersonKey key =
      take(statement_of("张小丽", "1940-07-15", 2, "510521100201", {{"children", "[]"}, {"has_spouse", "false"}}));
  set_now("2024-06-01T09:00");
  write([&](audit::Work& work) {
    state_facts(work, classifier_, key, Source::clerk, "", today(),
                {{"has_spouse", "true"}, {"living_with", "[\"spouse\"]"}});
  });
  auto rules_on = [&](const char* on) {
    std::string rules;
    auto all = read([&](db::Session& session) { return explain_person(session, classifier_, key, day(on)); });
    for (const Explanation& explanation : all) {
      if (explanation.scheme != "luzhou-2023") continue;
      for (const schemes::Reason& reason : explanation.reasons) rules += reason.rule + " ";
    }
    return rules;
  };
  EXPECT_NE(rules_on("2024-05-31").find("living_alone"), std::string::npos) << rules_on("2024-05-31");
  EXPECT_EQ(rules_on("2024-06-01").find("living_alone"), std::string::npos) << rules_on("2024-06-01");
}

}  // namespace
}  // namespace tanfang::registry
