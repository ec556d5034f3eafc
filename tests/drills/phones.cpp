#include "drills/phones.h"

#include <fmt/format.h>

#include <stdexcept>

namespace tanfang::drills {
namespace {

constexpr int kPhones = 32;
constexpr int kAgain = 16;         // one in so many is one that was acknowledged
constexpr int kDeclarations = 40;  // one in so many
constexpr auto kPatience = std::chrono::seconds(60);
constexpr int kMostSilences = 3;  // of 20 seconds, as long as a client of the tests waits

bool is_declaration(std::int64_t key) { return key % kDeclarations == 0; }

std::string text_of(const std::string& body, const std::string& name) {
  std::size_t at = body.find("\"" + name + "\":\"");
  if (at == std::string::npos) return "";
  at += name.size() + 4;
  return body.substr(at, body.find('"', at) - at);
}

}  // namespace

std::int64_t Phones::Counts::at(int status) const {
  auto found = by_status.find(status);
  return found == by_status.end() ? 0 : found->second;
}

Phones::Phones(Session session) : session_(std::move(session)) {}

void Phones::start(std::uint16_t port) {
  stopping_ = false;
  counts_ = {};
  running_ = kPhones;
  for (int i = 0; i < kPhones; ++i) threads_.emplace_back([this, port] { run(port); });
}

void Phones::wait_until(const std::function<bool(const Counts&)>& so) {
  std::unique_lock lock(mutex_);
  bool in_time = changed_.wait_for(lock, kPatience, [&] { return so(counts_) || running_ == 0; });
  if (in_time && so(counts_)) return;
  std::string seen;
  for (const auto& [status, count] : counts_.by_status) seen += fmt::format(" {}x{}", count, status);
  throw std::runtime_error("waited in vain; answers so far:" + seen);
}

void Phones::wait_for_more(std::int64_t acknowledged) {
  std::int64_t before = -1;
  wait_until([&](const Counts& counts) {
    if (before < 0) before = counts.acknowledged();
    return counts.acknowledged() >= before + acknowledged;
  });
}

void Phones::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Phones::settle(std::uint16_t port) {
  settling_ = true;
  start(port);
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  settling_ = false;
  if (!open_.empty()) faults_.push_back(fmt::format("{} were never acknowledged", open_.size()));
}

/// 0 where there is nothing more to send.
std::int64_t Phones::next_key() {
  std::lock_guard lock(mutex_);
  if (stopping_) return 0;
  if (!open_.empty()) return open_.extract(open_.begin()).value();
  if (settling_) return 0;
  if (!acknowledged_.empty() && random_() % kAgain == 0) {
    auto from =
        acknowledged_.lower_bound(1 + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(fresh_)));
    if (from != acknowledged_.end()) return from->first;
  }
  return fresh_++;
}

std::string Phones::request(std::int64_t key) const {
  if (!is_declaration(key)) return http::post("/api/v1/visits", visits_.json(key), session_.headers());
  std::int64_t nth = key / kDeclarations;
  std::string day = (*Date::parse("2000-01-01") + static_cast<int>(nth)).iso();
  return http::post(
      "/api/v1/plan/declarations",
      fmt::format(R"({{"area":"510521100","first_day":"{}","last_day":"{}","reason":"drill {}"}})", day, day, nth),
      fmt::format("{}Idempotency-Key: drill-{}\r\n", session_.headers(), nth));
}

void Phones::run(std::uint16_t port) {
  try {
    std::optional<http::TestClient> wire(std::in_place, port);
    while (std::int64_t key = next_key()) {
      http::Answer answer;
      std::int64_t answers_before = answers_;
      try {
        answer = wire->ask(request(key));
      } catch (const std::exception&) {
        if (!note_silence(key, answers_before)) break;
        wire.emplace(port);
        continue;
      }
      note(key, answer);
      if (answer.status == 0 || answer.value("connection") == "close") break;
    }
  } catch (const std::exception&) {
    // Nobody listens: the server is gone.
  }
  std::lock_guard lock(mutex_);
  --running_;
  changed_.notify_all();
}

/// One of 32 waits long where the machine is busy and all write into one town: it asks again, as a phone does. False
/// where nobody at all is answered any more.
bool Phones::note_silence(std::int64_t key, std::int64_t answers_before) {
  std::lock_guard lock(mutex_);
  if (!acknowledged_.contains(key)) open_.insert(key);
  bool stuck = answers_ == answers_before;
  if (stuck) faults_.push_back("for 20 seconds nobody was answered");
  if (++silences_[key] == kMostSilences) faults_.push_back(fmt::format("{} was not answered in a minute", key));
  return !stuck;
}

void Phones::note(std::int64_t key, const http::Answer& answer) {
  std::lock_guard lock(mutex_);
  if (answer.status != 0) ++answers_;
  ++counts_.by_status[answer.status];
  bool good = answer.status == 200 || answer.status == 201;
  if (good) acknowledge(key, answer);
  if (!good && !acknowledged_.contains(key)) open_.insert(key);
  if (!good && answer.status != 0 && answer.value("content-type") != "application/problem+json") {
    faults_.push_back(fmt::format("status {} without problem+json", answer.status));
  }
  changed_.notify_all();
}

void Phones::acknowledge(std::int64_t key, const http::Answer& answer) {
  std::string said = is_declaration(key) ? std::to_string(answer.status) + answer.body : text_of(answer.body, "id");
  auto [known, fresh] = acknowledged_.emplace(key, said);
  if (known->second != said)
    faults_.push_back(fmt::format("{} was answered {} before, now {}", key, known->second, said));
  if (!fresh && !is_declaration(key) && answer.status != 200)
    faults_.push_back(fmt::format("{} was stored again", key));
}

Phones::Acknowledged Phones::acknowledged_so_far() {
  std::lock_guard lock(mutex_);
  return acknowledged_;
}

void Phones::forget_acknowledged() {
  for (const auto& [key, said] : acknowledged_) open_.insert(key);
  acknowledged_.clear();
}

std::vector<std::string> Phones::missing(Deployment& deployment, const Acknowledged& acknowledged) {
  std::map<std::int64_t, std::string> stored;
  deployment.county().each_visit([&](std::int64_t key, Id id) { stored.emplace(key, format_id(id)); });
  std::vector<std::string> found;
  for (const auto& [key, said] : acknowledged) {
    if (!is_declaration(key) && stored[key] != said) found.push_back(fmt::format("visit {} was lost", key));
  }
  return found;
}

std::vector<std::string> Phones::compare(Deployment& deployment) const {
  county::InventedCounty county = deployment.county();
  std::vector<std::string> found = county.disagreements();
  std::map<std::int64_t, std::string> stored;
  county.each_visit([&](std::int64_t key, Id id) {
    if (!stored.emplace(key, format_id(id)).second) found.push_back(fmt::format("visit {} is stored twice", key));
    if (!acknowledged_.contains(key)) found.push_back(fmt::format("visit {} was never sent", key));
  });
  std::size_t declarations = 0;
  for (const auto& [key, said] : acknowledged_) {
    declarations += is_declaration(key);
    if (!is_declaration(key) && stored[key] != said) found.push_back(fmt::format("visit {} was lost", key));
  }
  county.database().read([&](db::Session& session) {
    session.query("select count(*), count(distinct first_day) from planning_declarations", {}, [&](const db::Row& row) {
      if (row.integer(0) != row.integer(1)) found.push_back("a declaration is stored twice");
      if (row.integer(1) != static_cast<std::int64_t>(declarations)) found.push_back("declarations were lost");
    });
  });
  return found;
}

}  // namespace tanfang::drills
