// The HTTP edge: what 10,000 idle clients cost, and how many trivial requests it answers with the client on the same
// machine, beside a server that does nothing but read and write on the same sockets.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench.h"
#include "platform/http/server.h"
#include "platform/time/system_clock.h"

namespace tanfang::bench {
namespace {

constexpr int kIdle = 10'000;
constexpr int kBusy = 32;
constexpr auto kLength = std::chrono::seconds(3);
constexpr std::string_view kRequest = "GET / HTTP/1.1\r\nHost: bench\r\n\r\n";

void raise_open_files() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < kIdle + 500) throw std::runtime_error("the limit of open files is too low for this benchmark");
}

double resident_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

int connect_to(std::uint16_t port) {
  int one = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (one < 0 || connect(one, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) _exit(3);
  return one;
}

/// A small answer comes in one piece.
void ask_all(const std::vector<int>& sockets) {
  char answer[4096];
  for (int each : sockets) {
    if (send(each, kRequest.data(), kRequest.size(), MSG_NOSIGNAL) < 0) _exit(3);
  }
  for (int each : sockets) {
    if (recv(each, answer, sizeof answer, 0) <= 0) _exit(3);
  }
}

/// A process that has `clients` connections and has asked on each once, until this object goes.
class Clients {
 public:
  Clients(std::uint16_t port, int clients) {
    int ready[2];
    if (pipe(ready) != 0 || pipe(end_) != 0 || (process_ = fork()) < 0) throw std::runtime_error("cannot fork clients");
    if (process_ == 0) {
      ::close(end_[1]);
      std::vector<int> sockets;
      for (int i = 0; i < clients; ++i) {
        sockets.push_back(connect_to(port));
        ask_all({sockets.back()});
      }
      char byte = 1;
      bool told = write(ready[1], &byte, 1) == 1;
      while (told && read(end_[0], &byte, 1) > 0) {
      }
      _exit(told ? 0 : 3);
    }
    char byte = 0;
    ::close(ready[1]);
    bool good = read(ready[0], &byte, 1) == 1;
    ::close(ready[0]);
    ::close(end_[0]);
    if (!good) throw std::runtime_error("the clients did not connect");
  }
  ~Clients() {
    ::close(end_[1]);
    waitpid(process_, nullptr, 0);
  }

 private:
  int end_[2];
  pid_t process_ = -1;
};

/// Requests a second from `kBusy` connections of another process.
double requests_a_second(std::uint16_t port) {
  int result[2];
  if (pipe(result) != 0) throw std::runtime_error("no pipe");
  pid_t process = fork();
  if (process == 0) {
    std::vector<int> sockets;
    for (int i = 0; i < kBusy; ++i) sockets.push_back(connect_to(port));
    auto end = std::chrono::steady_clock::now() + kLength;
    double done = 0;
    double seconds = seconds_of([&] {
      for (; std::chrono::steady_clock::now() < end; done += kBusy) ask_all(sockets);
    });
    double rate = done / seconds;
    _exit(write(result[1], &rate, sizeof rate) == sizeof rate ? 0 : 3);
  }
  ::close(result[1]);
  double rate = 0;
  bool good = read(result[0], &rate, sizeof rate) == sizeof rate;
  ::close(result[0]);
  waitpid(process, nullptr, 0);
  if (!good) throw std::runtime_error("the client failed");
  return rate;
}

/// The peer: a thread a connection that reads and writes the same bytes and understands nothing.
class Parrot {
 public:
  Parrot() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 100) != 0) {
      throw std::runtime_error("cannot listen");
    }
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] {
      for (int i = 0; i < kBusy; ++i)
        threads_.emplace_back([one = accept(listener_, nullptr, nullptr)] { repeat(one); });
    });
  }
  ~Parrot() {
    acceptor_.join();
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
  }
  std::uint16_t port() const { return port_; }

 private:
  static void repeat(int one) {
    const std::string answer(300, 'x');
    char request[4096];
    while (recv(one, request, sizeof request, 0) > 0) {
      if (send(one, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) break;
    }
    ::close(one);
  }

  int listener_;
  std::uint16_t port_ = 0;
  std::thread acceptor_;
  std::vector<std::thread> threads_;
};

http::Router trivial() {
  http::Router router;
  router.get("/", [](const http::Request&) { return http::text_response("hello"); });
  return router;
}

const Benchmark kHttpBenchmark("http", "10,000 idle clients, and trivial requests", [](Report& report) {
  raise_open_files();
  SystemClock clock;
  http::Settings settings;
  settings.clock = &clock;
  settings.handler_threads = 2;
  double peer = 0;
  {
    Parrot parrot;
    peer = requests_a_second(parrot.port());
  }
  double before = resident_megabytes();
  http::Server server(settings, trivial());
  {
    Clients clients(server.port(), kIdle);
    report.at_most("memory of 10,000 idle clients", resident_megabytes() - before, "MB", 80);
    report.note("trivial requests while they wait", requests_a_second(server.port()), "1/s");
  }
  double own = requests_a_second(server.port());
  report.note("sockets read and written by a thread a connection", peer, "1/s");
  report.note("trivial requests through router and handler threads", own, "1/s");
  report.at_least("requests ÷ bare sockets", own / peer, "x", 0.3);
});

}  // namespace
}  // namespace tanfang::bench
