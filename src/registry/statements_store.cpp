#include "registry/statements_store.h"

#include "base/text.h"

namespace tanfang::registry {
namespace {

StatementRecord read_statement(const db::Row& row) {
  StatementRecord record;
  record.id = row.id(0);
  record.source = parse_source(row.text(1)).value();
  record.speaker = row.string(2);
  record.said_on = row.date(3);
  record.recorded_at = row.instant(4);
  record.actor = row.string(5);
  record.facts = read_fact_values(row.text(6));
  if (row.is_null(7)) {
    for (const FactValue& value : record.facts) record.changed.push_back(value.fact);
  } else if (!row.text(7).empty()) {
    record.changed = split(row.text(7), ' ');
  }
  return record;
}

}  // namespace

void insert_statements(db::Session& session, std::span<const Statement> statements, std::string_view actor) {
  std::string said_on, facts;
  session.execute_many(
      "insert into statements (county, person, id, source, speaker, said_on, recorded_at, actor, facts, changed,"
      " replaced) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      statements.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const Statement& statement = statements[i];
        said_on = statement.origin.date.iso();
        facts = write_fact_values(statement.facts);
        std::optional<db::Bytes> replaced;
        if (!statement.replaced.empty()) replaced = db::Bytes{statement.replaced};
        out.insert(out.end(), {statement.person.county, statement.person.id, statement.origin.statement,
                               to_text(statement.origin.source), statement.origin.speaker, said_on,
                               statement.recorded_at, actor, facts, statement.changed, replaced});
      });
}

void copy_statements(db::Session& session, const PersonKey& from, const PersonKey& to,
                     const std::function<std::string(const std::string& sealed)>& reseal) {
  session.execute(
      "insert into statements (county, person, id, source, speaker, said_on, recorded_at, actor, facts, changed)"
      " select $3, $4, id, source, speaker, said_on, recorded_at, actor, facts, changed from statements"
      " where county = $1 and person = $2",
      {from.county, from.id, to.county, to.id});
  auto sealed = session.all(
      "select id, replaced from statements where county = $1 and person = $2 and replaced is not null",
      {from.county, from.id}, [](const db::Row& row) { return std::pair(row.id(0), std::string(row.bytes(1))); });
  for (const auto& [id, replaced] : sealed) {
    std::string fresh = reseal(replaced);
    session.execute("update statements set replaced = $4 where county = $1 and person = $2 and id = $3",
                    {to.county, to.id, id, db::Bytes{fresh}});
  }
}

std::vector<StatementRecord> load_statements(db::Session& session, const PersonKey& key) {
  return session.all(
      "select id, source, speaker, said_on, recorded_at, actor, facts, changed from statements"
      " where county = $1 and person = $2 order by id",
      {key.county, key.id}, read_statement);
}

std::vector<StatementRecord> load_statements(db::Session& session, const PersonKey& key, Id after, int limit) {
  return session.all(
      "select id, source, speaker, said_on, recorded_at, actor, facts, changed from statements"
      " where county = $1 and person = $2 and id > $3 order by id limit $4",
      {key.county, key.id, after, limit}, read_statement);
}

bool has_statement(db::Session& session, const PersonKey& key, Id statement) {
  return session
      .first("select id from statements where county = $1 and person = $2 and id = $3", {key.county, key.id, statement},
             [](const db::Row& row) { return row.id(0); })
      .has_value();
}

FactValues load_last_said(db::Session& session, const PersonKey& key, Source source, std::string_view speaker) {
  return session
      .first(
          "select facts from statements where county = $1 and person = $2 and source = $3 and speaker = $4"
          " order by id desc limit 1",
          {key.county, key.id, to_text(source), speaker},
          [](const db::Row& row) { return read_fact_values(row.text(0)); })
      .value_or(FactValues{});
}

}  // namespace tanfang::registry
