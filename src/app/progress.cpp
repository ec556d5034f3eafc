#include "app/progress.h"

#include <fmt/format.h>
#include <unistd.h>

namespace tanfang::app {
namespace {

constexpr std::int64_t kLineEvery = 100'000;

}  // namespace

Progress::Progress(std::string words) : words_(std::move(words)), terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (terminal_ && told_ > 0) fmt::print(stderr, "\n");
}

void Progress::tell(std::int64_t done) {
  if (terminal_) {
    fmt::print(stderr, "\r{} {}", done, words_);
    told_ = done;
  } else if (done / kLineEvery > told_ / kLineEvery) {
    fmt::print(stderr, "{} {}\n", done, words_);
    told_ = done;
  }
}

}  // namespace tanfang::app
