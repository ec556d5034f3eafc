// Taking a ledger: the whole file is checked first, then its rows are registered some thousand a transaction, read by
// one thread while another writes.
#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "base/area_code.h"
#include "base/text.h"
#include "ledgers/checking.h"
#include "ledgers/departments.h"
#include "ledgers/imports_store.h"
#include "ledgers/ledgers_problems.h"
#include "ledgers/ledgers_store.h"
#include "ledgers/own_facts.h"
#include "ledgers/rows_ahead.h"

namespace tanfang::ledgers {
namespace {

constexpr int kFurthestAhead = 31;             // days in which a list may be taken in before it holds
constexpr std::size_t kLongestFileName = 120;  // characters

/// What is the same for all rows of an import.
struct Terms {
  Id id;
  Instant begun;
  Date today;  // of its beginning, also where it goes on past midnight
  std::string county;
  const LedgerImport& order;
};

registry::Terms statement_terms(const Terms& terms) {
  registry::Terms said;
  said.scope = terms.order.area;
  said.source = registry::Source::ledger;
  said.said_on = terms.today;
  said.registered_on = terms.order.registered_from.value_or(terms.today);
  said.subject = "ledger:" + format_id(terms.id);
  said.import = terms.id;
  return said;
}

/// The first day on which anything may be otherwise.
Date holds_from(const Terms& terms) { return std::min(terms.order.registered_from.value_or(terms.today), terms.today); }

/// What writing some rows adds to the result.
struct Written {
  LedgerResult counts;
  std::vector<Id> people;  // registered or changed
};

void count(const registry::Registration& one, const CheckedRow& row, LedgerResult& counts) {
  switch (one.outcome) {
    case registry::Outcome::registered:
      ++counts.registered;
      break;
    case registry::Outcome::changed:
      ++counts.changed;
      break;
    case registry::Outcome::unchanged:
      ++counts.unchanged;
      break;
    case registry::Outcome::elsewhere:
      --counts.accepted;
      counts.repaired -= row.repaired ? 1 : 0;
      counts.refused.push_back({row.number, {"registered.elsewhere"}, row.part});
      break;
  }
}

void note_claims(audit::Work& work, const Terms& terms, ClaimComparison& comparison, const CheckedRow& row,
                 const registry::PersonKey& key, std::vector<Difference>& differences) {
  if (row.claims.empty()) return;
  for (ClaimDifference& one : comparison.compare(row.claims, row.person, terms.today)) {
    Difference difference;
    difference.county = key.county;
    difference.id = work.new_id();
    difference.person = key.id;
    difference.kind = "claim";
    difference.source = "ledger";
    difference.topic = std::move(one.topic);
    difference.said = std::move(one.said);
    difference.found = std::move(one.found);
    difference.row = row.number;
    difference.found_on = terms.today;
    differences.push_back(std::move(difference));
  }
}

/// Registers the rows and keeps what their claims contradict.
Written register_rows(audit::Work& work, const registry::Classifier& classifier, const Terms& terms,
                      const std::vector<CheckedRow>& rows) {
  std::vector<registry::PersonStatement> statements;
  statements.reserve(rows.size());
  for (const CheckedRow& row : rows) statements.push_back(row.person);
  auto registered = registry::register_people(work, classifier, statement_terms(terms), statements);
  std::optional<ClaimComparison> comparison;
  if (terms.order.scheme != nullptr) comparison.emplace(*terms.order.scheme, *terms.order.vocabulary);
  Written written;
  std::vector<Difference> differences;
  std::vector<Id> people;
  for (std::size_t i = 0; i < registered.size(); ++i) {
    const registry::Registration& one = registered[i];
    count(one, rows[i], written.counts);
    if (one.outcome == registry::Outcome::elsewhere) continue;
    people.push_back(one.person.id);
    if (one.outcome != registry::Outcome::unchanged) written.people.push_back(one.person.id);
    if (comparison) note_claims(work, terms, *comparison, rows[i], one.person, differences);
  }
  put_differences(work.session, differences, terms.id);
  settle_claims(work.session, terms.county, people, terms.id);
  return written;
}

Written match_rows(audit::Work& work, const Terms& terms, const Layout& layout, const std::vector<CheckedRow>& rows) {
  Written written;
  DepartmentMatcher matcher(work, terms.order, terms.id, layout);
  for (const CheckedRow& row : rows) matcher.take(row, written.counts);
  work.unchanged();
  return written;
}

void add(LedgerResult& result, const LedgerResult& counts) {
  result.accepted += counts.accepted;
  result.registered += counts.registered;
  result.changed += counts.changed;
  result.unchanged += counts.unchanged;
  result.repaired += counts.repaired;
  result.differences += counts.differences;
  result.refused.insert(result.refused.end(), counts.refused.begin(), counts.refused.end());
}

std::string details_of(const LedgerImport& order, const LedgerResult& result) {
  auto number = [](std::string_view name, std::int64_t value) {
    return ",\"" + std::string(name) + "\":" + std::to_string(value);
  };
  return "{\"kind\":\"" + std::string(to_text(order.kind)) + "\",\"area\":\"" + order.area + '"' +
         number("rows", result.rows) + number("accepted", result.accepted) + number("registered", result.registered) +
         number("changed", result.changed) + number("refused", static_cast<std::int64_t>(result.refused.size())) +
         number("differences", result.differences) + "}";
}

std::string name_of(const LedgerImport& order) {
  std::string name = order.file_name.empty() ? std::filesystem::path(order.path).filename().string() : order.file_name;
  std::string shown;
  for (char32_t one : code_points(name)) {
    if (length_of(shown) < kLongestFileName) append_utf8(shown, one);
  }
  return shown;
}

/// One import on its way, transaction by transaction. What a transaction works out is kept only after its commit: it
/// may run again.
class Importing {
 public:
  Importing(const House& house, const LedgerImport& order, Id id, Instant begun)
      : house_(house), terms_{id, begun, china_date(begun), order.area.substr(0, 6), order} {}

