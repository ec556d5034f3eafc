#include "app/server/emergency_news.h"

#include <algorithm>
#include <chrono>
#include <optional>

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
  std::unique_lock lock(mutex_);
  if (followers_.empty()) {
    // What was before the first one came is no news. Another one may come meanwhile: it is not told twice.
    lock.unlock();
    Batch past = read_batch(service_.ids().next(service_.now()));
    lock.lock();
    if (followers_.empty()) begin_at(past);
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

EmergencyNews::Batch EmergencyNews::read_batch(Id newest) const {
  Batch batch;
  service_.database().read([&](db::Session& session) {
    batch = {newest, {}, {}};
    Id since{newest.value - kLatest};
    for (auto page = alarms::list_changes(session, since); !page.empty(); page = alarms::list_changes(session, since)) {
      since = page.back().change;
      batch.changes.insert(batch.changes.end(), page.begin(), page.end());
    }
    batch.untold = alarms::untold_counties(session);
  });
  return batch;
}

void EmergencyNews::begin_at(const Batch& past) {
  newest_ = past.newest;
  told_.clear();
  for (const alarms::Change& change : past.changes) {
    told_.insert(change.change);
    newest_ = std::max(newest_, change.change);
  }
}

void EmergencyNews::tell(const Batch& batch) {
  for (const alarms::Change& change : batch.changes) {
    if (!told_.insert(change.change).second) continue;
    newest_ = std::max(newest_, change.change);
    for (const Follower& follower : followers_) {
      auto stream = follower.stream.lock();
      if (!stream || !change.area.starts_with(follower.area)) continue;
      if (follower.of_county && batch.untold.contains(county_of(change.area))) continue;
      stream->push(event_of(change));
    }
  }
  told_.erase(told_.begin(), told_.lower_bound(Id{newest_.value - kLatest}));
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
    Id newest = newest_;
    // Only this thread takes followers away: nobody begins anew while it reads.
    lock.unlock();
    std::optional<Batch> batch;
    try {
      batch = read_batch(newest);
    } catch (const std::exception&) {
      // a database that does not answer is asked again
    }
    lock.lock();
    if (batch) tell(*batch);
  }
}

}  // namespace tanfang::app::server
