// The machine's clock jumps under load: every record is taken, nothing is lost or doubled, and nobody who was at work
// is signed out.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>

#include "base/date.h"
#include "drills/phones.h"
#include "platform/files/files.h"
#include "platform/time/system_clock.h"

namespace tanfang::drills {
namespace {

using namespace std::chrono_literals;

/// The wall clock of all programs that are started while this lives.
class ShiftedClock {
 public:
  explicit ShiftedClock(const std::string& file) {
    files::write_whole(file, std::string(sizeof(std::int64_t), '\0'));
    int opened = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    void* place = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, opened, 0);
    ::close(opened);
    if (place == MAP_FAILED) throw std::runtime_error("no shared memory for the clock");
    shift_ = static_cast<std::atomic<std::int64_t>*>(place);
    const char* options = std::getenv("ASAN_OPTIONS");
    ::setenv("ASAN_OPTIONS", (std::string(options ? options : "") + ":verify_asan_link_order=0").c_str(), 1);
    ::setenv("SHIFTED_CLOCK", file.c_str(), 1);
    ::setenv("LD_PRELOAD", TANFANG_SHIFTED_CLOCK, 1);
  }
  ~ShiftedClock() {
    ::unsetenv("LD_PRELOAD");
    ::munmap(shift_, sizeof(std::int64_t));
  }
  ShiftedClock(const ShiftedClock&) = delete;
  ShiftedClock& operator=(const ShiftedClock&) = delete;

  void jump(std::chrono::nanoseconds by) { *shift_ += by.count(); }
  void set(Instant moment) { jump(std::chrono::milliseconds(moment.milliseconds) - now()); }

 private:
  std::chrono::nanoseconds now() const {
    return std::chrono::milliseconds(SystemClock().now().milliseconds) + std::chrono::nanoseconds(*shift_);
  }

  std::atomic<std::int64_t>* shift_;
};

TEST(ClockJumps, UnderLoadNothingIsRefusedLostOrDoubled) {
  db::TestFolder folder;
  ShiftedClock clock(folder.file("clock"));
  clock.set(parse_instant("2024-04-02T01:00:00Z").value());
  Deployment deployment;
  deployment.use_the_machines_clock();
  deployment.start();
  Phones phones(deployment.sign_in());
  phones.start(deployment.port());
  phones.wait_for_more(200);
  // Forward by less than what ends an idle session, which half an hour does.
  for (int time = 0; time < (is_long() ? 10 : 2); ++time) {
    for (std::chrono::minutes jump : {-90min, 20min, -1min, 20min, 20min, -20min}) {
      clock.jump(jump);
      phones.wait_for_more(200);
    }
  }
  phones.stop();
  for (const auto& [status, count] : phones.counts().by_status) {
    EXPECT_TRUE(status == 200 || status == 201) << count << " answers of status " << status;
  }
  phones.settle(deployment.port());
  EXPECT_EQ(deployment.stop(), 0);
  EXPECT_EQ(phones.faults(), std::vector<std::string>());
  EXPECT_EQ(phones.compare(deployment), std::vector<std::string>());
}

}  // namespace
}  // namespace tanfang::drills
