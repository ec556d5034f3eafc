#include "platform/http/network.h"
#include "platform/http/socket_stream.h"

namespace tanfang::http {
namespace {

class PlainStream : public SocketStream<Socket> {
 public:
  PlainStream(Socket socket, IoThread& io) : SocketStream(io, std::move(socket)) {
    Error ignored;
    layer_.non_blocking(true, ignored);
  }

  void open(Done done) override { done(true); }

  void read(Read read) override {
    layer_.async_wait(Socket::wait_read, [this, read = std::move(read)](Error error) {
      if (error) return read("");
      std::size_t count = layer_.read_some(asio::buffer(io_.scratch), error);
      if (error == asio::error::would_block || error == asio::error::try_again) return this->read(read);
      read(error ? std::string_view() : std::string_view(io_.scratch.data(), count));
    });
  }

  void end(std::function<void()> done) override {
    Error ignored;
    layer_.shutdown(Socket::shutdown_send, ignored);
    discard(layer_, io_, std::move(done));
  }

  bool secure() const override { return false; }
};

}  // namespace

std::string address_of(const Socket& socket) {
  Error error;
  auto end = socket.remote_endpoint(error);
  return error ? "" : plain_address(end.address().to_string());
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
