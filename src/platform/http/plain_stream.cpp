#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "platform/http/io_thread.h"

namespace tanfang::http {
namespace {

class PlainStream : public Stream {
 public:
  PlainStream(Socket socket, IoThread& io) : socket_(std::move(socket)), timer_(io.context), io_(io) {
    Error ignored;
    socket_.non_blocking(true, ignored);
  }

  void open(Done done) override { done(true); }

  void read(Read read) override {
    socket_.async_wait(Socket::wait_read, [this, read = std::move(read)](Error error) {
      if (error) return read("");
      std::size_t count = socket_.read_some(asio::buffer(io_.scratch), error);
      if (error == asio::error::would_block || error == asio::error::try_again) return this->read(read);
      read(error ? std::string_view() : std::string_view(io_.scratch.data(), count));
    });
  }

  void write(std::string_view head, std::string_view body, Done done) override {
    std::array<asio::const_buffer, 2> both{asio::buffer(head), asio::buffer(body)};
    asio::async_write(socket_, both, [done = std::move(done)](Error error, std::size_t) { done(!error); });
  }

  void wake_at(Moment moment, std::function<void()> wake) override {
    timer_.expires_at(moment);
    timer_.async_wait([wake = std::move(wake)](Error error) {
      if (!error) wake();
    });
  }

  void post(std::function<void()> work) override { asio::post(io_.context, std::move(work)); }

  void end(std::function<void()> done) override {
    Error ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    discard(socket_, io_, std::move(done));
  }

  void close() override {
    Error ignored;
    timer_.cancel();
    socket_.close(ignored);
  }

  std::string peer() const override { return address_of(socket_); }
  bool secure() const override { return false; }

 private:
  Socket socket_;
  asio::steady_timer timer_;
  IoThread& io_;
};

}  // namespace

std::string address_of(const Socket& socket) {
  Error error;
  auto end = socket.remote_endpoint(error);
  return error ? "" : end.address().to_string();
}

void discard(Socket& socket, IoThread& io, std::function<void()> done, std::uint64_t left) {
  socket.async_wait(Socket::wait_read, [&socket, &io, done = std::move(done), left](Error error) {
    if (error) return done();
    std::size_t count = socket.read_some(asio::buffer(io.scratch), error);
    bool later = error == asio::error::would_block || error == asio::error::try_again;
    if ((error && !later) || count >= left) return done();
    discard(socket, io, done, left - count);
  });
}

std::unique_ptr<Stream> plain_stream(Socket socket, IoThread& io) {
  return std::make_unique<PlainStream>(std::move(socket), io);
}

}  // namespace tanfang::http
