// Forms with their layouts, read when something is printed for the first time.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/ground.h"
#include "app/printing/gathering.h"

namespace tanfang::app {

/// What it is given must outlive it. Safe to use from many threads.
class PrintGround {
 public:
  PrintGround(std::string shipped, std::vector<std::string> further, const VisitsGround& rooms)
      : shipped_(std::move(shipped)), further_(std::move(further)), rooms_(rooms) {}

  /// Throws as `paper::load_layouts`.
  const PrintingGround& ground();

 private:
  const std::string shipped_;
  const std::vector<std::string> further_;
  const VisitsGround& rooms_;
  std::mutex mutex_;
  std::optional<paper::Layouts> layouts_;
  std::optional<PrintingGround> ground_;
};

}  // namespace tanfang::app
