#include "app/server/emergency_news.h"

#include <algorithm>
#include <chrono>

#include "base/area_code.h"

namespace tanfang::app::server {
namespace {

/// How long after its change was numbered a transaction may take to commit, in ids.
constexpr std::int64_t kLatest = 60'000LL << 22;

http::Event event_of(const alarms::Change& change) {
  return {"", "emergency",
          "{\"id\":\"" + format_id(change.emergency) + "\",\"area\":\"" + change.area + "\",\"state\":\"" +
              std::string(to_text(change.state)) + "\"}"};
}

}  // namespace

EmergencyNews::EmergencyNews(Service& service) : service_(service), thread_([this] { watch(); }) {}

EmergencyNews::~EmergencyNews() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  woken_.notify_one();
  thread_.join();
}

std::shared_ptr<http::EventStream> EmergencyNews::follow(const std::string& area, bool of_county) {
  auto stream = std::make_shared<http::EventStream>();
  std::lock_guard lock(mutex_);
  if (followers_.empty()) {
    newest_ = service_.ids().next(service_.now());
    told_.clear();
    take_changes();  // what was before the first one came is no news
  }
  followers_.push_back({area, of_county, stream});
  woken_.notify_one();
  return stream;
}

void EmergencyNews::look() {
  std::lock_guard lock(mutex_);
  asked_ = true;
  woken_.notify_one();
}

std::vector<alarms::Change> EmergencyNews::take_changes() {
  std::vector<alarms::Change> changes;
  service_.database().read([&](db::Session& session) {
    changes.clear();
    Id since{newest_.value - kLatest};
    for (auto page = alarms::list_changes(session, since); !page.empty(); page = alarms::list_changes(session, since)) {
      since = page.back().change;
      changes.insert(changes.end(), page.begin(), page.end());
    }
    untold_ = alarms::untold_counties(session);
  });
  std::erase_if(changes, [&](const alarms::Change& change) { return !told_.insert(change.change).second; });
  for (const alarms::Change& change : changes) newest_ = std::max(newest_, change.change);
  told_.erase(told_.begin(), told_.lower_bound(Id{newest_.value - kLatest}));
  return changes;
}

void EmergencyNews::tell(const std::vector<alarms::Change>& changes) {
  for (const Follower& follower : followers_) {
    auto stream = follower.stream.lock();
    if (!stream) continue;
    for (const alarms::Change& change : changes) {
      if (!change.area.starts_with(follower.area)) continue;
      if (follower.of_county && untold_.contains(county_of(change.area))) continue;
      stream->push(event_of(change));
    }
  }
}

void EmergencyNews::watch() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    if (followers_.empty()) {
      woken_.wait(lock, [this] { return ending_ || !followers_.empty(); });
    } else {
      woken_.wait_for(lock, std::chrono::seconds(1), [this] { return ending_ || asked_; });
    }
    asked_ = false;
    std::erase_if(followers_, [](const auto& follower) { return follower.stream.expired(); });
    if (ending_ || followers_.empty()) continue;
    try {
      tell(take_changes());
    } catch (const std::exception&) {
      continue;  // a database that does not answer is asked again
    }
  }
}

}  // namespace tanfang::app::server
