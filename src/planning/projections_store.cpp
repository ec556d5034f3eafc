#include "planning/projections_store.h"

#include <algorithm>

namespace tanfang::planning::store {
namespace {

/// `label@YYYY-MM-DD+` (met) or `-`, between single spaces.
std::string join_rounds(const std::vector<RoundState>& rounds) {
  std::vector<std::string> words;
  for (const RoundState& round : rounds) {
    words.push_back(round.label + "@" + round.last_day.iso() + (round.met ? "+" : "-"));
  }
  return join_words(words);
}

std::vector<RoundState> split_rounds(std::string_view joined) {
  std::vector<RoundState> rounds;
  for (const std::string& word : split_words(joined)) {
    auto at = word.rfind('@');
    rounds.push_back({word.substr(0, at), Date::parse(word.substr(at + 1, 10)).value_or(Date{}), word.back() == '+'});
  }
  return rounds;
}

PersonMonth read_person_month(const db::Row& row) {
  PersonMonth kept;
  kept.person = row.id(0);
  kept.village = row.string(1);
  kept.tier = row.string(2);
  kept.owed_tier = row.string(3);
  kept.categories = split_words(row.text(4));
  kept.owed = row.boolean(5);
  kept.met = row.boolean(6);
  kept.overdue_at = row.instant(7);
  kept.due = row.boolean(8);
  kept.visited = row.boolean(9);
  kept.declined = row.boolean(10);
  kept.suspended = row.boolean(11);
  kept.unknown = row.boolean(12);
  kept.refused_home_visit = row.boolean(13);
  kept.below_floor = row.boolean(14);
  kept.rounds = split_rounds(row.text(15));
  kept.unsettled = row.boolean(16);
  return kept;
}

void write_obligations(db::Session& session, const std::string& county,
                       const std::vector<std::pair<Id, Obligation>>& put) {
  struct Texts {
    std::string month, first, last, due, methods;
    std::optional<std::string> met;
  } texts;
  session.execute_many(
      "insert into obligations (county, month, person, first_day, label, kind, last_day, due_day, overdue_at, min, "
      "methods, tier, mark, basis, counted, met_on) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
      "on conflict (county, month, person, first_day, label) do update set kind = excluded.kind, "
      "last_day = excluded.last_day, due_day = excluded.due_day, overdue_at = excluded.overdue_at, "
      "min = excluded.min, methods = excluded.methods, tier = excluded.tier, mark = excluded.mark, "
      "basis = excluded.basis, counted = excluded.counted, met_on = excluded.met_on",
      put.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const Obligation& made = put[i].second;
        texts.first = made.days.first.iso();
        texts.last = made.days.last.iso();
        texts.month = texts.last.substr(0, 7);
        texts.due = made.due_day.iso();
        texts.methods = schemes::join_methods(made.methods);
        texts.met = made.met_on ? std::optional(made.met_on->iso()) : std::nullopt;
        out = {county,     texts.month,         put[i].first,    texts.first, made.label,    to_text(made.kind),
               texts.last, texts.due,           made.overdue_at, made.min,    texts.methods, made.tier,
               made.mark,  to_text(made.basis), made.counted,    texts.met};
      });
}

void delete_obligations(db::Session& session, const std::string& county,
                        const std::vector<std::pair<Id, Obligation>>& dropped) {
  std::string month;
  std::string first;
  session.execute_many(
      "delete from obligations where county = $1 and month = $2 and person = $3 and first_day = $4 and label = $5",
      dropped.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        month = dropped[i].second.days.last.iso().substr(0, 7);
        first = dropped[i].second.days.first.iso();
        out = {county, month, dropped[i].first, first, dropped[i].second.label};
      });
}

void write_months(db::Session& session, const std::string& county,
                  const std::vector<std::pair<std::string, PersonMonth>>& put) {
  std::string categories;
  std::string rounds;
  session.execute_many(
      "insert into person_months (county, month, person, village, tier, owed_tier, categories, owed, met, overdue_at, "
      "due, visited, declined, suspended, unknown, refused_home_visit, below_floor, rounds, unsettled) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) "
      "on conflict (county, month, person) do update set village = excluded.village, tier = excluded.tier, "
      "owed_tier = excluded.owed_tier, categories = excluded.categories, owed = excluded.owed, met = excluded.met, "
      "overdue_at = excluded.overdue_at, due = excluded.due, visited = excluded.visited, "
      "declined = excluded.declined, suspended = excluded.suspended, unknown = excluded.unknown, "
      "refused_home_visit = excluded.refused_home_visit, below_floor = excluded.below_floor, rounds = excluded.rounds, "
      "unsettled = excluded.unsettled",
      put.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const PersonMonth& made = put[i].second;
        categories = join_words(made.categories);
        rounds = join_rounds(made.rounds);
        out = {county,           put[i].first,    made.person,   made.village,
               made.tier,        made.owed_tier,  categories,    made.owed,
               made.met,         made.overdue_at, made.due,      made.visited,
               made.declined,    made.suspended,  made.unknown,  made.refused_home_visit,
               made.below_floor, rounds,          made.unsettled};
      });
}

