// The second half of a request: the handler, the answer, and streams of events.
#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>

#include "base/outage.h"
#include "platform/http/answer.h"
#include "platform/http/connection.h"
#include "platform/http/http_problems.h"

namespace tanfang::http {
namespace {

constexpr std::size_t kSlice = 64u << 10;

/// The type of what was thrown: its text may hold personal data.
std::string type_name(const std::exception& error) {
  int status = 0;
  std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &status),
                                              std::free);
  return status == 0 ? name.get() : "unknown";
}

}  // namespace

void Connection::run(void (*work)(Exchange&), void (Connection::*then)()) {
  bool taken = site_.run([self = shared_from_this(), exchange = exchange_, work, then]() mutable {
    auto refuse_as = [&](const Problem& problem) {
      exchange->refused = true;
      exchange->response = problem_response(problem, exchange->request.id);
    };
    try {
      work(*exchange);
    } catch (const Problem& problem) {
      refuse_as(problem);
    } catch (const Outage& outage) {
      exchange->failure = outage.what();
      refuse_as(outage.cause == Outage::Cause::no_space ? no_space() : unavailable());
      if (exchange->response.status == 503) exchange->response.set("Retry-After", "5");
    } catch (const Failure& failure) {
      exchange->failure = failure.what();
      refuse_as(failed());
    } catch (const std::exception& error) {
      exchange->failure = type_name(error);
      refuse_as(failed());
    }
    Stream& stream = *self->stream_;
    stream.post([self = std::move(self), exchange = std::move(exchange), then] {
      bool current = self->step_ != Step::closed && self->exchange_ == exchange;
      if (current) return (self.get()->*then)();
      if (exchange->response.events) exchange->response.events->detach();
    });
  });
  if (!taken) refuse(too_busy(), exchange_->parser.body_done());
}

void Connection::handle() {
  step_ = Step::handling;
  exchange_->keep_alive = exchange_->parser.keep_alive();
  site_.count_request();
  arm_until(exchange_->ends);
  run(
      [](Exchange& exchange) {
        exchange.response = exchange.route->handler(exchange.request);
        finish_answer(exchange.response, exchange.request);
      },
      &Connection::send);
}

/// The handler goes on with its own exchange; the answer that says so is made in a fresh one.
void Connection::give_up() {
  auto given_up = exchange_;
  exchange_ = std::make_shared<Exchange>(site_.settings().header);
  exchange_->started = given_up->started;
  exchange_->request.received = given_up->request.received;
  exchange_->request.id = given_up->request.id;
  exchange_->request.method = given_up->request.method;
  exchange_->request.route = given_up->request.route;
  refuse(took_too_long());
}

void Connection::refuse(const Problem& problem, bool keep_alive) {
  std::string& id = exchange_->request.id;
  if (id.empty()) id = make_request_id();
  answer(problem_response(problem, id), keep_alive);
}

void Connection::answer(Response response, bool keep_alive) {
  exchange_->response = std::move(response);
  exchange_->keep_alive = keep_alive && exchange_->parser.keep_alive();
  send();
}

void Connection::send() {
  Exchange& exchange = *exchange_;
  exchange.keep_alive = exchange.keep_alive && !exchange.response.events && !draining_ && !site_.stopping();
  exchange.head = answer_head(exchange.response, {.request_id = exchange.request.id,
                                                  .now = site_.settings().clock->now(),
                                                  .keep_alive = exchange.keep_alive,
                                                  .secure = exchange.request.secure});
  step_ = Step::writing;
  send_more();
}

/// The head with the first slice of the body, then slice by slice, each with its own time.
void Connection::send_more() {
  Exchange& exchange = *exchange_;
  const Response& response = exchange.response;
  bool with_body = exchange.request.method != Method::head;
  std::uint64_t left = with_body ? body_length(response) - exchange.sent : 0;
  if (exchange.head.empty() && left == 0) return response.events && with_body ? begin_events() : finish_exchange();
  std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(left, kSlice));
  std::string_view slice;
  if (response.file && count > 0) {
    exchange.chunk.resize(count);
    try {
      count = response.file->read(exchange.sent, exchange.chunk.data(), count);
    } catch (const Failure& failure) {
      exchange.failure = failure.what();
      return close();
    }
    if (count == 0) return close();
    slice = std::string_view(exchange.chunk).substr(0, count);
  } else if (count > 0) {
    slice = std::string_view(response.body).substr(exchange.sent, count);
  }
  arm(site_.settings().timeouts.write);
  stream_->write(exchange.head, slice, [self = shared_from_this(), count](bool good) {
    if (self->step_ == Step::closed) return;
    if (!good) return self->close();
    self->exchange_->sent += count;
    self->exchange_->head.clear();
    self->send_more();
  });
}

void Connection::finish_exchange() {
  log_exchange();
  bool keep_alive = exchange_->keep_alive && !draining_;
  if (exchange_->response.events) exchange_->response.events->detach();
  keep_alive ? wait_for_request() : close_gently();
}

void Connection::log_exchange() {
  const Exchange& exchange = *exchange_;
  auto took = std::chrono::steady_clock::now() - exchange.started;
  bool known = !exchange.request.headers.empty() || !exchange.request.route.empty();
  site_.settings().log({exchange.request.received, exchange.request.id,
                        known ? std::string(name_of(exchange.request.method)) : "-", exchange.request.route,
                        exchange.response.status, exchange.sent,
                        std::chrono::duration<double, std::milli>(took).count(), exchange.failure});
}

void Connection::close_gently() {
  step_ = Step::closing;
  exchange_.reset();
  std::string().swap(rest_);
  arm(site_.settings().timeouts.linger);
  stream_->end([self = shared_from_this()] { self->close(); });
}

void Connection::begin_events() {
  step_ = Step::events;
  exchange_->events_end = std::chrono::steady_clock::now() + site_.settings().timeouts.events;
  exchange_->response.events->attach([weak = weak_from_this()] {
    auto self = weak.lock();
    if (!self) return;
    self->stream_->post([weak] {
      if (auto alive = weak.lock()) alive->send_events();
    });
  });
  if (draining_) exchange_->response.events->close();
  read();
  send_events();
}

void Connection::send_events() {
  if (step_ != Step::events || exchange_->events_writing) return;
  EventStream::Taken taken = exchange_->response.events->take();
  if (taken.overflowed) return cut_events();
  if (!taken.text.empty()) return write_events(std::move(taken.text));
  if (taken.ended) return finish_exchange();
  arm_until(std::min(std::chrono::steady_clock::now() + site_.settings().timeouts.heartbeat, exchange_->events_end));
}

void Connection::cut_events() {
  site_.count_cut();
  close();
}

void Connection::write_events(std::string text) {
  Exchange& exchange = *exchange_;
  exchange.chunk = std::move(text);
  exchange.events_writing = true;
  arm(site_.settings().timeouts.write);
  stream_->write(exchange.chunk, "", [self = shared_from_this()](bool good) {
    if (self->step_ == Step::closed) return;
    if (!good) return self->close();
    self->exchange_->events_writing = false;
    self->exchange_->sent += self->exchange_->chunk.size();
    self->send_events();
  });
}

}  // namespace tanfang::http
