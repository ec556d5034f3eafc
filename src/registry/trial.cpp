#include "registry/trial.h"

#include <algorithm>

#include "base/text.h"
#include "registry/files_store.h"
#include "registry/judge.h"
#include "registry/status_store.h"

namespace tanfang::registry {
namespace {

const Date kNever = *Date::from_ymd(9999, 12, 31);

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words = split(text, ' ');
  std::erase(words, "");
  return words;
}

Classification as_kept(const ClassificationRow& row) {
  return {row.scheme,
          row.version,
          row.valid_from,
          row.valid_to,
          row.eligible,
          row.tier,
          words_of(row.categories),
          words_of(row.possible_categories),
          words_of(row.possible_tiers),
          row.obligations};
}

}  // namespace

struct Trial::Bench {
  std::string county;
  std::vector<std::unique_ptr<Judge>> judges;
};

Trial::Trial(std::string county, const std::vector<std::shared_ptr<const CountyPolicy>>& policies)
    : bench_(std::make_unique<Bench>()) {
  bench_->county = std::move(county);
  for (const auto& policy : policies) bench_->judges.push_back(std::make_unique<Judge>(policy));
}

Trial::~Trial() = default;

std::vector<Tried> Trial::next(db::Session& session, Id after, std::int64_t limit, Date from, Date to) {
  std::vector<Tried> page;
  for (const File& file : load_files_to_classify(session, bench_->county, kNever, after, limit)) {
    Tried tried;
    tried.standing = {file.key.id, file.area, file.name, file.registered_on, {}, {}};
    for (const auto& judge : bench_->judges) {
      std::vector<Classification>& verdicts = tried.verdicts.emplace_back();
      for (const ClassificationRow& row : judge->judge(file, from, to + 1)) verdicts.push_back(as_kept(row));
    }
    page.push_back(std::move(tried));
  }
  if (page.empty()) return page;
  auto at = page.begin();
  for_each_span(session, bench_->county, page.front().standing.person, page.back().standing.person, from, to,
                [&](Id person, StatusSpan&& span) {
                  while (at != page.end() && at->standing.person < person) ++at;
                  if (at == page.end() || at->standing.person != person) return;
                  at->standing.spans.push_back(std::move(span));
                });
  return page;
}

}  // namespace tanfang::registry
