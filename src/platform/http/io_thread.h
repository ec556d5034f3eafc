// One I/O thread: its event loop and the connections that live on it. Only server and streams include this.
#pragma once

#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <thread>

#include "platform/http/stream.h"

namespace tanfang::http {

namespace asio = boost::asio;
using Socket = asio::ip::tcp::socket;
using Error = boost::system::error_code;

struct IoThread {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
  /// Every plain connection reads into it, so that idle ones hold no buffer.
  std::array<char, 64u << 10> scratch;
  std::thread thread;
};

/// Reads and throws away until the peer ends, fails, or has sent too much.
void discard(Socket& socket, IoThread& io, std::function<void()> done, std::uint64_t left = 64u << 20);

/// The `io` must outlive the stream.
std::unique_ptr<Stream> plain_stream(Socket socket, IoThread& io);
std::string address_of(const Socket& socket);

}  // namespace tanfang::http
