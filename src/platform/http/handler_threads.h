// The threads that run handlers. Not asio::thread_pool: its lock, its condition variable and the mutex of that cost
// each request two or three futex calls more.
#pragma once

#include <semaphore.h>

#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tanfang::http {

class HandlerThreads {
 public:
  explicit HandlerThreads(std::size_t threads) {
    sem_init(&arrived_, 0, 0);
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
  }
  ~HandlerThreads() {
    join();
    sem_destroy(&arrived_);
  }
  HandlerThreads(const HandlerThreads&) = delete;
  HandlerThreads& operator=(const HandlerThreads&) = delete;

  void run(std::function<void()> work) {
    {
      std::lock_guard lock(mutex_);
      queue_.push_back(std::move(work));
    }
    sem_post(&arrived_);
  }

  /// Runs what waits, then ends.
  void join() {
    for (std::size_t i = 0; i < threads_.size(); ++i) run(nullptr);
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  void serve() {
    while (auto work = next()) work();
  }

  std::function<void()> next() {
    while (sem_wait(&arrived_) != 0) {
    }
    std::lock_guard lock(mutex_);
    auto work = std::move(queue_.front());
    queue_.pop_front();
    return work;
  }

  sem_t arrived_;
  std::mutex mutex_;
  std::deque<std::function<void()>> queue_;
  std::vector<std::thread> threads_;
};

}  // namespace tanfang::http
