// Server-sent events: what a route pushes to one browser or to many, never waiting for any of them.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tanfang::http {

struct Event {
  /// Both may be empty; neither holds a line break.
  std::string id;
  std::string name;
  std::string data;
};
/// As it goes over the wire. Throws std::invalid_argument on a line break in id or name.
std::string event_text(const Event& event);

/// The queue of one client, bounded: who does not read in time is cut, and learns the present state when they come
/// back. Safe to use from many threads.
class EventStream {
 public:
  explicit EventStream(std::size_t most_bytes = 256u << 10) : most_bytes_(most_bytes) {}

  /// False where the client has gone or was cut.
  bool push(const Event& event) { return push_text(event_text(event)); }
  bool push_text(const std::string& text);
  /// Ends the stream after what is queued.
  void close();
  bool open() const;

  struct Taken {
    std::string text;
    bool ended = false;
    bool overflowed = false;
  };
  /// For the edge: `wake` is called, under the queue's lock, when there is something to take.
  void attach(std::function<void()> wake);
  Taken take();
  void detach();

 private:
  void wake_once();

  mutable std::mutex mutex_;
  std::size_t most_bytes_;
  std::string waiting_;
  bool closed_ = false;
  bool overflowed_ = false;
  bool woken_ = false;
  std::function<void()> wake_;
};

/// One thing that many clients follow (the progress of an import).
class EventTopic {
 public:
  std::shared_ptr<EventStream> follow();
  /// Begins with `first`: how it stands, for whoever comes in the middle or after the end.
  std::shared_ptr<EventStream> follow(const Event& first);
  void publish(const Event& event);
  /// Ends every stream; those that follow later end at once, after their first event.
  void close();
  std::size_t followers() const;

 private:
  std::shared_ptr<EventStream> add(std::shared_ptr<EventStream> stream);

  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<EventStream>> streams_;
  bool closed_ = false;
};

}  // namespace tanfang::http
