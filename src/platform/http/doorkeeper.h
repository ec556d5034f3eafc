// How many connections are open, in all and by address.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "platform/http/network.h"

namespace tanfang::http {

/// Whoever uses it holds a lock.
class Doorkeeper {
 public:
  /// `apart`: addresses that count in all only, as loopback does; as `plain_address` spells them.
  Doorkeeper(std::size_t most, std::size_t most_of_address, std::vector<std::string> apart)
      : most_(most), most_of_address_(most_of_address), apart_(std::move(apart)) {}

  /// False where there are as many as may be.
  bool let_in(const std::string& peer) {
    if (open_ >= most_) return false;
    if (is_counted(peer)) {
      std::size_t& of_peer = open_of_[network_of(peer)];
      if (of_peer >= most_of_address_) return false;
      ++of_peer;
    }
    ++open_;
    return true;
  }
  /// Of one that was let in.
  void left(const std::string& peer) {
    --open_;
    if (!is_counted(peer)) return;
    auto of_peer = open_of_.find(network_of(peer));
    if (--of_peer->second == 0) open_of_.erase(of_peer);
  }
  std::size_t open() const { return open_; }

 private:
  bool is_counted(const std::string& peer) const {
    return !is_loopback(peer) && std::find(apart_.begin(), apart_.end(), peer) == apart_.end();
  }

  const std::size_t most_;
  const std::size_t most_of_address_;
  const std::vector<std::string> apart_;
  std::size_t open_ = 0;
  std::unordered_map<std::string, std::size_t> open_of_;
};

}  // namespace tanfang::http
