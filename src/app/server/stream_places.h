// How many streams of events an account may have open. A stream holds a connection for minutes, and behind a trusted
// proxy connections are not counted by address.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/id.h"
#include "platform/http/events.h"

namespace tanfang::app::server {

/// Safe to use from many threads.
class StreamPlaces {
 public:
  /// Two desks of one account with six windows each: more a browser does not open to one server.
  static constexpr std::size_t kMostOfAccount = 12;

  /// The stream, which counts until its client has gone. Throws Problem `events.too_many` where the account has as many
  /// open already.
  std::shared_ptr<http::EventStream> take(Id account, std::shared_ptr<http::EventStream> stream);

 private:
  std::mutex mutex_;
  std::map<Id, std::vector<std::weak_ptr<http::EventStream>>> streams_;
};

}  // namespace tanfang::app::server
