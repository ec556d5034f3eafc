#include "county/invented_county.h"

#include <fmt/format.h>

#include <map>

#include "app/demo/answers.h"
#include "base/citizen_number.h"
#include "platform/files/files.h"
#include "platform/time/system_clock.h"

namespace tanfang::county {
namespace {

constexpr const char* kCounty = "510521";
constexpr const char* kForm = "luzhou-2023/visit";
constexpr planning::Month kMonth{2024, 3};
constexpr int kRowsAtOnce = 2000;
constexpr int kAnswers = 100;

const registry::FactValues kFacts = {{"hukou_kind", "\"rural\""},
                                     {"hukou_area", "\"510521\""},
                                     {"lives_at_hukou_place", "true"},
                                     {"residence_kind", "\"rural\""},
                                     {"living_with", "[]"},
                                     {"has_spouse", "false"},
                                     {"children", "[]"},
                                     {"ability", "\"intact\""},
                                     {"willing", "true"}};

}  // namespace

struct InventedCounty::Rooms {
  explicit Rooms(const std::string& shipped)
      : classifier(shipped),
        policies(classifier),
        forms(forms::load_catalog({shipped + "/schemes"})),
        ground(classifier, policies, forms) {}

  registry::Classifier classifier;
  planning::Policies policies;
  forms::Catalog forms;
  visits::Ground ground;
};

InventedCounty::InventedCounty(const std::string& folder, int people, db::SqliteOptions options) : people_(people) {
  std::string shipped = TANFANG_SOURCE_DIR;
  database_ = db::open_sqlite(folder + "/tanfang.db", std::move(options));
  db::migrate(*database_, shipped + "/db/migrations", shipped + "/db/views");
  keys_ = std::make_unique<crypto::KeyRing>(crypto::KeyRing::open_or_create(folder + "/keys.json"));
  audit::bind_keys(*database_, *keys_);
  rooms_ = std::make_unique<Rooms>(shipped);
  ids_ = std::make_unique<IdSource>(static_cast<std::uint64_t>(SystemClock().now().milliseconds));
  invent_all_answers();
  register_people();
}

InventedCounty::~InventedCounty() = default;

/// The days after the month, going on with the clock, so that a program started again gives out other ids.
Instant InventedCounty::now() const {
  constexpr std::int64_t kTenDays = 10 * 86'400'000;
  std::int64_t passed = SystemClock().now().milliseconds % kTenDays;
  return {china_instant(kMonth.last_day() + 1).milliseconds + passed};
}

void InventedCounty::write(const std::function<void(audit::Work&)>& use_case) {
  database_->write([&](db::Session& session) {
    audit::Work work(session, now(), *ids_, "command:0", *keys_);
    use_case(work);
    if (!work.recorded_or_unchanged()) throw std::logic_error("a write recorded no event");
  });
}

std::string InventedCounty::citizen_number(int person) const {
  // Ten birthdays a month of 1930 to 1939, each with numbers of their own.
  std::string digits = fmt::format("{}{:04}{:02}{:02}{:03}", kCounty, 1930 + person % 10, 1 + person / 10 % 12,
                                   1 + person / 120 % 28, person / 3360);
  return digits + citizen_number_check(digits);
}

void InventedCounty::invent_all_answers() {
  const forms::Form* form = rooms_->forms.find(kForm);
  if (!form) throw std::runtime_error("no such form");
  app::Chance chance(1);
  while (answers_.size() < kAnswers) {
    auto answers = app::invent_answers(chance, rooms_->forms, *form, {kMonth.first_day(), "home", {}, {}, true});
    if (!answers) throw std::runtime_error("no answers can be invented");
    answers_.push_back(*answers);
  }
}

void InventedCounty::register_people() {
  bool known = false;
  database_->read([&](db::Session& session) {
    known = registry::find_person(session, *keys_, kCounty, citizen_number(people_ - 1)).has_value();
  });
  if (known) return;
  auto areas = registry::AreaIndex::from_csv(std::string(TANFANG_SOURCE_DIR) + "/data/areas.csv", kCounty);
  std::vector<registry::Area> villages = areas.below(kCounty, 12);
  registry::Terms terms{kCounty, registry::Source::ledger, "", kMonth.first_day(), kMonth.first_day(), "ledger:1"};
  for (int first = 0; first < people_; first += kRowsAtOnce) {
    std::vector<registry::PersonStatement> rows;
    for (int person = first; person < std::min(people_, first + kRowsAtOnce); ++person) {
      registry::PersonStatement row;
      auto number = *read_citizen_number(citizen_number(person)).number;
      row.citizen_number = number.text;
      row.birth_date = number.birth_date;
      row.sex = number.sex;
      row.name = "赵" + std::to_string(person);
      row.area = villages[static_cast<std::size_t>(person) % villages.size()].code;
      row.facts = kFacts;
      rows.push_back(row);
    }
    write([&](audit::Work& work) { registry::register_people(work, rooms_->classifier, terms, rows); });
  }
  write([&](audit::Work& work) { planning::open_month(work, rooms_->policies, kCounty, kMonth); });
}

visits::VisitEntry InventedCounty::entry(std::int64_t key) const {
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

std::string InventedCounty::visit_json(std::int64_t key) const {
  visits::VisitEntry sent = entry(key);
  return fmt::format(
      R"({{"key":"{}","person":{{"citizen_number":"{}"}},"visitor":"{}","method":"{}","started_at":"{}",)"
      R"("ended_at":"{}","outcome":"{}","form":"{}","answers":{}}})",
      sent.key, sent.citizen_number, sent.visitor, sent.method, sent.started_at, sent.ended_at, sent.outcome, sent.form,
      sent.answers);
}

visits::Recorded InventedCounty::record_visit(std::int64_t key) {
  visits::PreparedVisit prepared;
  visits::VisitEntry sent = entry(key);
  database_->read([&](db::Session& session) {
    prepared = visits::prepare_visit(session, rooms_->ground, *keys_, *ids_, now(), kCounty, sent);
  });
  visits::Recorded recorded{prepared.repeats, visits::Recording::repeated};
  if (prepared.repeats.value == 0) {
    write([&](audit::Work& work) { recorded = visits::record_visit(work, rooms_->ground, prepared); });
  }
  return recorded;
}

void InventedCounty::each_visit(const std::function<void(std::int64_t, Id)>& visit) {
  std::map<Id, std::int64_t> keys;
  database_->read([&](db::Session& session) {
    session.query("select visit, key from received_visits", {},
                  [&](const db::Row& row) { keys[row.id(0)] = std::stoll(row.string(1)); });
    session.query("select id from visits", {}, [&](const db::Row& row) {
      auto found = keys.find(row.id(0));
      visit(found == keys.end() ? -1 : found->second, row.id(0));
    });
  });
}

std::vector<std::string> InventedCounty::disagreements() {
  std::vector<std::string> found;
  database_->read([&](db::Session& session) {
    session.query("pragma integrity_check", {}, [&](const db::Row& row) {
      if (row.text(0) != "ok") found.push_back(row.string(0));
    });
    session.query("select count(*) from received_visits", {}, [&](const db::Row& received) {
      session.query("select count(*) from visits", {}, [&](const db::Row& stored) {
        if (received.integer(0) != stored.integer(0)) found.push_back("keys and records differ in number");
      });
    });
  });
  write([&](audit::Work& work) {
    auto recount = planning::recount_month(work, rooms_->policies, kCounty, kMonth, false);
    if (!recount.agrees()) found.push_back("the kept month differs from its recount");
    if (visits::recount_statuses(work, kCounty, false) != 0) found.push_back("kept statuses differ from the records");
    work.unchanged();
  });
  audit::seal(*database_, *keys_);
  if (!audit::verify(*database_, *keys_).ok) found.push_back("the trail does not agree");
  return found;
}

}  // namespace tanfang::county
