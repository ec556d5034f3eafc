#include "platform/http/server.h"

#include <atomic>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <unordered_set>

#include "base/problem.h"
#include "platform/http/connection.h"
#include "platform/http/doorkeeper.h"
#include "platform/http/handler_threads.h"
#include "platform/http/io_thread.h"
#include "platform/http/network.h"
#include "platform/http/tls_stream.h"

namespace tanfang::http {

using asio::ip::tcp;

namespace {

Settings with_plain_proxies(Settings settings) {
  for (std::string& proxy : settings.trusted_proxies) proxy = plain_address(proxy);
  return settings;
}

}  // namespace

/// What the server is made of. The first I/O thread also accepts.
class Server::Engine {
 public:
  Engine(Settings settings, Router router);
  ~Engine();

  std::uint16_t port() const { return port_; }
  void reload_tls() {
    if (tls_) tls_->reload();
  }
  bool stop(std::chrono::milliseconds limit);
  Counts counts() const;

 private:
  /// The site as the connections of one I/O thread see it.
  struct Lane : Site {
    explicit Lane(Engine& engine) : engine(engine) {}
    const Settings& settings() const override { return engine.settings_; }
    const Router& router() const override { return engine.router_; }
    bool run(std::function<void()> work) override { return engine.run(std::move(work)); }
    bool stopping() const override { return engine.stopping_; }
    void count_request() override { ++engine.requests_; }
    void count_cut() override { ++engine.streams_cut_; }
    void left(Connection& connection) override {
      connections.erase(&connection);
      engine.one_left(connection.peer());
    }

    Engine& engine;
    IoThread io;
    std::unordered_set<Connection*> connections;
  };

  void listen();
  void accept();
  void take(Lane& lane, Socket socket);
  bool run(std::function<void()> work);
  void one_left(const std::string& peer);
  void on_every_connection(void (Connection::*call)());
  bool wait_until_empty(std::chrono::steady_clock::time_point deadline);
  void end_threads();

