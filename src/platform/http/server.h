// The HTTP/1.1 server: bytes and sockets on a few I/O threads, routes on a bounded pool of handler threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "platform/http/access_log.h"
#include "platform/http/request_parser.h"
#include "platform/http/router.h"

namespace tanfang::http {

/// How long each step may take. A request that passes its time is answered (408, 504) and its connection closed.
struct Timeouts {
  std::chrono::milliseconds handshake{10'000};
  /// Between requests.
  std::chrono::milliseconds idle{75'000};
  std::chrono::milliseconds header{10'000};
  /// A body must have brought `body_rate` bytes for every second past `body_grace`.
  std::chrono::milliseconds body_grace{10'000};
  std::uint64_t body_rate = 2048;
  /// From the first byte to the answer of the route.
  std::chrono::milliseconds request{60'000};
  /// For each 64 KB of an answer.
  std::chrono::milliseconds write{30'000};
  /// After the last answer, for what the client still sends.
  std::chrono::milliseconds linger{1'000};
  /// Between comments on a silent stream of events.
  std::chrono::milliseconds heartbeat{20'000};
  /// A stream of events ends after so long; browsers begin it again by themselves, and their rights are asked anew.
  std::chrono::milliseconds events{300'000};
};

struct TlsFiles {
  /// PEM: the certificate with its chain, and its private key.
  std::string certificate;
  std::string key;
};

struct Settings {
  std::string address = "127.0.0.1";
  /// 0 takes a free one.
  std::uint16_t port = 0;
  int io_threads = 1;
  int handler_threads = 4;
  /// Requests that may wait for a handler thread; one more is answered 503.
  std::size_t queue = 256;
  std::size_t connections = 20'000;
  /// Of one address (IPv6: of its /64); loopback and the trusted proxies are free of it. One more is closed at once.
  std::size_t connections_of_address = 2'000;
  /// Addresses of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
  std::vector<std::string> trusted_proxies;
  HeaderLimits header;
  Timeouts timeouts;
  /// Where bodies of kind `file` and files of forms go, on the disk where they are to stay.
  std::string upload_folder = "/tmp";
  std::optional<TlsFiles> tls;
  /// Must outlive the server.
  const Clock* clock = nullptr;
  /// Called once for each request, on I/O threads.
  std::function<void(const AccessEntry&)> log = [](const AccessEntry&) {};
};

/// What has happened since the start, and what is happening.
struct Counts {
  std::uint64_t accepted = 0;
  std::uint64_t requests = 0;
  /// Answered 503 because the queue was full, and connections closed because there were too many.
  std::uint64_t turned_away = 0;
  /// Streams of events ended because their client did not read.
  std::uint64_t streams_cut = 0;
  /// Connections open now, and requests waiting or running now.
  std::uint64_t open = 0;
  std::uint64_t running = 0;
};

class Server {
 public:
  /// Listens when made. Throws Failure where the address is taken, Problem `http.tls_unusable` for bad TLS files.
  Server(Settings settings, Router router);
  /// Stops without waiting for anything but running handlers.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  /// Reads the TLS files again for connections from now on; those that are open keep theirs. Throws Problem
  /// `http.tls_unusable` and goes on with the old ones.
  void reload_tls();
  /// Takes no new connection, closes idle ones and streams of events, lets requests finish for up to `limit`, then cuts
  /// what is left. True where nothing was cut. May be called once.
  bool stop(std::chrono::milliseconds limit);
  Counts counts() const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace tanfang::http
