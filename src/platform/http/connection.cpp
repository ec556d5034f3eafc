#include "platform/http/connection.h"

#include <algorithm>

#include "platform/crypto/crypto.h"
#include "platform/http/forwarded.h"
#include "platform/http/http_problems.h"
#include "platform/http/percent.h"

namespace tanfang::http {
namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

bool is_request_id(std::string_view text) {
  auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return text.size() >= 8 && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

std::string make_request_id() { return crypto::to_hex(crypto::random_bytes(10)); }

void Connection::start() {
  arm(site_.settings().timeouts.handshake);
  stream_->open([self = shared_from_this()](bool good) {
    if (self->step_ == Step::closed) return;
    if (!good) return self->close();
    self->wait_for_request();
  });
}

void Connection::drain() {
  draining_ = true;
  if (step_ == Step::idle || step_ == Step::opening) close();
  if (step_ == Step::events) exchange_->response.events->close();
}

void Connection::close() {
  if (step_ == Step::closed) return;
  if (step_ == Step::events || step_ == Step::writing) {
    if (exchange_->response.events) exchange_->response.events->detach();
    log_exchange();
  }
  step_ = Step::closed;
  exchange_.reset();
  std::string().swap(rest_);
  stream_->close();
  site_.left(*this);
}

void Connection::arm(std::chrono::milliseconds time) { arm_until(std::chrono::steady_clock::now() + time); }

/// The alarm is only moved when it would come too late: most deadlines pass unused.
void Connection::arm_until(Stream::Moment deadline) {
  deadline_ = deadline;
  if (!alarm_ || *alarm_ > deadline_) set_alarm();
}

void Connection::set_alarm() {
  alarm_ = deadline_;
  stream_->wake_at(deadline_, [self = shared_from_this()] {
    self->alarm_.reset();
    if (self->step_ == Step::closed) return;
    if (std::chrono::steady_clock::now() < self->deadline_) return self->set_alarm();
    self->on_deadline();
  });
}

void Connection::on_deadline() {
  switch (step_) {
    case Step::header:
      return refuse(header_too_slow());
    case Step::body:
      return refuse(body_too_slow());
    case Step::admitting:
    case Step::handling:
      return give_up();
    case Step::events:
      if (exchange_->events_writing) return cut_events();
      if (std::chrono::steady_clock::now() >= exchange_->events_end) return finish_exchange();
      return write_events(":\n\n");
    default:
      close();
  }
}

void Connection::read() {
  if (reading_) return;
  reading_ = true;
  stream_->read([self = shared_from_this()](std::string_view bytes) { self->on_bytes(bytes); });
}

void Connection::on_bytes(std::string_view bytes) {
  reading_ = false;
  if (step_ == Step::closed || step_ == Step::closing) return;
  if (bytes.empty()) {
    // While an answer is being written, writing finds out.
    if (step_ != Step::writing) close();
    return;
  }
  switch (step_) {
    case Step::idle:
      begin_request();
      return take_header(bytes);
    case Step::header:
      return take_header(bytes);
    case Step::body:
      return take_body(bytes);
    default:
      // Sent after a refusal or into a stream of events: of no use.
      read();
  }
}

void Connection::wait_for_request() {
  exchange_.reset();
  step_ = Step::idle;
  if (!rest_.empty()) {
    begin_request();
    return take_header("");
  }
  std::string().swap(rest_);
  if (draining_ || site_.stopping()) return close_gently();
  arm(site_.settings().timeouts.idle);
  read();
}

void Connection::begin_request() {
  step_ = Step::header;
  exchange_ = std::make_shared<Exchange>(site_.settings().header);
  exchange_->started = std::chrono::steady_clock::now();
  exchange_->ends = exchange_->started + site_.settings().timeouts.request;
  exchange_->request.received = site_.settings().clock->now();
  arm(site_.settings().timeouts.header);
}

void Connection::take_header(std::string_view bytes) {
  rest_ += bytes;
  try {
    if (!exchange_->parser.take_header(rest_)) return read();
    take_route();
  } catch (const Problem& problem) {
    refuse(problem);
  }
}

void Connection::take_route() {
  Exchange& exchange = *exchange_;
  Request& request = exchange.request;
  request.method = exchange.parser.method();
  request.headers = std::move(exchange.parser.headers());
  request.peer = peer_;
  request.secure = stream_->secure();
  bool by_proxy = apply_forwarded(request, site_.settings().trusted_proxies);
  // From anybody else it might be a citizen number, and it goes into the log.
  const std::string* given = by_proxy ? request.header("x-request-id") : nullptr;
  request.id = given && is_request_id(*given) ? *given : make_request_id();
  bool whole = exchange.parser.body_done();
  bool server_asked = request.method == Method::options && exchange.parser.target() == "*";
  if (server_asked) return answer(no_content(), whole);
  std::optional<Router::Match> match;
  try {
    Target target = parse_target(exchange.parser.target());
    match = site_.router().find(request.method, target.path);
    request.path = std::move(target.path);
    request.query = std::move(target.query);
  } catch (const Problem& problem) {
    return refuse(problem, whole);
  }
  if (!match) return refuse(not_found(), whole);
  request.route = match->pattern;
  request.path_parameters = std::move(match->parameters);
  exchange.route = match->route;
  if (!match->route) return answer_without_route(match->allowed);
  take_rule(match->route->body);
}

void Connection::answer_without_route(const std::string& allowed) {
  const Request& request = exchange_->request;
  Response response =
      request.method == Method::options ? no_content() : problem_response(method_not_allowed(allowed), request.id);
  response.set("Allow", allowed);
  answer(std::move(response), exchange_->parser.body_done());
}

/// What the route takes as a body is judged by what is announced, before anything is read.
void Connection::take_rule(const BodyRule& rule) {
  Exchange& exchange = *exchange_;
  if (rule.request_time) exchange.ends = exchange.started + *rule.request_time;
  if (!exchange.parser.body_done()) {
    if (rule.kind == BodyKind::none) return refuse(body_unexpected());
    auto length = exchange.parser.content_length();
    if (length && *length > rule.bytes) return refuse(body_too_large(rule.bytes));
  }
  if (!exchange.route->admit) return begin_body();
  step_ = Step::admitting;
  arm_until(exchange.ends);
  run([](Exchange& each) { each.route->admit(each.request); }, &Connection::begin_body);
}

void Connection::begin_body() {
  Exchange& exchange = *exchange_;
  if (exchange.refused) return answer(std::move(exchange.response), exchange.parser.body_done());
  if (exchange.parser.body_done()) return handle();
  try {
    exchange.body =
        std::make_unique<BodyReceiver>(exchange.route->body, exchange.request, site_.settings().upload_folder);
  } catch (const Problem& problem) {
    return refuse(problem);
  } catch (const Failure& failure) {
    exchange.failure = failure.what();
    return refuse(failed());
  }
  exchange.body_started = std::chrono::steady_clock::now();
  arm_until(body_deadline());
  step_ = Step::body;
  if (!exchange.request.header("expect") || !rest_.empty()) return take_body("");
  step_ = Step::inviting;
  stream_->write(kContinue, "", [self = shared_from_this()](bool good) {
    if (self->step_ == Step::closed) return;
    if (!good) return self->close();
    self->step_ = Step::body;
    self->take_body("");
  });
}

Stream::Moment Connection::body_deadline() const {
  const Timeouts& times = site_.settings().timeouts;
  auto earned =
      std::chrono::milliseconds(exchange_->body->received() * 1000 / std::max<std::uint64_t>(times.body_rate, 1));
  return std::min(exchange_->body_started + times.body_grace + earned, exchange_->ends);
}

void Connection::take_body(std::string_view bytes) {
  Exchange& exchange = *exchange_;
  auto sink = [&](std::string_view piece) { exchange.body->push(piece); };
  try {
    if (!rest_.empty()) {
      rest_ += bytes;
      rest_.erase(0, exchange.parser.take_body(rest_, sink));
    } else if (!bytes.empty()) {
      rest_ = bytes.substr(exchange.parser.take_body(bytes, sink));
    }
    if (exchange.parser.body_done()) {
      exchange.body->finish(exchange.request);
      return handle();
    }
  } catch (const Problem& problem) {
    return refuse(problem);
  } catch (const Failure& failure) {
    exchange.failure = failure.what();
    return refuse(failed());
  }
  arm_until(body_deadline());
  read();
}

}  // namespace tanfang::http
