// What plain and TLS streams share over their layer. Only the streams include this.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "platform/http/io_thread.h"

namespace tanfang::http {

/// `Layer`: the socket itself, or TLS over it.
template <typename Layer>
class SocketStream : public Stream {
 public:
  void write(std::string_view head, std::string_view body, Done done) override {
    std::array<asio::const_buffer, 2> both{asio::buffer(head), asio::buffer(body)};
    asio::async_write(layer_, both, [done = std::move(done)](Error error, std::size_t) { done(!error); });
  }

  void wake_at(Moment moment, std::function<void()> wake) override {
    timer_.expires_at(moment);
    timer_.async_wait([wake = std::move(wake)](Error error) {
      if (!error) wake();
    });
  }

  void post(std::function<void()> work) override { asio::post(io_.context, std::move(work)); }

  void close() override {
    Error ignored;
    timer_.cancel();
    layer_.lowest_layer().close(ignored);
  }

 protected:
  template <typename... Arguments>
  explicit SocketStream(IoThread& io, Arguments&&... layer)
      : layer_(std::forward<Arguments>(layer)...), timer_(io.context), io_(io) {}

  Layer layer_;
  asio::steady_timer timer_;
  IoThread& io_;
};

}  // namespace tanfang::http
