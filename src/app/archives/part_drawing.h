// Files of an archive drawn by two threads, each as long as it is, a few records at a time. Inside the folder only.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/archives/archives_store.h"
#include "app/printing/gathering.h"

namespace tanfang::app::archives {

/// Records of one part that follow one another: so many that their pictures and pages have room in memory.
struct GatheredGroup {
  std::vector<store::Filed> records;
  std::vector<Gathered> sheets;           // by record
  std::vector<std::pair<Id, Id>> opened;  // records and their people, for the trail
  bool last = false;                      // of the part
};

/// What a group adds to its part's file, in each copy.
struct DrawnGroup {
  std::int64_t part = 0;
  std::int64_t piece = 0;  // which one of the file, from 0
  std::int64_t count = 0;  // of its records
  std::vector<std::string> copies;
  bool last = false;
  std::vector<store::Filed> records;      // with the last one: all of the part, with their pages
  std::vector<std::pair<Id, Id>> opened;  // likewise
};

/// Where records come from. Called by one thread at a time, never by the maker's.
struct Source {
  /// The part behind the number given that is to be drawn.
  std::function<std::optional<std::int64_t>(std::int64_t after)> next_part;
  /// Its records behind the place given: at least one.
  std::function<GatheredGroup(std::int64_t part, std::int64_t after)> gather;
};

/// Each thread lays out and draws a part of its own, all copies at once, while the other opens the records of its.
class PartDrawing {
 public:
  PartDrawing(const Archive& archive, Source source);
  ~PartDrawing();
  PartDrawing(const PartDrawing&) = delete;
  PartDrawing& operator=(const PartDrawing&) = delete;

  /// The next one, or nullopt: of one part in their order, of several parts as they come. Throws what gathering or
  /// drawing it threw.
  std::optional<DrawnGroup> next();

 private:
  void work();
  std::optional<std::int64_t> take_part();
  /// False where it was told to stop.
  bool draw(std::int64_t part);
  bool hand_on(DrawnGroup group);

  const Archive archive_;
  const Source source_;
  std::mutex gathering_;
  std::int64_t after_ = 0;  // with `gathering_`: the part taken last

  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  bool stopped_ = false;
  int working_ = 0;  // threads
  std::exception_ptr failure_;
  std::deque<DrawnGroup> drawn_;  // not handed on yet
  std::vector<std::thread> threads_;
};

}  // namespace tanfang::app::archives
