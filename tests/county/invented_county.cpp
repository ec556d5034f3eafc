#include "county/invented_county.h"

#include <map>

#include "base/citizen_number.h"
#include "platform/files/files.h"
#include "platform/time/system_clock.h"

namespace tanfang::county {
namespace {

constexpr const char* kCounty = "510521";
constexpr planning::Month kMonth{2024, 3};
constexpr int kRowsAtOnce = 2000;

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

InventedCounty::InventedCounty(const std::string& folder, int people, db::SqliteOptions options)
    : InventedCounty(folder, people, db::open_sqlite(folder + "/tanfang.db", std::move(options))) {}

InventedCounty::InventedCounty(const std::string& folder, int people, std::unique_ptr<db::Database> database)
    : people_(people), visits_(people), database_(std::move(database)) {
  std::string shipped = TANFANG_SOURCE_DIR;
  db::migrate(*database_, shipped + "/db/migrations", shipped + "/db/views");
  keys_ = std::make_unique<crypto::KeyRing>(crypto::KeyRing::open_or_create(folder + "/keys.json"));
  audit::bind_keys(*database_, *keys_);
  rooms_ = std::make_unique<Rooms>(shipped);
  ids_ = std::make_unique<IdSource>(static_cast<std::uint64_t>(SystemClock().now().milliseconds));
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

void InventedCounty::register_people() {
  bool known = false;
  database_->read([&](db::Session& session) {
    known = registry::find_person(session, *keys_, kCounty, visits_.citizen_number(people_ - 1)).has_value();
  });
  if (known) return;
  auto areas = registry::AreaIndex::from_csv(std::string(TANFANG_SOURCE_DIR) + "/data/areas.csv", kCounty);
  std::vector<registry::Area> villages = areas.below(kCounty, 12);
  registry::Terms terms{kCounty, registry::Source::ledger, "", kMonth.first_day(), kMonth.first_day(), "ledger:1"};
  for (int first = 0; first < people_; first += kRowsAtOnce) {
    std::vector<registry::PersonStatement> rows;
    for (int person = first; person < std::min(people_, first + kRowsAtOnce); ++person) {
      registry::PersonStatement row;
      auto number = *read_citizen_number(visits_.citizen_number(person)).number;
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

visits::Recorded InventedCounty::record_visit(std::int64_t key) { return record(visits_.entry(key)); }

visits::Recorded InventedCounty::record_visit(std::int64_t key, const std::string& signature,
                                              const std::vector<std::string>& photos) {
  visits::VisitEntry sent = visits_.entry(key);
  auto put = [&](const std::string& picture) {
    std::string digest = crypto::to_hex(crypto::sha256(picture));
    write([&](audit::Work& work) { visits::put_attachment(work, kCounty, digest, picture); });
    return digest;
  };
  sent.evidence = R"({"signature":")" + put(signature) + R"("})";
  for (const std::string& photo : photos) sent.attachments.push_back(put(photo));
  return record(sent);
}

visits::Recorded InventedCounty::record(const visits::VisitEntry& sent) {
  visits::PreparedVisit prepared;
  database_->read([&](db::Session& session) {
    prepared = visits::prepare_visit(session, rooms_->ground, *keys_, *ids_, now(), kCounty, sent);
  });
  visits::Recorded recorded{prepared.repeats, visits::Recording::repeated, {}};
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
    if (database_->engine() == "sqlite") {
      session.query("pragma integrity_check", {}, [&](const db::Row& row) {
        if (row.text(0) != "ok") found.push_back(row.string(0));
      });
    }
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
