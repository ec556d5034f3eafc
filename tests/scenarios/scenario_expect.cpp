#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "reports/reports.h"
#include "scenarios/scenario.h"

namespace tanfang::scenarios {
namespace {

std::string percent(const std::optional<double>& rate) { return rate ? fmt::format("{:.0f}%", *rate * 100) : "-"; }

std::string figure_of(const reports::Figures& figures, const std::string& word) {
  if (word == "owed") return std::to_string(figures.owed);
  if (word == "met") return std::to_string(figures.met);
  if (word == "rate") return percent(figures.fulfilment());
  if (word == "overdue") return std::to_string(figures.overdue);
  if (word == "due") return std::to_string(figures.due);
  if (word == "visited") return std::to_string(figures.visited);
  if (word == "visit_rate") return percent(figures.visit_rate());
  if (word == "declined") return std::to_string(figures.declined);
  if (word == "suspended") return std::to_string(figures.suspended);
  if (word == "unknown") return std::to_string(figures.unknown);
  if (word == "refused_home_visit") return std::to_string(figures.refused_home_visit);
  if (word == "below_floor") return std::to_string(figures.below_floor);
  throw std::runtime_error("coverage has no figure " + word);
}

reports::Figures part_of(const std::vector<reports::Part>& parts, const std::string& word) {
  auto found = std::find_if(parts.begin(), parts.end(), [&](const reports::Part& part) { return part.word == word; });
  return found == parts.end() ? reports::Figures{} : found->figures;
}

reports::Figures round_of(const std::vector<reports::RoundFigures>& rounds, const std::string& label) {
  reports::Figures figures;
  for (const reports::RoundFigures& round : rounds) {
    if (!round.label.starts_with(label)) continue;
    figures.owed += round.owed;
    figures.met += round.met;
  }
  return figures;
}

/// The list of people, added up as a reader of it would.
reports::Figures sum_of_people(db::Session& session, const std::string& area, const std::string& month, Instant now) {
  reports::Figures sum;
  reports::for_each_person(session, area, month, now, [&](const reports::PersonCoverage& person) {
    sum.owed += person.state == "met" || person.state == "owed" || person.state == "overdue";
    sum.met += person.state == "met";
    sum.overdue += person.state == "overdue";
    sum.due += person.due;
    sum.visited += person.visited;
    sum.declined += person.declined;
    sum.suspended += person.suspended;
    sum.unknown += person.unknown;
    sum.refused_home_visit += person.refused_home_visit;
    sum.below_floor += person.below_floor;
  });
  return sum;
}

bool names_a_part(const std::string& word) {
  return word == "tier" || word == "area" || word == "category" || word == "round";
}

}  // namespace

void Scenario::expect(const Line& line) {
  if (people_.contains(line.at(2))) return expect_person(line);
  expect_coverage(line);
}

void Scenario::expect_coverage(const Line& line) {
  reports::Coverage coverage;
  database_.read([&](db::Session& session) {
    Instant now = china_instant(today_, 720);
    coverage = reports::coverage(session, county_, line.at(2), now);
    EXPECT_TRUE(coverage.total == sum_of_people(session, county_, line.at(2), now))
        << fmt::format("the people do not add up to the figures: {}", fmt::join(line, " "));
  });
  reports::Figures figures = coverage.total;
  if (std::string tier = value_in(line, "tier"); !tier.empty()) figures = part_of(coverage.by_tier, tier);
  if (std::string area = value_in(line, "area"); !area.empty()) figures = part_of(coverage.by_area, area);
  if (std::string word = value_in(line, "category"); !word.empty()) figures = part_of(coverage.by_category, word);
  if (std::string label = value_in(line, "round"); !label.empty()) figures = round_of(coverage.rounds, label);
  for (std::size_t i = 3; i < line.size(); ++i) {
    std::string word = line[i].substr(0, line[i].find('='));
    if (names_a_part(word)) continue;
    EXPECT_EQ(word + "=" + figure_of(figures, word), line[i]) << fmt::format("{}", fmt::join(line, " "));
  }
}

void Scenario::expect_person(const Line& line) {
  std::map<std::string, std::string> states;
  database_.read([&](db::Session& session) {
    planning::for_each_planned(session, county_, planning::parse_month(line.at(3)), china_instant(today_, 720), false,
                               [&](const planning::PlannedVisit& planned) {
                                 if (planned.person != person(line.at(2))) return;
                                 std::string& text = states[(planned.ends_in_month ? "" : "later_") + planned.kind];
                                 text += (text.empty() ? "" : ",") + planned.state;
                               });
  });
  for (std::size_t i = 4; i < line.size(); ++i) {
    std::string kind = line[i].substr(0, line[i].find('='));
    EXPECT_EQ(kind + "=" + (states[kind].empty() ? "-" : states[kind]), line[i])
        << fmt::format("{}", fmt::join(line, " "));
  }
}

void Scenario::recount() {
  write([&](audit::Work& work) {
    for (planning::Month month : planning::open_months(work.session, county_)) {
      planning::Recount found = planning::recount_month(work, policies_, county_, month, false);
      EXPECT_TRUE(found.agrees()) << month.iso() << ": obligations " << found.obligations << ", months "
                                  << found.person_months << ", counts " << found.counts;
    }
  });
}

}  // namespace tanfang::scenarios
