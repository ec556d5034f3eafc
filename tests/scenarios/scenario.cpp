#include "scenarios/scenario.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/citizen_number.h"
#include "base/text.h"

namespace tanfang::scenarios {
namespace {

/// JSON as it stands; a bare word is text.
std::string json_of(const std::string& value) {
  if (value == "true" || value == "false" || value == "null") return value;
  bool plain = value.find_first_of("[]{}\"") == std::string::npos;
  bool number = plain && value.find_first_not_of("0123456789") == std::string::npos;
  return plain && !number ? "\"" + value + "\"" : value;
}

registry::FactValues facts_in(const Line& line, std::size_t from) {
  registry::FactValues facts;
  for (std::size_t i = from; i < line.size(); ++i) {
    auto equals = line[i].find('=');
    if (equals == std::string::npos) throw std::runtime_error("not a fact: " + line[i]);
    if (line[i].substr(0, equals) == "born") continue;
    facts.push_back({line[i].substr(0, equals), json_of(line[i].substr(equals + 1))});
  }
  return facts;
}

int minutes_of(const std::string& time) {
  return time.empty() ? 600 : std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(3, 2));
}

}  // namespace

std::string value_in(const Line& line, const std::string& word) {
  for (const std::string& part : line) {
    if (part.starts_with(word + "=")) return part.substr(word.size() + 1);
  }
  return {};
}

Date day_of(const std::string& text) {
  auto day = Date::parse(text);
  if (!day) throw std::runtime_error("not a day: " + text);
  return *day;
}

Scenario::Scenario(db::Database& database)
    : database_(database),
      classifier_(TANFANG_SOURCE_DIR, {TANFANG_SOURCE_DIR "/tests/scenarios/schemes"}),
      policies_(classifier_) {
  today_ = day_of("2020-01-01");
  registry::seed_areas(database_, TANFANG_SOURCE_DIR "/data/areas.csv");
}

void Scenario::run(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("no scenario " + path);
  int number = 0;
  for (std::string text; std::getline(file, text);) {
    ++number;
    std::istringstream words(text.substr(0, text.find('#')));
    Line line;
    for (std::string word; words >> word;) line.push_back(word);
    if (line.empty()) continue;
    try {
      step(line);
    } catch (const Problem& problem) {
      throw std::runtime_error(fmt::format("{}:{}: {} {}", path, number, problem.code, problem.text.en));
    } catch (const std::exception& error) {
      throw std::runtime_error(fmt::format("{}:{}: {}", path, number, error.what()));
    }
  }
  recount();
}

void Scenario::step(const Line& line) {
  if (line[0] == "county") {
    county_ = line.at(1);
  } else if (line[0] == "village") {
    village_ = line.at(1);
  } else {
    Date day = day_of(line[0]);
    if (day < today_) throw std::runtime_error("the clock does not run backwards");
    today_ = day;
    do_on_day(line);
  }
}

void Scenario::do_on_day(const Line& line) {
  const std::string& verb = line.at(1);
  std::string time = line.size() > 4 ? line[4] : "";
  if (verb == "register") return register_person(line);
  if (verb == "state") return state_facts(line);
  if (verb == "visit" || verb == "attempt") return apply_visit(line.at(2), line.at(3), today_, time, verb == "visit");
  if (verb == "late") return apply_visit(line.at(2), line.at(3), day_of(line.at(4)), "", true);
  if (verb == "strike") return strike(line.at(2));
  if (verb == "suspend" || verb == "die" || verb == "leave") return change_status(line);
  if (verb == "move") return move(line);
  if (verb == "round" || verb == "epidemic") return switch_on(line);
  if (verb == "event") return note_event(line);
  if (verb == "choose") return choose(line);
  if (verb == "expect") return expect(line);
  if (verb != "open") throw std::runtime_error("unknown: " + verb);
  write([&](audit::Work& work) { planning::open_month(work, policies_, county_, planning::parse_month(line.at(2))); });
}

