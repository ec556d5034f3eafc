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

  /// From now on, of the area. An event names nobody: who reads it asks for the emergency.
  std::shared_ptr<http::EventStream> follow(const std::string& area);
  /// After a commit: there is something new.
  void look();

 private:
  void watch();
  /// What changed and was not told yet. Under the mutex.
  std::vector<alarms::Change> take_changes();
  void tell(const std::vector<alarms::Change>& changes);

  Service& service_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool asked_ = false;
  bool ending_ = false;
  std::vector<std::pair<std::string, std::weak_ptr<http::EventStream>>> followers_;
  Id newest_;
  std::set<Id> told_;  // changes; only those that lie so little back that an earlier one may still be committed
  std::thread thread_;
};

}  // namespace tanfang::app::server
