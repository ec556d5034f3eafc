// The trail, page by page: along its chain, so that a page reads only the lines it looks at.
#include <algorithm>

#include "reports/trail_store.h"

namespace tanfang::reports {
namespace {

/// Lines of the chain looked at in one step, and in one page.
constexpr std::int64_t kStep = 2000;
constexpr std::int64_t kMostLookedAt = 20'000;
/// What a long transaction said may stand behind what was said later: so much is looked at beyond the times asked for.
constexpr std::int64_t kSlack = std::int64_t{24} * 60 * 60 * 1000;

/// The first number behind all entries that may be earlier than `to`.
std::int64_t number_behind(db::Session& session, const TrailFilter& filter, std::int64_t last) {
  if (!filter.to) return last + 1;
  std::int64_t low = 1, high = last + 1;
  while (low < high) {
    std::int64_t middle = low + (high - low) / 2;
    auto at = store::time_of(session, filter.county, middle);
    bool behind = at && at->milliseconds >= filter.to->milliseconds + kSlack;
    behind ? high = middle : low = middle + 1;
  }
  return low;
}

bool is_before(db::Session& session, const TrailFilter& filter, std::int64_t number) {
  if (!filter.from) return false;
  auto at = store::time_of(session, filter.county, number);
  return at && at->milliseconds < filter.from->milliseconds - kSlack;
}

/// Fills the page from the chain, below `below`.
void read_chain(db::Session& session, const TrailFilter& filter, std::int64_t below, TrailPage& page) {
  for (std::int64_t looked_at = 0; looked_at < kMostLookedAt; looked_at += kStep) {
    if (below <= 1 || is_before(session, filter, below - 1)) return;
    std::int64_t from = std::max<std::int64_t>(1, below - kStep);
    int missing = filter.limit - static_cast<int>(page.entries.size());
    auto found = store::load_chain(session, filter, from, below, missing);
    page.entries.insert(page.entries.end(), found.begin(), found.end());
    if (static_cast<int>(found.size()) == missing) {
      page.before_number = *found.back().number;
      return;
    }
    below = from;
  }
  if (below > 1) page.before_number = below;
}

}  // namespace

TrailPage read_trail(db::Session& session, const TrailFilter& filter) {
  TrailPage page;
  std::int64_t last = store::last_number(session, filter.county);
  if (filter.before_number) {
    read_chain(session, filter, std::min(*filter.before_number, last + 1), page);
    return page;
  }
  page.entries = store::load_tail(session, filter, filter.limit);
  if (static_cast<int>(page.entries.size()) == filter.limit) {
    page.before_id = page.entries.back().id;
    return page;
  }
  read_chain(session, filter, number_behind(session, filter, last), page);
  return page;
}

}  // namespace tanfang::reports
