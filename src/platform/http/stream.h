// What a connection needs of its socket, plain or TLS, so that nothing above knows the network library.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tanfang::http {

/// Everything but `post` is called on the stream's own I/O thread, and every callback comes there. One read and one
/// write at a time.
class Stream {
 public:
  using Done = std::function<void(bool good)>;
  using Read = std::function<void(std::string_view bytes)>;
  using Moment = std::chrono::steady_clock::time_point;
  virtual ~Stream() = default;

  /// The TLS handshake; nothing on a plain stream.
  virtual void open(Done done) = 0;
  /// Some bytes, valid during the call; none where the peer has ended or the stream failed.
  virtual void read(Read read) = 0;
  /// All of both; they must live until `done`.
  virtual void write(std::string_view head, std::string_view body, Done done) = 0;
  /// Calls once at `moment`; a second call takes the place of the first.
  virtual void wake_at(Moment moment, std::function<void()> wake) = 0;
  /// From any thread: runs later on the I/O thread.
  virtual void post(std::function<void()> work) = 0;
  /// Tells the peer that no more bytes come, and throws away what it still sends until it ends too: a reset would take
  /// the last answer from it. A read that is open may end with nothing. The caller sees to the time.
  virtual void end(std::function<void()> done) = 0;
  /// Closes at once; open callbacks come with failure.
  virtual void close() = 0;
  virtual bool secure() const = 0;
};

}  // namespace tanfang::http