  void begin(const Mapping& corrections, const LedgerResult& result) {
    write([&](audit::Work& work) {
      auto before = find_import(work.session, terms_.county, terms_.id, work.now);
      before_ = before ? std::pair(before->registered, before->changed) : std::pair<std::int64_t, std::int64_t>();
      bool begun = insert_import(work.session, terms_.order, terms_.id, result, work.actor,
                                 {name_of(terms_.order), holds_from(terms_),
                                  former_corrections(work.session, terms_.county, corrections), terms_.begun});
      if (!begun) throw problems::import_stopped();
      keep_corrections(work.session, terms_.county, corrections);
      record(work, "ledger_import_begun", result);
    });
  }

  void take(const std::vector<CheckedRow>& rows, const Layout& layout, LedgerResult& result) {
    Written written;
    write([&](audit::Work& work) {
      written = terms_.order.kind == LedgerKind::ledger ? register_rows(work, house_.classifier, terms_, rows)
                                                        : match_rows(work, terms_, layout, rows);
      if (house_.follow && !written.people.empty()) {
        house_.follow(work, terms_.county, written.people, holds_from(terms_));
      }
      LedgerResult so_far = result;
      add(so_far, written.counts);
      so_far = whole(std::move(so_far));
      if (!update_import(work.session, terms_.county, terms_.id, so_far, done_ + rows.size(), "running", work.now)) {
        throw problems::import_stopped();
      }
    });
    add(result, written.counts);
    done_ += rows.size();
    if (terms_.order.progress) terms_.order.progress("write", static_cast<std::int64_t>(done_));
  }

  /// With whom it registered and changed before it was interrupted.
  LedgerResult whole(LedgerResult result) const {
    result.registered += before_.first;
    result.changed += before_.second;
    result.unchanged = std::max<std::int64_t>(0, result.unchanged - before_.first - before_.second);
    return result;
  }

