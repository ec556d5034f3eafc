// One client: requests one after the other, each within its limits and times. Lives on one I/O thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/problem.h"
#include "platform/http/body_receiver.h"
#include "platform/http/events.h"
#include "platform/http/server.h"
#include "platform/http/stream.h"

namespace tanfang::http {

class Connection;

std::string make_request_id();

/// What connections share: the server as they see it.
class Site {
 public:
  virtual ~Site() = default;
  virtual const Settings& settings() const = 0;
  virtual const Router& router() const = 0;
  /// Runs `work` on a handler thread; false where the queue is full.
  virtual bool run(std::function<void()> work) = 0;
  virtual bool stopping() const = 0;
  virtual void count_request() = 0;
  /// A stream of events whose client did not read.
  virtual void count_cut() = 0;
  /// On the connection's I/O thread.
  virtual void left(Connection& connection) = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  /// `peer`: as the socket has it, not as a proxy says.
  Connection(std::unique_ptr<Stream> stream, Site& site, std::string peer)
      : stream_(std::move(stream)), site_(site), peer_(std::move(peer)) {}

  void start();
  /// Closes when idle, else after the answer.
  void drain();
  void close();
  const std::string& peer() const { return peer_; }

 private:
  enum class Step { opening, idle, header, admitting, inviting, body, handling, writing, events, closing, closed };

  /// One request and its answer. Shared with the handler thread, which may outlast the connection.
  struct Exchange {
    explicit Exchange(const HeaderLimits& limits) : parser(limits) {}
    RequestParser parser;
    Request request;
    const Route* route = nullptr;
    std::unique_ptr<BodyReceiver> body;
    bool refused = false;
    Stream::Moment started;
    Stream::Moment ends;
    Stream::Moment body_started;
    Response response;
    std::string failure;
    std::string head;
    std::string chunk;
    std::uint64_t sent = 0;
    bool keep_alive = false;
    bool events_writing = false;
    Stream::Moment events_end;
  };

  void arm(std::chrono::milliseconds time);
  void arm_until(Stream::Moment deadline);
  void set_alarm();
  void on_deadline();
  void read();
  void on_bytes(std::string_view bytes);

  void wait_for_request();
  void begin_request();
  void take_header(std::string_view bytes);
  void take_route();
  void answer_without_route(const std::string& allowed);
  void take_rule(const BodyRule& rule);
  void begin_body();
  void take_body(std::string_view bytes);
  Stream::Moment body_deadline() const;

  /// Runs `work` on a handler thread and `then` here, unless the request has been given up meanwhile. What `work`
  /// throws becomes the response of a refused exchange.
  void run(void (*work)(Exchange&), void (Connection::*then)());
  void handle();
  void give_up();
  void refuse(const Problem& problem, bool keep_alive = false);
  void answer(Response response, bool keep_alive);
  void send();
  void send_more();
  void finish_exchange();
  void log_exchange();
  void close_gently();

  void begin_events();
  void send_events();
  void cut_events();
  void write_events(std::string text);

  std::unique_ptr<Stream> stream_;
  Site& site_;
  const std::string peer_;
  Step step_ = Step::opening;
  std::shared_ptr<Exchange> exchange_;
  /// Bytes that came and are not used yet.
  std::string rest_;
  Stream::Moment deadline_;
  std::optional<Stream::Moment> alarm_;
  bool reading_ = false;
  bool draining_ = false;
};

}  // namespace tanfang::http
