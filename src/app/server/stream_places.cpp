#include "app/server/stream_places.h"

#include <utility>

#include "app/server/server_problems.h"

namespace tanfang::app::server {

std::shared_ptr<http::EventStream> StreamPlaces::take(Id account, std::shared_ptr<http::EventStream> stream) {
  std::lock_guard lock(mutex_);
  // Where an account's last stream has gone, nothing of it is kept.
  for (auto& [_, open] : streams_) std::erase_if(open, [](const auto& each) { return each.expired(); });
  std::erase_if(streams_, [](const auto& each) { return each.second.empty(); });
  auto& mine = streams_[account];
  if (mine.size() >= kMostOfAccount) throw too_many_streams();
  mine.push_back(stream);
  return stream;
}

}  // namespace tanfang::app::server
