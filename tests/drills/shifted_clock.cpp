// Loaded into a program before its libraries (LD_PRELOAD): the machine's wall clock, moved by as many nanoseconds as the
// file SHIFTED_CLOCK holds at that moment. The clocks that only go forward are left alone, as they are by who sets a
// machine's time.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

const std::atomic<std::int64_t>* open_shift() {
  const char* path = std::getenv("SHIFTED_CLOCK");
  int file = path ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) std::abort();
  void* place = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  if (place == MAP_FAILED) std::abort();
  return static_cast<const std::atomic<std::int64_t>*>(place);
}

std::int64_t wall_nanoseconds(clockid_t clock) {
  static const std::atomic<std::int64_t>* const shift = open_shift();
  timespec time{};
  ::syscall(SYS_clock_gettime, clock, &time);
  return time.tv_sec * kSecond + time.tv_nsec + *shift;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) {
  if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) {
    return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
  }
  std::int64_t now = wall_nanoseconds(clock);
  *time = {now / kSecond, now % kSecond};
  return 0;
}

int gettimeofday(timeval* time, void*) {
  std::int64_t now = wall_nanoseconds(CLOCK_REALTIME);
  *time = {now / kSecond, now % kSecond / 1000};
  return 0;
}

time_t time(time_t* into) {
  time_t now = wall_nanoseconds(CLOCK_REALTIME) / kSecond;
  if (into) *into = now;
  return now;
}
}
