// For tests: a server on a free port, and a client that sends exactly the bytes it is told to.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/problem.h"
#include "platform/http/server.h"

namespace tanfang::http {

struct Answer {
  int status = 0;
  std::vector<Field> headers;
  std::string body;
  const std::string* header(std::string_view name) const { return find_header(headers, name); }
  std::string value(std::string_view name) const { return header(name) ? *header(name) : "(none)"; }
};

/// Blocks, for at most 20 seconds a read.
class TestClient {
 public:
  explicit TestClient(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    timeval patience{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (receive_buffer > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("no server there");
    }
  }
  ~TestClient() { ::close(socket_); }
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  /// False where the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// The socket will end with a reset.
  void break_off() {
    linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  int descriptor() const { return socket_; }
  void end_sending() { shutdown(socket_, SHUT_WR); }

  /// Up to and with `end`, or all there is until the server closes.
  std::string read_until(std::string_view end) {
    while (waiting_.find(end) == std::string::npos && fill()) {
    }
    std::size_t at = waiting_.find(end);
    std::string taken = waiting_.substr(0, at == std::string::npos ? at : at + end.size());
    waiting_.erase(0, taken.size());
    return taken;
  }

  /// Status 0 where the server closed without an answer.
  Answer read_answer(bool head = false) {
    Answer answer;
    std::string text = read_until("\r\n\r\n");
    if (!text.starts_with("HTTP/1.1 ")) return answer;
    answer.status = std::atoi(text.c_str() + 9);
    std::size_t at = text.find("\r\n") + 2;
    for (std::size_t end; (end = text.find("\r\n", at)) != at && end != std::string::npos; at = end + 2) {
      std::size_t colon = text.find(": ", at);
      answer.headers.push_back({text.substr(at, colon - at), text.substr(colon + 2, end - colon - 2)});
    }
    const std::string* length = answer.header("content-length");
    std::size_t size = length && !head ? std::stoul(*length) : 0;
    answer.body = waiting_.substr(0, size);
    waiting_.erase(0, size);
    std::size_t have = answer.body.size();
    answer.body.resize(size);
    while (have < size) {
      std::size_t got = receive(answer.body.data() + have, size - have);
      if (got == 0) break;
      have += got;
    }
    answer.body.resize(have);
    return answer;
  }

  Answer ask(std::string_view request) {
    send(request);
    return read_answer(request.starts_with("HEAD"));
  }

  /// True when the server has closed and nothing more came.
  bool at_end() { return waiting_.empty() && !fill(); }

 private:
  /// 0 where the server has closed.
  std::size_t receive(char* bytes, std::size_t most) {
    ssize_t got = recv(socket_, bytes, most, 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("the server is silent");
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }

  bool fill() {
    char bytes[16384];
    std::size_t got = receive(bytes, sizeof bytes);
    waiting_.append(bytes, got);
    return got > 0;
  }

  int socket_;
  std::string waiting_;
};

/// Keeps what the server logs.
struct TestLog {
  void add(const AccessEntry& entry) {
    std::lock_guard lock(mutex);
    entries.push_back(entry);
  }
  std::vector<AccessEntry> all() {
    std::lock_guard lock(mutex);
    return entries;
  }
  std::mutex mutex;
  std::vector<AccessEntry> entries;
};

struct TestServer {
  explicit TestServer(Router router, Settings settings = {})
      : server(prepared(std::move(settings)), std::move(router)) {}
  Settings prepared(Settings settings) {
    settings.clock = &clock;
    settings.log = [this](const AccessEntry& entry) { log.add(entry); };
    return settings;
  }
  TestClient client() { return TestClient(server.port()); }
  Answer ask(std::string_view request) { return client().ask(request); }

  FixedClock clock{Instant{784'111'777'000}};
  TestLog log;
  Server server;
};

inline std::string get(std::string_view path, std::string_view more = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n" + std::string(more) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body, std::string_view more = "") {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n" + std::string(more) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

/// The code of a problem answer.
inline std::string code_of(const Answer& answer) {
  std::size_t at = answer.body.find("\"code\":\"");
  if (at == std::string::npos) return "";
  return answer.body.substr(at + 8, answer.body.find('"', at + 8) - at - 8);
}

template <typename Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const Problem& problem) {
    return problem.code;
  }
  return "";
}

}  // namespace tanfang::http
