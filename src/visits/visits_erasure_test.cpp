#include "visits/visits_fixture.h"

namespace tanfang::visits {
namespace {

class VisitsErasureTest : public VisitsTest {
 protected:
  std::string answers_of(Id visit) {
    Visit shown;
    write([&](audit::Work& work) { shown = reveal_visit(work, kCounty, visit, "核对删除"); });
    return shown.answers;
  }
};
TANFANG_ON_EACH_ENGINE(VisitsErasureTest);

TEST_P(VisitsErasureTest, AnswersAndReasonsGoAndFiguresStay) {
  Id first = record(entry("a", "2024-05-02")).id;
  Id second = correct(first, entry("b", "2024-05-02", luzhou_answers("worse")), "张三说写错了").id;
  std::string trend = changes_of("mood", person_);
  registry::PersonKey other = register_person(5, R"([])");
  VisitEntry others = entry("c", "2024-05-03");
  others.person_id = format_id(other.id);
  Id kept = record(others).id;

  write([&](audit::Work& work) { EXPECT_EQ(erase_answers(work, person_), 2); });
  EXPECT_EQ(answers_of(first), "{}");
  EXPECT_EQ(answers_of(second), "{}");
  EXPECT_EQ(load(second).reason, "");
  EXPECT_NE(load(second).findings, "{}");
  EXPECT_EQ(changes_of("mood", person_), trend);
  EXPECT_EQ(recount(), 0);
  EXPECT_NE(answers_of(kept), "{}");
}

TEST_P(VisitsErasureTest, ReasonsAreEncryptedAlsoThoseOfAnEarlierVersion) {
  Id first = record(entry("a", "2024-05-02")).id;
  Id second = correct(first, entry("b", "2024-05-02"), "张三说写错了").id;
  strike(second, "抽查未到访");
  auto in_clear = [&] {
    std::int64_t found = 0;
    database().read([&](db::Session& session) {
      session.query("select count(*) from visits where reason <> '' or struck_reason <> ''", {},
                    [&](const db::Row& row) { found = row.integer(0); });
    });
    return found;
  };
  EXPECT_EQ(in_clear(), 0);
  EXPECT_EQ(load(second).struck_reason, "抽查未到访");
  database().write([&](db::Session& session) {
    session.execute("update visits set reason = '张三说写错了', sealed_reason = null where id = $1", {second});
  });
  bool needed = false;
  database().read([&](db::Session& session) { needed = needs_upgrade(session); });
  EXPECT_TRUE(needed);
  write([&](audit::Work& work) { upgrade_visits(work); });
  EXPECT_EQ(in_clear(), 0);
  EXPECT_EQ(load(second).reason, "张三说写错了");
  EXPECT_EQ(load(second).struck_reason, "抽查未到访");
  write([&](audit::Work& work) { upgrade_visits(work); });
}

TEST_P(VisitsErasureTest, WhoHasNoRecordsHasNothingToErase) {
  write([&](audit::Work& work) { EXPECT_EQ(erase_answers(work, person_), 0); });
}

}  // namespace
}  // namespace tanfang::visits
