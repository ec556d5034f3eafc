// Killed at any moment while 32 writers write: nothing acknowledged is lost, and nothing is doubled when it is sent
// again.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <sstream>

#include "child.h"
#include "platform/db/test_database.h"

namespace tanfang::kill {
namespace {

constexpr int kKills = 50;
constexpr int kNewKeys = 400;

class KillTest : public testing::TestWithParam<std::string> {
 protected:
  Child child(const char* mode) { return Child({KILL_DRIVER, GetParam(), folder_.path(), mode}); }

  /// What a phone sends after a loss: all that was not acknowledged, some that was, and new records.
  std::string next_keys() {
    for (int i = 0; i < kNewKeys; ++i) open_.insert(next_key_++);
    std::vector<std::int64_t> keys(open_.begin(), open_.end());
    for (const auto& [key, id] : acknowledged_) {
      if (random_() % 16 == 0) keys.push_back(key);
    }
    std::shuffle(keys.begin(), keys.end(), random_);
    std::string lines;
    for (std::int64_t key : keys) lines += std::to_string(key) + "\n";
    return lines;
  }

  void take_answer(const std::string& line) {
    std::int64_t key = 0, id = 0;
    bool repeated = false;
    ASSERT_TRUE(std::istringstream(line) >> key >> id >> repeated) << line;
    auto [known, fresh] = acknowledged_.emplace(key, id);
    EXPECT_EQ(known->second, id) << "key " << key << " was acknowledged under another id before";
    EXPECT_TRUE(fresh || repeated) << "key " << key << " was acknowledged before and stored again";
    open_.erase(key);
  }

  void expect_stored_once() {
    std::map<std::int64_t, std::int64_t> stored;
    int exit = child("list").talk("", [&](const std::string& line) {
      std::int64_t key = 0, id = 0;
      if (!(std::istringstream(line) >> key >> id)) {
        ADD_FAILURE() << line;
        return true;
      }
      EXPECT_TRUE(stored.emplace(key, id).second) << "key " << key << " is stored twice";
      return true;
    });
    EXPECT_EQ(exit, 0);
    for (const auto& [key, id] : acknowledged_) EXPECT_EQ(stored[key], id) << "key " << key << " was lost";
    for (const auto& [key, id] : stored) EXPECT_LT(key, next_key_);
  }

  static constexpr unsigned kSeed = 20231101;
  std::mt19937 random_{kSeed};
  db::TestFolder folder_;
  std::int64_t next_key_ = 1;
  std::set<std::int64_t> open_;
  std::map<std::int64_t, std::int64_t> acknowledged_;
};

TEST_P(KillTest, LosesAndDoublesNothing) {
  int killed = 0;
  for (int round = 0; round < kKills; ++round) {
    // At any moment: in the middle of opening, between two commits, or while the last answers are on their way.
    std::size_t last = random_() % (kNewKeys + 50);
    std::size_t answers = 0;
    int exit = child("record").talk(next_keys(), [&](const std::string& line) {
      take_answer(line);
      return ++answers < last;
    });
    ASSERT_TRUE(exit == -1 || exit == 0);
    killed += exit == -1;
    if (round % 10 == 0) expect_stored_once();
  }
  EXPECT_GE(killed, kKills * 4 / 5);
  EXPECT_EQ(child("record").talk(next_keys(), [&](const std::string& line) { return take_answer(line), true; }), 0);
  EXPECT_TRUE(open_.empty()) << open_.size() << " keys were never acknowledged";
  EXPECT_EQ(acknowledged_.size(), static_cast<std::size_t>(next_key_ - 1));
  expect_stored_once();
}

INSTANTIATE_TEST_SUITE_P(Of, KillTest, testing::Values("rows", "visits"),
                         [](const auto& kind) { return std::string(kind.param); });

}  // namespace
}  // namespace tanfang::kill
