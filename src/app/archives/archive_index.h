// The first file of each copy of an archive: what the pile is, and in which volume on which page each record stands.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/date.h"

namespace tanfang::app::archives {

struct Cover {
  std::string place;  // 兆雅镇大寨村
  std::string month;  // YYYY-MM
  std::string archive;
  std::string asked_by;
  Instant asked_at;
  std::int64_t records = 0;
  std::int64_t pages = 0;
  std::int64_t volumes = 0;
  int copy = 1;  // which one this is
  int copies = 1;
};

struct IndexLine {
  std::int64_t number = 0;
  std::string village;
  std::string name;
  std::string visited_on;
  std::string form;
  std::int64_t volume = 0;  // the number that its file's name begins with
  std::int64_t page = 0;    // of the volume
  std::int64_t pages = 0;
};

/// As PDF. `next` gives one line after another, false behind the last.
std::string draw_index(const Cover& cover, const std::function<bool(IndexLine&)>& next);

}  // namespace tanfang::app::archives