  void finish(const LedgerResult& result) {
    write([&](audit::Work& work) {
      if (!update_import(work.session, terms_.county, terms_.id, result, done_, "done", work.now)) {
        throw problems::import_stopped();
      }
      record(work, "ledger_imported", result);
    });
  }

  /// Says that it ended too early. Where even that cannot be written, its rows tell since when nothing was.
  void fail(const LedgerResult& result) noexcept {
    try {
      write([&](audit::Work& work) {
        if (!update_import(work.session, terms_.county, terms_.id, whole(result), done_, "failed", work.now)) {
          return work.unchanged();
        }
        record(work, "ledger_import_failed", result);
      });
    } catch (const std::exception&) {
      return;
    }
  }

  std::int64_t done() const { return static_cast<std::int64_t>(done_); }

 private:
  void write(const std::function<void(audit::Work&)>& step) {
    const Instant now = house_.now();
    house_.database.write([&](db::Session& session) {
      audit::Work work(session, now, house_.ids, house_.actor, house_.keys);
      step(work);
      if (!work.recorded_or_unchanged()) throw std::logic_error("a write recorded no event");
    });
  }
  void record(audit::Work& work, const char* kind, const LedgerResult& result) {
    work.record({terms_.county, kind, "ledger:" + format_id(terms_.id), details_of(terms_.order, result)});
  }

  const House& house_;
  const Terms terms_;
  std::size_t done_ = 0;
  std::pair<std::int64_t, std::int64_t> before_;  // registered, changed
};

/// Reads the rows again and writes them, as long as they are those that were checked (`marks`).
void write_rows(Importing& importing, LedgerFile& file, const LedgerImport& order,
                const std::vector<std::size_t>& marks, LedgerResult& result) {
  RowsAhead ahead(file, order);
  std::size_t batch = 0;
  for (auto rows = ahead.next(); !rows.empty(); rows = ahead.next(), ++batch) {
    RowsMark mark;
    for (const CheckedRow& row : rows) mark.add(row);
    if (batch >= marks.size() || mark.value() != marks[batch]) throw problems::changed_while_read(importing.done());
    importing.take(rows, file.layout(), result);
  }
  if (batch != marks.size()) throw problems::changed_while_read(importing.done());
}

}  // namespace

Mapping with_remembered(db::Session& session, std::string_view area, Mapping mapping) {
  return merged(std::move(mapping), load_corrections(session, std::string(area.substr(0, 6))));
}

LedgerResult import_ledger(const House& house, const LedgerImport& given) {
  if (!is_area_code(given.area) || given.area.size() < 6) throw problems::area_unknown();
  const Instant begun = house.now();
  const Date today = china_date(begun);
  const Date latest = today + kFurthestAhead;
  if (given.registered_from > latest) throw problems::registered_from_far(latest.iso());
  LedgerImport order = given;
  std::optional<registry::AreaIndex> areas;
  house.database.read([&](db::Session& session) {
    order.mapping = with_remembered(session, order.area, given.mapping);
    areas = registry::AreaIndex::from_table(session, order.area, today);
  });
  if (order.vocabulary != nullptr) order.mapping.own_facts = own_facts(*order.vocabulary, order.scheme);
  if (areas->find(order.area) == nullptr) throw problems::area_unknown();
  Words words = load_words(order.shipped);
  LedgerFile file(words, *areas, {order.path, order.area, order.mapping, today, {}});
  std::vector<std::size_t> marks;
  LedgerResult result = check_rows(file, order, today, &marks);

  Importing importing(house, order, given.id.value != 0 ? given.id : house.ids.next(begun), begun);
  importing.begin(given.mapping, result);
  try {
    write_rows(importing, file, order, marks, result);
  } catch (...) {
    importing.fail(result);
    throw;
  }
  std::sort(result.refused.begin(), result.refused.end(),
            [](const auto& a, const auto& b) { return std::pair(a.sheet, a.row) < std::pair(b.sheet, b.row); });
  result = importing.whole(std::move(result));
  importing.finish(result);
  return result;
}

}  // namespace tanfang::ledgers
