#include "county/invented_visits.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "app/demo/answers.h"
#include "base/citizen_number.h"

namespace tanfang::county {
namespace {

constexpr const char* kCounty = "510521";
constexpr const char* kForm = "luzhou-2023/visit";
constexpr planning::Month kMonth{2024, 3};
constexpr int kSets = 100;
constexpr std::size_t kAnswers = 35;

}  // namespace

InventedVisits::InventedVisits(int people) : people_(people) {
  forms::Catalog catalog = forms::load_catalog({std::string(TANFANG_SOURCE_DIR) + "/schemes"});
  const forms::Form* form = catalog.find(kForm);
  if (!form) throw std::runtime_error("no such form");
  app::Chance chance(1);
  while (answers_.size() < kSets) {
    auto answers = app::invent_answers(chance, catalog, *form, {kMonth.first_day(), "home", {}, {}, true}, kAnswers);
    if (!answers || boost::json::parse(*answers).as_object().size() < kAnswers) {
      throw std::runtime_error("not as many answers can be invented");
    }
    answers_.push_back(*answers);
  }
}

std::string InventedVisits::citizen_number(int person) const {
  // Ten birthdays a month of 1930 to 1939, each with numbers of their own.
  std::string digits = fmt::format("{}{:04}{:02}{:02}{:03}", kCounty, 1930 + person % 10, 1 + person / 10 % 12,
                                   1 + person / 120 % 28, person / 3360);
  return digits + citizen_number_check(digits);
}

visits::VisitEntry InventedVisits::entry(std::int64_t key) const {
  // A person's records follow one another by the hour; a record that is sent late comes before others that are stored.
  std::int64_t nth = key / people_;
  Instant start = china_instant(kMonth.first_day() + static_cast<int>(nth / 24 % 31), static_cast<int>(nth % 24) * 60);
  visits::VisitEntry entry;
  entry.key = std::to_string(key);
  entry.citizen_number = citizen_number(static_cast<int>(key % people_));
  entry.visitor = "v" + std::to_string(key % 97);
  entry.method = "home";
  entry.started_at = format_instant(start);
  entry.ended_at = format_instant({start.milliseconds + 20 * 60'000});
  entry.outcome = "met";
  entry.form = kForm;
  entry.answers = answers_[static_cast<std::size_t>(key) % answers_.size()];
  return entry;
}

std::string InventedVisits::json(std::int64_t key) const {
  visits::VisitEntry sent = entry(key);
  return fmt::format(
      R"({{"key":"{}","person":{{"citizen_number":"{}"}},"visitor":"{}","method":"{}","started_at":"{}",)"
      R"("ended_at":"{}","outcome":"{}","form":"{}","answers":{}}})",
      sent.key, sent.citizen_number, sent.visitor, sent.method, sent.started_at, sent.ended_at, sent.outcome, sent.form,
      sent.answers);
}

}  // namespace tanfang::county
