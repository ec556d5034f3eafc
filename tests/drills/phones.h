// 32 clients that write: each sends what is not acknowledged until it is, under the key it had the first time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "county/invented_visits.h"
#include "drills/deployment.h"

namespace tanfang::drills {

/// Visit records under keys of their own, and now and then a declaration under an `Idempotency-Key`, which is answered
/// with the same words when it is sent again.
class Phones {
 public:
  explicit Phones(Session session);
  ~Phones() { stop(); }

  struct Counts {
    std::map<int, std::int64_t> by_status;  // 0: the server was gone before it answered
    std::int64_t at(int status) const;
    std::int64_t acknowledged() const { return at(200) + at(201); }
  };

  /// All phones send to the port, without end, until they are stopped or the server is gone.
  void start(std::uint16_t port);
  /// Waits until the answers since `start` are so; throws where that takes a minute or all phones have ended.
  void wait_until(const std::function<bool(const Counts&)>& so);
  /// Likewise until so many more are acknowledged than now.
  void wait_for_more(std::int64_t acknowledged);
  void stop();
  /// Sends all that is open, and nothing new, until everything is acknowledged.
  void settle(std::uint16_t port);

  /// The answers since `start`, when the phones have stopped.
  const Counts& counts() const { return counts_; }
  using Acknowledged = std::map<std::int64_t, std::string>;  // by key: the id of a visit, the answer to a declaration
  Acknowledged acknowledged_so_far();
  /// From now on all that was acknowledged is open again, as after a loss that the phones were told of.
  void forget_acknowledged();
  std::int64_t acknowledged() const { return static_cast<std::int64_t>(acknowledged_.size()); }
  /// In words, what was acknowledged otherwise than before, what answers had no problem+json, and who was kept waiting:
  /// all phones for 20 seconds, or one record for a minute while others are answered.
  const std::vector<std::string>& faults() const { return faults_; }
  /// In words, what disagrees between the acknowledgements and what is stored.
  std::vector<std::string> compare(Deployment& deployment) const;
  /// In words, which visits of these are not stored.
  static std::vector<std::string> missing(Deployment& deployment, const Acknowledged& acknowledged);

 private:
  void run(std::uint16_t port);
  std::int64_t next_key();
  void note(std::int64_t key, const http::Answer& answer);
  bool note_silence(std::int64_t key, std::int64_t answers_before);
  void acknowledge(std::int64_t key, const http::Answer& answer);
  std::string request(std::int64_t key) const;

  const county::InventedVisits visits_{Deployment::kPeople};
  const Session session_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::thread> threads_;
  int running_ = 0;
  bool stopping_ = false;
  bool settling_ = false;
  Counts counts_;
  std::mt19937 random_{20240402};
  std::int64_t fresh_ = 1;
  std::set<std::int64_t> open_;            // sent and not acknowledged, or to be sent; not those that are on their way
  std::map<std::int64_t, int> silences_;   // how often it was not answered in time
  std::atomic<std::int64_t> answers_ = 0;  // of the server, to anybody
  Acknowledged acknowledged_;
  std::vector<std::string> faults_;
};

}  // namespace tanfang::drills