void Scenario::register_person(const Line& line) {
  Date born = day_of(value_in(line, "born"));
  std::string number =
      fmt::format("510521{:04}{:02}{:02}{:03}", born.year(), born.month(), born.day(), 2 * ++registered_);
  registry::PersonStatement statement;
  statement.citizen_number = number + citizen_number_check(number);
  statement.birth_date = born;
  statement.sex = Sex::female;
  statement.name = line.at(2);
  statement.area = village_;
  statement.facts = facts_in(line, 3);
  registry::Terms terms{county_, registry::Source::clerk, "", today_, today_, "scenario"};
  write([&](audit::Work& work) {
    auto done = registry::register_people(work, classifier_, terms, std::span(&statement, 1));
    people_[line[2]] = done.at(0).person.id;
    refresh(work, done.at(0).person.id, today_);
  });
}

void Scenario::state_facts(const Line& line) {
  write([&](audit::Work& work) {
    registry::state_facts(work, classifier_, key(line.at(2)), registry::Source::clerk, "", today_, facts_in(line, 3));
    refresh(work, person(line[2]), today_);
  });
}

void Scenario::apply_visit(const std::string& name, const std::string& method, Date day, const std::string& time,
                           bool met) {
  planning::VisitFact visit{{}, person(name), china_instant(day, minutes_of(time)), method, met, false};
  write([&](audit::Work& work) {
    visit.visit = work.new_id();
    planning::apply_visit(work, policies_, county_, visit);
  });
  last_visits_[name] = visit;
}

void Scenario::strike(const std::string& name) {
  planning::VisitFact& visit = last_visits_.at(name);
  visit.struck = true;
  write([&](audit::Work& work) { planning::apply_visit(work, policies_, county_, visit); });
}

void Scenario::change_status(const Line& line) {
  write([&](audit::Work& work) {
    if (line[1] == "suspend") registry::suspend_person(work, key(line.at(2)), today_, day_of(line.at(3)), "住院治疗");
    if (line[1] == "die") registry::record_death(work, key(line.at(2)), today_);
    if (line[1] == "leave") registry::move_out_person(work, key(line.at(2)), today_, "随子女迁居");
    refresh(work, person(line.at(2)), today_);
  });
}

void Scenario::move(const Line& line) {
  registry::PersonCorrection correction;
  correction.area = line.at(3);
  write([&](audit::Work& work) {
    registry::correct_person(work, classifier_, key(line.at(2)), correction);
    refresh(work, person(line[2]), today_);
  });
}

void Scenario::switch_on(const Line& line) {
  std::size_t dates = line[1] == "round" ? 3 : 2;
  Date first = day_of(line.at(dates));
  Date last = day_of(line.at(dates + 1));
  std::string area = value_in(line, "area");
  if (area.empty()) area = county_;
  write([&](audit::Work& work) {
    if (line[1] == "epidemic") {
      planning::declare_epidemic(work, policies_, county_, {{}, area, first, last, "疫情封控"});
      return;
    }
    planning::ExtraRound round{{}, line.at(2), "", area, first, last, {}, {}};
    if (std::string tier = value_in(line, "tier"); !tier.empty()) round.tiers = {tier};
    if (std::string category = value_in(line, "category"); !category.empty()) round.categories = {category};
    planning::add_round(work, policies_, county_, round);
  });
}

void Scenario::choose(const Line& line) {
  write([&](audit::Work& work) {
    registry::choose_schemes(work, classifier_, county_, {{line.at(2), {}}});
    planning::refresh_area(work, policies_, county_, county_, today_);
  });
}

void Scenario::note_event(const Line& line) {
  write([&](audit::Work& work) {
    planning::record_event(work, policies_, county_, person(line.at(2)), line.at(3),
                           china_instant(today_, minutes_of(line.at(4))));
  });
}

void Scenario::refresh(audit::Work& work, Id person, Date from) {
  planning::refresh_person(work, policies_, county_, person, from);
}

void Scenario::write(const std::function<void(audit::Work&)>& use_case) {
  database_.write([&](db::Session& session) {
    audit::Work work(session, china_instant(today_, 720), ids_, "scenario", keys_);
    use_case(work);
  });
}

Id Scenario::person(const std::string& name) const {
  auto found = people_.find(name);
  if (found == people_.end()) throw std::runtime_error("nobody is called " + name);
  return found->second;
}

}  // namespace tanfang::scenarios