/// Months that are kept already for the same village: the index by village, whose pages are others for each person, is
/// left alone.
void update_months(db::Session& session, const std::string& county,
                   const std::vector<std::pair<std::string, PersonMonth>>& changed) {
  std::string categories;
  std::string rounds;
  session.execute_many(
      "update person_months set tier = $4, owed_tier = $5, categories = $6, owed = $7, met = $8, overdue_at = $9, "
      "due = $10, visited = $11, declined = $12, suspended = $13, unknown = $14, refused_home_visit = $15, "
      "below_floor = $16, rounds = $17, unsettled = $18 where county = $1 and month = $2 and person = $3",
      changed.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const PersonMonth& made = changed[i].second;
        categories = join_words(made.categories);
        rounds = join_rounds(made.rounds);
        out = {county,           changed[i].first, made.person,    made.tier,       made.owed_tier,
               categories,       made.owed,        made.met,       made.overdue_at, made.due,
               made.visited,     made.declined,    made.suspended, made.unknown,    made.refused_home_visit,
               made.below_floor, rounds,           made.unsettled};
      });
}

void delete_months(db::Session& session, const std::string& county,
                   const std::vector<std::pair<std::string, Id>>& dropped) {
  session.execute_many("delete from person_months where county = $1 and month = $2 and person = $3", dropped.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) {
                         out = {county, dropped[i].first, dropped[i].second};
                       });
}

}  // namespace

Obligation read_obligation(const db::Row& row) {
  Obligation kept;
  kept.days.first = row.date(1);
  kept.label = row.string(2);
  kept.kind = parse_kind(row.text(3)).value_or(Kind::window);
  kept.days.last = row.date(4);
  kept.due_day = row.date(5);
  kept.overdue_at = row.instant(6);
  kept.min = static_cast<int>(row.integer(7));
  kept.methods = schemes::parse_methods(row.text(8)).value_or(schemes::MethodSet{});
  kept.tier = row.string(9);
  kept.mark = row.string(10);
  kept.basis = parse_basis(row.text(11)).value_or(Basis::owed);
  kept.counted = static_cast<int>(row.integer(12));
  kept.met_on = row.optional_date(13);
  return kept;
}

void sort_by_begin(std::vector<Obligation>& obligations) {
  std::sort(obligations.begin(), obligations.end(), [](const Obligation& left, const Obligation& right) {
    return std::tie(left.days.first, left.label) < std::tie(right.days.first, right.label);
  });
}

std::map<Id, std::vector<Obligation>> load_obligations(db::Session& session, const std::string& county,
                                                       const std::vector<std::string>& months, Id first, Id last) {
  std::map<Id, std::vector<Obligation>> found;
  for (const std::string& month : months) {
    session.query(
        "select person, first_day, label, kind, last_day, due_day, overdue_at, min, methods, tier, mark, basis, "
        "counted, met_on from obligations "
        "where county = $1 and month = $2 and person between $3 and $4",
        {county, month, first, last}, [&](const db::Row& row) { found[row.id(0)].push_back(read_obligation(row)); });
  }
  for (auto& [person, obligations] : found) sort_by_begin(obligations);
  return found;
}

std::vector<std::string> months_with_obligations(db::Session& session, const std::string& county, Month month) {
  std::vector<std::string> months{month.iso()};
  // From month to month by the key: a list of all rows would read the whole county.
  for (;;) {
    auto next = session.first("select min(month) from obligations where county = $1 and month > $2",
                              {county, months.back()}, [](const db::Row& row) { return row.optional_string(0); });
    if (!next || !*next) return months;
    months.push_back(**next);
  }
}

KeptMonths load_person_months(db::Session& session, const std::string& county, const std::vector<std::string>& months,
                              Id first, Id last) {
  KeptMonths found;
  for (const std::string& month : months) {
    session.query(
        "select person, village, tier, owed_tier, categories, owed, met, overdue_at, due, visited, declined, "
        "suspended, unknown, refused_home_visit, below_floor, rounds, unsettled from person_months "
        "where county = $1 and month = $2 and person between $3 and $4",
        {county, month, first, last},
        [&](const db::Row& row) { found[row.id(0)].emplace(month, read_person_month(row)); });
  }
  return found;
}

Tally tally_of_people(db::Session& session, const std::string& county, const std::string& month) {
  Tally tally;
  session.query(
      "select person, village, tier, owed_tier, categories, owed, met, overdue_at, due, visited, declined, "
      "suspended, unknown, refused_home_visit, below_floor, rounds, unsettled from person_months "
      "where county = $1 and month = $2",
      {county, month}, [&](const db::Row& row) { tally.add(month, read_person_month(row), 1); });
  tally.drop_zeros();
  return tally;
}

void write_rows(db::Session& session, const std::string& county, const Changes& changes) {
  delete_obligations(session, county, changes.dropped);
  write_obligations(session, county, changes.put);
  delete_months(session, county, changes.dropped_months);
  write_months(session, county, changes.put_months);
  update_months(session, county, changes.same_village);
}

}  // namespace tanfang::planning::store
