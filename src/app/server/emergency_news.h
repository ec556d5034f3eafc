// Who watches for emergencies, and where. What is new is read from the database, so that it does not matter by which
// route, parcel or process it came; a process that changed something looks at once, every other within a second.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "alarms/alarms.h"
#include "app/server/service.h"
#include "platform/http/events.h"

namespace tanfang::app::server {

class EmergencyNews {
 public:
  /// The service must outlive it.
  explicit EmergencyNews(Service& service);
  ~EmergencyNews();
  EmergencyNews(const EmergencyNews&) = delete;
  EmergencyNews& operator=(const EmergencyNews&) = delete;

  /// From now on, of the area; an office of a county or above (`of_county`) is told only of counties that tell theirs.
  /// An event names nobody: who reads it asks for the emergency.
  std::shared_ptr<http::EventStream> follow(const std::string& area, bool of_county);
  /// After a commit: there is something new.
  void look();

 private:
  struct Follower {
    std::string area;
    bool of_county = false;
    std::weak_ptr<http::EventStream> stream;
  };
  /// One look at the database, always outside the mutex: nobody waits here for the disk.
  struct Batch {
    Id newest;  // known before
    std::vector<alarms::Change> changes;
    std::set<std::string> untold;  // counties
  };
  void watch();
  Batch read_batch(Id newest) const;
  /// All that is in it is old. Under the mutex, as `tell`.
  void begin_at(const Batch& past);
  /// What of it was not told yet.
  void tell(const Batch& batch);

  Service& service_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool asked_ = false;
  bool ending_ = false;
  std::vector<Follower> followers_;
  Id newest_;
  std::set<Id> told_;  // changes; only those that lie so little back that an earlier one may still be committed
  std::thread thread_;
};

}  // namespace tanfang::app::server
