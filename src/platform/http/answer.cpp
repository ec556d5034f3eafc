#include "platform/http/answer.h"

#include <fmt/format.h>

#include "platform/http/compress.h"

namespace tanfang::http {
namespace {

constexpr std::size_t kWorthCompressing = 1024;
constexpr std::size_t kMostCompressed = 64u << 20;

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

/// Not where the answer says itself that nobody may keep it.
void answer_not_modified(Response& response, const Request& request) {
  const std::string* kept = response.header("cache-control");
  if (kept && *kept == "no-store") return;
  const std::string* etag = response.header("etag");
  const std::string* wanted = request.header("if-none-match");
  bool reads = request.method == Method::get || request.method == Method::head;
  if (response.status != 200 || !etag || !wanted || !reads || !names_etag(*wanted, *etag)) return;
  response.status = 304;
  response.body.clear();
  response.file = nullptr;
}

void compress(Response& response, const Request& request) {
  const std::string* type = response.header("content-type");
  if (!type || !is_compressible(*type) || response.header("content-encoding") || response.events) return;
  if (!response.file) response.set("Vary", "Accept-Encoding");
  const std::string* accepted = request.header("accept-encoding");
  if (!accepted || !accepts_gzip(*accepted)) return;
  if (response.body.size() <= kWorthCompressing || response.body.size() > kMostCompressed) return;
  response.body = gzipped(response.body);
  response.set("Content-Encoding", "gzip");
  const std::string* etag = response.header("etag");
  if (etag && !etag->starts_with("W/")) response.set("ETag", "W/" + *etag);
}

void append(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_unless_set(std::string& out, const Response& response, std::string_view name, std::string_view value) {
  if (!response.header(name)) append(out, name, value);
}

}  // namespace

void finish_answer(Response& response, const Request& request) {
  answer_not_modified(response, request);
  compress(response, request);
}

std::uint64_t body_length(const Response& response) {
  if (!has_body(response.status)) return 0;
  return response.file ? response.file->size() : response.body.size();
}

std::string answer_head(const Response& response, const HeadFacts& facts) {
  std::string out = fmt::format("HTTP/1.1 {} {}\r\n", response.status, phrase_of(response.status));
  append(out, "Date", http_date(facts.now));
  append(out, "X-Request-Id", facts.request_id);
  for (const Field& field : response.headers) append(out, field.name, field.value);
  append_unless_set(out, response, "Cache-Control", "no-store");
  append_unless_set(out, response, "X-Content-Type-Options", "nosniff");
  append_unless_set(out, response, "Referrer-Policy", "no-referrer");
  append_unless_set(out, response, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  if (facts.secure) append_unless_set(out, response, "Strict-Transport-Security", "max-age=31536000");
  if (!response.events && has_body(response.status)) {
    append(out, "Content-Length", std::to_string(body_length(response)));
  }
  if (!facts.keep_alive) append(out, "Connection", "close");
  return out + "\r\n";
}

std::string http_date(Instant instant) {
  constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::int64_t kDay = 86'400;
  std::int64_t seconds = instant.milliseconds / 1000;
  Date date = Date::from_days(static_cast<std::int32_t>(seconds / kDay));
  std::int64_t of_day = seconds % kDay;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[date.weekday() - 1], date.day(),
                     kMonths[date.month() - 1], date.year(), of_day / 3600, of_day / 60 % 60, of_day % 60);
}

}  // namespace tanfang::http
