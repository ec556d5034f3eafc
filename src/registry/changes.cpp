#include "registry/changes.h"

#include <algorithm>

#include "registry/fact_history.h"
#include "registry/file_parts.h"

namespace tanfang::registry {
namespace {

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void set_area(File& file) {
  std::string_view area = file.known.value_of("residence_area");
  if (area != "null") file.area = area.substr(1, area.size() - 2);
}

/// The file's history with the statement that is not stored yet.
std::vector<StatementRecord> history_with(audit::Work& work, const File& file, const Statement& statement,
                                          const KnownFacts::Taken& taken) {
  std::vector<StatementRecord> records = load_statements(work.session, file.key);
  StatementRecord record;
  record.id = statement.origin.statement;
  record.source = statement.origin.source;
  record.speaker = statement.origin.speaker;
  record.said_on = statement.origin.date;
  record.facts = statement.facts;
  record.changed = taken.all();
  records.push_back(std::move(record));
  return records;
}

struct Stretch {
  Date from;
  Date now_from;  // from here on by what holds now
  Date until;
};

/// Appends, joining rows that say the same on neighbouring days.
void append(std::vector<ClassificationRow>& rows, std::vector<ClassificationRow> more, Date from) {
  for (ClassificationRow& row : more) {
    auto held = std::find_if(rows.rbegin(), rows.rend(), [&](const ClassificationRow& old) {
      return row.valid_from == from && old.valid_to == from && old.says_the_same(row);
    });
    if (held == rows.rend()) {
      rows.push_back(std::move(row));
    } else {
      held->valid_to = row.valid_to;
    }
  }
}

/// A statement that came late: the days since then are judged by what held on each.
void follow_past(audit::Work& work, Judge& judge, File& file, const Statement& statement,
                 const KnownFacts::Taken& taken, const Stretch& stretch) {
  std::vector<StatementRecord> records = history_with(work, file, statement, taken);
  std::vector<Date> days = days_said(records, stretch.from, stretch.now_from);
  days.push_back(stretch.now_from);
  std::vector<ClassificationRow> rows;
  for (std::size_t i = 0; i + 1 < days.size(); ++i) {
    File then = file;
    then.known = facts_known_on(records, days[i]);
    set_area(then);
    std::vector<ClassificationRow> judged = judge.judge(then, days[i], days[i + 1]);
    for (ClassificationRow& row : judged) row.valid_to = row.valid_to.value_or(days[i + 1]);
    append(rows, std::move(judged), days[i]);
  }
  append(rows, judge.judge(file, stretch.now_from, stretch.until), stretch.now_from);
  file.classified_until = stretch.until;
  store_verdicts(work.session, file.key, stretch.from, std::move(rows));
  if (holds(taken.all(), "willing")) follow_past_willingness(work, file, records);
}

}  // namespace

bool judge_anew(audit::Work& work, Judge& judge, File& file, Date from, Date until) {
  std::vector<ClassificationRow> rows = judge.judge(file, from, until);
  file.classified_until = until;
  return store_verdicts(work.session, file.key, from, std::move(rows));
}

void follow_facts(audit::Work& work, Judge& judge, File& file, const Statement& statement,
                  const KnownFacts::Taken& taken) {
  if (holds(taken.changed, "residence_area")) set_area(file);
  Date now_from = std::max(file.registered_on, file.known.newest());
  Date from = std::max(file.registered_on, statement.origin.date);
  Date until = std::max(Judge::horizon(std::max(work.today(), file.registered_on)), file.classified_until);
  if (from < now_from) {
    follow_past(work, judge, file, statement, taken, {from, now_from, until});
    return;
  }
  if (holds(taken.changed, "willing")) follow_willingness(work, file, now_from);
  judge_anew(work, judge, file, now_from, until);
}

std::string changed_text(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

}  // namespace tanfang::registry
