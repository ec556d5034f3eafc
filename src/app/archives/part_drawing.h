// Parts of an archive drawn by two threads and handed on in their order. Inside the folder only.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/archives/archives_store.h"
#include "app/printing/gathering.h"

namespace tanfang::app::archives {

struct GatheredPart {
  std::vector<store::Filed> records;
  std::vector<Gathered> sheets;           // by record
  std::vector<std::pair<Id, Id>> opened;  // records and their people, for the trail
};

struct DrawnPart {
  std::vector<store::Filed> records;  // with their pages
  std::vector<std::string> copies;    // each a PDF
  std::vector<std::pair<Id, Id>> opened;
};

/// One thread lays out and draws while the other opens the next part's records: gathering is done by one at a time, and
/// a part's pages are counted when those of all before it are.
class PartDrawing {
 public:
  /// The part behind the number given, or nullopt behind the last one. Called by one thread at a time, never by the
  /// maker's.
  using Gather = std::function<std::optional<GatheredPart>(std::int64_t after)>;
  PartDrawing(const Archive& archive, std::int64_t first_page, Gather gather);
  ~PartDrawing();
  PartDrawing(const PartDrawing&) = delete;
  PartDrawing& operator=(const PartDrawing&) = delete;

  /// The next one in order, or nullopt. Throws what gathering or drawing it threw.
  std::optional<DrawnPart> next();

 private:
  void work();
  /// False behind the last one, and where it was told to stop.
  bool take(GatheredPart& part, std::int64_t& number);
  DrawnPart draw(GatheredPart part, std::int64_t number);
  std::int64_t take_pages(std::int64_t number, std::int64_t pages);
  void fail(std::exception_ptr why);

  const Archive archive_;
  const Gather gather_;
  std::mutex gathering_;
  std::int64_t after_ = 0;  // with `gathering_`: the part taken last

  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  bool stopped_ = false;
  bool ended_ = false;
  std::exception_ptr failure_;
  std::int64_t taken_ = 0;    // how many parts
  std::int64_t counted_ = 0;  // of them, whose pages are known
  std::int64_t handed_on_ = 0;
  std::int64_t page_;
  std::map<std::int64_t, DrawnPart> drawn_;  // not handed on yet
  std::vector<std::thread> threads_;
};

}  // namespace tanfang::app::archives
