#include "registry/classifications_store.h"

#include <algorithm>
#include <boost/json.hpp>

#include "platform/db/together.h"
#include "platform/json/json.h"
#include "registry/together_store.h"

namespace tanfang::registry {
namespace {

std::optional<bool> eligible_of(const db::Row& row, int column) {
  return row.is_null(column) ? std::optional<bool>() : row.boolean(column);
}

std::string text_or_empty(const db::Row& row, int column) { return row.is_null(column) ? "" : row.string(column); }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = text.find_first_not_of(' ', at)) != std::string_view::npos;) {
    std::size_t end = std::min(text.find(' ', at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

/// Behind the person.
Classification read_classification(const db::Row& row) {
  return {row.string(1),         row.string(2),         row.date(3),           row.optional_date(4),
          eligible_of(row, 5),   text_or_empty(row, 6), words_of(row.text(7)), words_of(row.text(8)),
          words_of(row.text(9)), row.string(10)};
}

CountyScheme read_choice(const db::Row& row) {
  CountyScheme choice{row.string(0), {}};
  const boost::json::value settings = boost::json::parse(row.text(1));
  for (const auto& member : settings.as_object()) {
    choice.settings.emplace(member.key(), std::string(member.value().as_string()));
  }
  return choice;
}

}  // namespace

bool ClassificationRow::says_the_same(const ClassificationRow& other) const {
  return scheme == other.scheme && version == other.version && eligible == other.eligible && tier == other.tier &&
         categories == other.categories && possible_categories == other.possible_categories &&
         possible_tiers == other.possible_tiers && obligations == other.obligations;
}

void insert_classifications(db::Session& session, std::string_view county, std::span<const ClassificationRow> rows) {
  std::string valid_from;
  std::optional<std::string> valid_to;
  session.execute_many(
      "insert into classifications (county, person, scheme, valid_from, valid_to, version, eligible, tier, categories,"
      " possible_categories, possible_tiers, obligations) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      rows.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const ClassificationRow& row = rows[i];
        valid_from = row.valid_from.iso();
        valid_to.reset();
        if (row.valid_to) valid_to = row.valid_to->iso();
        std::optional<std::string_view> tier;
        if (!row.tier.empty()) tier = row.tier;
        out.insert(out.end(), {county, row.person, row.scheme, valid_from, valid_to, row.version, row.eligible, tier,
                               row.categories, row.possible_categories, row.possible_tiers, row.obligations});
      });
}

std::vector<ClassificationRow> load_classification_rows(db::Session& session, const PersonKey& key) {
  return session.all(
      "select scheme, version, valid_from, valid_to, eligible, tier, categories, possible_categories, possible_tiers,"
      " obligations from classifications where county = $1 and person = $2 order by scheme, valid_from",
      {key.county, key.id}, [&](const db::Row& row) {
        return ClassificationRow{key.id,
                                 row.string(0),
                                 row.string(1),
                                 row.date(2),
                                 row.optional_date(3),
                                 eligible_of(row, 4),
                                 text_or_empty(row, 5),
                                 row.string(6),
                                 row.string(7),
                                 row.string(8),
                                 row.string(9)};
      });
}

void cut_classifications(db::Session& session, const PersonKey& key, Date from) {
  std::string day = from.iso();
  session.execute("delete from classifications where county = $1 and person = $2 and valid_from >= $3",
                  {key.county, key.id, day});
  session.execute(
      "update classifications set valid_to = $3 where county = $1 and person = $2 and valid_from < $3"
      " and (valid_to is null or valid_to > $3)",
      {key.county, key.id, day});
}

void end_classification(db::Session& session, const PersonKey& key, const ClassificationRow& row) {
  std::string valid_from = row.valid_from.iso();
  std::optional<std::string> valid_to;
  if (row.valid_to) valid_to = row.valid_to->iso();
  session.execute(
      "update classifications set valid_to = $5 where county = $1 and person = $2 and scheme = $3 and valid_from = $4",
      {key.county, key.id, row.scheme, valid_from, valid_to});
}

void for_each_classification(db::Session& session, std::string_view county, Id first, Id last, Date from, Date to,
                             const std::function<void(Id person, Classification&&)>& visit) {
  std::string first_day = from.iso();
  std::string last_day = to.iso();
  session.query(
      "select person, scheme, version, valid_from, valid_to, eligible, tier, categories, possible_categories,"
      " possible_tiers, obligations from classifications where county = $1 and person >= $2 and person <= $3"
      " and valid_from <= $5 and (valid_to is null or valid_to > $4) order by person, scheme, valid_from",
      {county, first, last, first_day, last_day},
      [&](const db::Row& row) { visit(row.id(0), read_classification(row)); });
}

std::map<Id, std::vector<Classification>> load_classifications(db::Session& session, std::string_view county,
                                                               const std::vector<Id>& people, Date on) {
  static const std::string sql =
      "select person, scheme, version, valid_from, valid_to, eligible, tier, categories, possible_categories,"
      " possible_tiers, obligations from classifications where county = $1 and valid_from <= $2"
      " and (valid_to is null or valid_to > $2) and person in (" +
      db::placeholders(3) + ") order by person, scheme, valid_from";
  std::string day = on.iso();
  std::map<Id, std::vector<Classification>> found;
  db::query_together(session, sql, {county, day}, people,
                     [&](const db::Row& row) { found[row.id(0)].push_back(read_classification(row)); });
  return found;
}

std::string write_settings(const std::map<std::string, std::string>& settings) {
  std::string text = "{";
  for (const auto& [setting, value] : settings) {
    if (text.size() > 1) text += ',';
    json::append_quoted(text, setting);
    text += ':';
    json::append_quoted(text, value);
  }
  return text + "}";
}

void write_chosen_schemes(db::Session& session, std::string_view county, const std::vector<CountyScheme>& chosen) {
  session.execute("delete from county_schemes where county = $1", {county});
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::string settings = write_settings(chosen[i].settings);
    session.execute("insert into county_schemes (county, scheme, position, settings) values ($1, $2, $3, $4)",
                    {county, chosen[i].scheme, i + 1, settings});
  }
}

PolicyRows load_policy_rows(db::Session& session, std::string_view county) {
  PolicyRows rows;
  session.query(
      "select scheme, settings, position, '' as in_force, '' as digest from county_schemes where county = $1"
      " union all select scheme, '', 0, in_force, digest from published_schemes where county = $1"
      " order by position, scheme, in_force",
      {county}, [&](const db::Row& row) {
        if (row.text(3).empty()) {
          rows.chosen.push_back(read_choice(row));
          return;
        }
        PublishedScheme& published = rows.published.emplace_back();
        published.scheme = row.string(0);
        published.in_force = row.date(3);
        published.digest = row.string(4);
      });
  return rows;
}

std::vector<CountyScheme> chosen_schemes(db::Session& session, std::string_view county) {
  return session.all("select scheme, settings from county_schemes where county = $1 order by position", {county},
                     read_choice);
}

}  // namespace tanfang::registry