  Settings settings_;
  Router router_;
  std::unique_ptr<TlsKeeper> tls_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::size_t next_lane_ = 0;
  std::unique_ptr<tcp::acceptor> acceptor_;
  std::unique_ptr<asio::steady_timer> retry_;
  std::uint16_t port_ = 0;
  HandlerThreads handlers_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> accepted_ = 0;
  std::atomic<std::uint64_t> requests_ = 0;
  std::atomic<std::uint64_t> turned_away_ = 0;
  std::atomic<std::uint64_t> streams_cut_ = 0;
  std::atomic<std::size_t> running_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Doorkeeper door_;
  bool ended_ = false;
};

Server::Engine::Engine(Settings settings, Router router)
    : settings_(with_plain_proxies(std::move(settings))),
      router_(std::move(router)),
      tls_(settings_.tls ? std::make_unique<TlsKeeper>(*settings_.tls) : nullptr),
      handlers_(static_cast<std::size_t>(settings_.handler_threads)),
      door_(settings_.connections, settings_.connections_of_address, settings_.trusted_proxies) {
  if (!settings_.clock) throw std::invalid_argument("a server needs a clock");
  for (int i = 0; i < settings_.io_threads; ++i) lanes_.push_back(std::make_unique<Lane>(*this));
  listen();
  for (auto& lane : lanes_) {
    lane->io.thread = std::thread([&context = lane->io.context] { context.run(); });
  }
}

Server::Engine::~Engine() {
  if (!ended_) stop(std::chrono::milliseconds(0));
}

void Server::Engine::listen() {
  asio::io_context& context = lanes_.front()->io.context;
  acceptor_ = std::make_unique<tcp::acceptor>(context);
  retry_ = std::make_unique<asio::steady_timer>(context);
  Error error;
  tcp::endpoint endpoint(asio::ip::make_address(settings_.address, error), settings_.port);
  if (!error) acceptor_->open(endpoint.protocol(), error);
  if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_->bind(endpoint, error);
  if (!error) acceptor_->listen(4096, error);
  if (error) {
    throw Failure("cannot listen on " + settings_.address + " port " + std::to_string(settings_.port) + ": " +
                  error.message());
  }
  port_ = acceptor_->local_endpoint().port();
  accept();
}

void Server::Engine::accept() {
  Lane& lane = *lanes_[next_lane_++ % lanes_.size()];
  acceptor_->async_accept(lane.io.context, [this, &lane](Error error, Socket socket) {
    if (stopping_ || error == asio::error::operation_aborted) return;
    if (error) {
      // No descriptors left, most likely: the ones that end give some back.
      retry_->expires_after(std::chrono::milliseconds(50));
      return retry_->async_wait([this](Error cancelled) {
        if (!cancelled) accept();
      });
    }
    take(lane, std::move(socket));
    accept();
  });
}

void Server::Engine::take(Lane& lane, Socket socket) {
  ++accepted_;
  std::string peer = address_of(socket);
  {
    std::lock_guard lock(mutex_);
    if (!door_.let_in(peer)) {
      ++turned_away_;
      return;
    }
  }
  Error ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  auto shared = std::make_shared<Socket>(std::move(socket));
  asio::post(lane.io.context, [this, &lane, shared, peer = std::move(peer)] {
    auto stream = tls_ ? tls_->stream(std::move(*shared), lane.io) : plain_stream(std::move(*shared), lane.io);
    auto connection = std::make_shared<Connection>(std::move(stream), lane, peer);
    lane.connections.insert(connection.get());
    connection->start();
    if (stopping_) connection->drain();
  });
}

bool Server::Engine::run(std::function<void()> work) {
  std::size_t most = static_cast<std::size_t>(settings_.handler_threads) + settings_.queue;
  if (running_.fetch_add(1) >= most) {
    --running_;
    ++turned_away_;
    return false;
  }
  handlers_.run([this, work = std::move(work)]() mutable {
    work();
    work = nullptr;
    --running_;
  });
  return true;
}

void Server::Engine::one_left(const std::string& peer) {
  std::lock_guard lock(mutex_);
  door_.left(peer);
  changed_.notify_all();
}

void Server::Engine::on_every_connection(void (Connection::*call)()) {
  for (auto& lane : lanes_) {
    asio::post(lane->io.context, [&connections = lane->connections, call] {
      std::vector<std::shared_ptr<Connection>> now;
      for (Connection* each : connections) now.push_back(each->shared_from_this());
      for (auto& each : now) (each.get()->*call)();
    });
  }
}

bool Server::Engine::wait_until_empty(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  return changed_.wait_until(lock, deadline, [this] { return door_.open() == 0; });
}

bool Server::Engine::stop(std::chrono::milliseconds limit) {
  if (ended_) return true;
  auto deadline = std::chrono::steady_clock::now() + limit;
  stopping_ = true;
  asio::post(lanes_.front()->io.context, [this] {
    Error ignored;
    acceptor_->close(ignored);
    retry_->cancel();
  });
  on_every_connection(&Connection::drain);
  bool whole = wait_until_empty(deadline);
  if (!whole) on_every_connection(&Connection::close);
  end_threads();
  return whole;
}

/// Handlers that run are waited for: they may hold a transaction. What they post finds its connection closed.
void Server::Engine::end_threads() {
  handlers_.join();
  for (auto& lane : lanes_) {
    lane->io.guard.reset();
    lane->io.thread.join();
  }
  ended_ = true;
}

Counts Server::Engine::counts() const {
  std::lock_guard lock(mutex_);
  return {accepted_, requests_, turned_away_, streams_cut_, door_.open(), running_};
}

Server::Server(Settings settings, Router router)
    : engine_(std::make_unique<Engine>(std::move(settings), std::move(router))) {}
Server::~Server() = default;

std::uint16_t Server::port() const { return engine_->port(); }
void Server::reload_tls() { engine_->reload_tls(); }
bool Server::stop(std::chrono::milliseconds limit) { return engine_->stop(limit); }
Counts Server::counts() const { return engine_->counts(); }

}  // namespace tanfang::http
