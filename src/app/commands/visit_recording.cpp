#include "app/commands/visit_recording.h"

#include <functional>
#include <istream>
#include <string_view>
#include <thread>

#include "app/json/visits_json.h"
#include "base/problem.h"
#include "base/text.h"

namespace tanfang::app {
namespace {

constexpr std::size_t kMostInFlight = 4096;
constexpr std::size_t kLongestLine = 1u << 20;

/// The next line without its end, cut behind the longest a record may be; false at the end of the stream.
bool read_line(std::istream& in, std::string& line) {
  line.clear();
  std::streambuf* bytes = in.rdbuf();
  for (;;) {
    int next = bytes->sbumpc();
    if (next == std::char_traits<char>::eof()) return !line.empty();
    if (next == '\n') return true;
    if (line.size() <= kLongestLine) line.push_back(static_cast<char>(next));
  }
}

/// What stands behind `"key"` in the line, to keep lines of one key in order. A line that hides its key in another way
/// only loses that order.
std::string_view written_key(std::string_view line) {
  std::size_t at = line.find("\"key\"");
  if (at == std::string_view::npos) return {};
  std::size_t begin = line.find('"', at + 5);
  if (begin == std::string_view::npos) return {};
  std::size_t end = line.find('"', begin + 1);
  return end == std::string_view::npos ? std::string_view() : line.substr(begin, end - begin);
}

}  // namespace

std::string record_one(Surroundings& surroundings, const visits::Ground& ground, const std::string& county,
                       const std::string& line) {
  std::string key;
  try {
    if (line.size() > kLongestLine) throw line_too_long();
    visits::VisitEntry entry = visits::read_entry(line, key);
    visits::PreparedVisit prepared;
    surroundings.database().read([&](db::Session& session) {
      prepared = visits::prepare_visit(session, ground, surroundings.keys(), surroundings.ids(), surroundings.now(),
                                       county, entry);
    });
    visits::Recorded recorded{prepared.repeats, visits::Recording::repeated, {}};
    if (prepared.repeats.value == 0) {
      surroundings.write([&](audit::Work& work) { recorded = visits::record_visit(work, ground, prepared); });
    }
    return recorded_json(key, recorded);
  } catch (const Problem& problem) {
    return refused_json(key, problem);
  }
}

VisitRecording::VisitRecording(Surroundings& surroundings, const visits::Ground& ground, std::string county,
                               int writers)
    : surroundings_(surroundings),
      ground_(ground),
      county_(std::move(county)),
      waiting_(static_cast<std::size_t>(writers)),
      arrived_(static_cast<std::size_t>(writers)) {
  // Opened here, once, because the writers share them.
  surroundings_.database();
  surroundings_.keys();
  surroundings_.ids();
}

void VisitRecording::run(std::istream& in, std::FILE* out) {
  out_ = out;
  std::vector<std::thread> writers;
  for (std::size_t i = 0; i < waiting_.size(); ++i) writers.emplace_back([this, i] { work(i); });
  std::string line;
  while (read_line(in, line)) {
    if (!trimmed(line).empty()) put(std::move(line));
    std::lock_guard lock(mutex_);
    if (failure_) break;
  }
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
    for (auto& arrived : arrived_) arrived.notify_one();
  }
  for (std::thread& writer : writers) writer.join();
  if (failure_) std::rethrow_exception(failure_);
}

void VisitRecording::put(std::string line) {
  std::size_t writer = std::hash<std::string_view>()(written_key(line)) % waiting_.size();
  std::unique_lock lock(mutex_);
  room_.wait(lock, [this] { return slots_.size() < kMostInFlight || failure_; });
  slots_.emplace_back();
  slots_.back().line = std::move(line);
  waiting_[writer].push_back(&slots_.back());
  arrived_[writer].notify_one();
}

void VisitRecording::work(std::size_t writer) {
  for (;;) {
    Slot* slot = nullptr;
    {
      std::unique_lock lock(mutex_);
      arrived_[writer].wait(lock, [&] { return ended_ || failure_ || !waiting_[writer].empty(); });
      if (failure_ || waiting_[writer].empty()) return;
      slot = waiting_[writer].front();
      waiting_[writer].pop_front();
    }
    try {
      slot->answer = record_one(surroundings_, ground_, county_, slot->line) + "\n";
    } catch (...) {
      slot->failure = std::current_exception();
    }
    finish(*slot);
  }
}

void VisitRecording::finish(Slot& slot) {
  std::lock_guard lock(mutex_);
  slot.done = true;
  bool printed = false;
  while (!failure_ && !slots_.empty() && slots_.front().done) {
    Slot& first = slots_.front();
    failure_ = first.failure;
    if (failure_) break;
    printed = std::fwrite(first.answer.data(), 1, first.answer.size(), out_) == first.answer.size();
    if (!printed) failure_ = std::make_exception_ptr(Failure("the answers cannot be written"));
    slots_.pop_front();
  }
  if (printed && std::fflush(out_) != 0) failure_ = std::make_exception_ptr(Failure("the answers cannot be written"));
  if (failure_) {
    for (auto& arrived : arrived_) arrived.notify_one();
  }
  room_.notify_one();
}

}  // namespace tanfang::app
