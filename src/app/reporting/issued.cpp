#include "app/reporting/issued.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "app/reporting/issued_store.h"
#include "app/reporting/reporting_problems.h"
#include "base/text.h"
#include "reports/reports.h"

namespace tanfang::app::reporting {
namespace {

namespace js = boost::json;

constexpr std::size_t kShortestReason = 4;
constexpr std::size_t kMostShown = 200;

/// Says at its head what reads otherwise than at the issue before, and why.
void explain(audit::Work& work, const Asked& asked, const Issued& before, const std::vector<Change>& found,
             const std::string& reason, Report& report) {
  auto since = reports::count_work(work.session, asked.area, report.month, before.issued_at);
  Section section{"更正说明", false, "", "", {}, {}};
  section.paragraphs = {fmt::format("本报告曾于{}印发（第{}次）。与其相比有{}处数字变化，见更正对照。原因：{}。",
                                    china_date(before.issued_at).iso(), before.number, found.size(), trimmed(reason)),
                        fmt::format("上次印发之后，本区划共更正探访记录{}条。", since.corrections)};
  Table table{std::string(kChangesTitle), {"表和行", "栏目", "上次", "本次"}, {}, {}, "", "", std::nullopt};
  for (const Change& change : found) {
    if (table.rows.size() == kMostShown) break;
    table.rows.push_back(
        {text_value(change.where), text_value(change.what), text_value(change.before), text_value(change.after)});
  }
  if (found.size() > kMostShown) section.paragraphs.push_back(fmt::format("更正对照只列前{}处。", kMostShown));
  section.tables.push_back(std::move(table));
  report.sections.insert(report.sections.begin(), std::move(section));
}

}  // namespace

std::string Issued::label() const { return fmt::format("第{}次印发　{}", number, format_id(id)); }

Issued issue(audit::Work& work, const planning::Policies& policies, const Asked& asked, const std::string& reason) {
  Report report = build(work.session, policies, asked, work.now);
  std::string county = asked.area.substr(0, 6);
  std::optional<Issued> before = store::find_latest(work.session, county, asked);
  if (before) {
    std::vector<Change> found = changes(read_report(before->content), report);
    if (found.empty()) {
      work.unchanged();
      return *before;
    }
    if (length_of(trimmed(reason)) < kShortestReason) throw reason_missing();
    explain(work, asked, *before, found, reason, report);
  }
  Issued issued;
  issued.county = county;
  issued.id = work.new_id();
  issued.asked = asked;
  issued.number = before ? before->number + 1 : 1;
  issued.title = replaced(report.title, "\n", "");
  issued.content = js::serialize(to_json(report));
  issued.digest = crypto::to_hex(crypto::sha256(issued.content));
  issued.issued_at = work.now;
  issued.issued_by = work.actor;
  store::insert(work.session, issued);
  work.record({county, "report_issued", "report:" + format_id(issued.id),
               js::serialize(js::object{{"kind", asked.kind},
                                        {"area", asked.area},
                                        {"period", asked.period},
                                        {"number", issued.number},
                                        {"digest", issued.digest}})});
  return issued;
}

std::vector<Issued> list_issued(db::Session& session, const IssuedFilter& filter) {
  return store::list(session, filter);
}

Issued load_issued(db::Session& session, const std::string& within, Id id) {
  auto found = store::find(session, within, id);
  if (!found) throw unknown_report();
  if (crypto::to_hex(crypto::sha256(found->content)) != found->digest) throw damaged_report();
  return *found;
}

}  // namespace tanfang::app::reporting
