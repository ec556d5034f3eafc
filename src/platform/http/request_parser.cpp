#include "platform/http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>

#include "base/text.h"
#include "platform/http/http_problems.h"

namespace tanfang::http {

namespace beast = boost::beast;
using Error = boost::system::error_code;
using Text = beast::string_view;

namespace {

std::string_view view(Text text) { return {text.data(), text.size()}; }

/// A field on several lines (obsolete since RFC 7230) is read by some as one and by others as two.
bool has_folded_line(std::string_view header) {
  return header.find("\r\n ") != std::string_view::npos || header.find("\r\n\t") != std::string_view::npos;
}

bool is_host(std::string_view host) {
  auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_:[]%~").find(c) != std::string_view::npos;
  };
  return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), allowed);
}

}  // namespace

/// Beast reads the grammar of the header; what it passes on is kept here and judged when the header is whole. Bodies
/// are read without it: its reader of chunks asserts on a last chunk that comes byte by byte.
class RequestParser::Reader : public beast::http::basic_parser<true> {
 public:
  explicit Reader(HeaderLimits limits) : limits_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.bytes + 4));
    body_limit(boost::none);
  }

  void judge_header();

  Method method = Method::get;
  /// HTTP/1.0, as proxies and probes speak it: one request a connection, perhaps without Host, no chunks, no 100.
  bool old = false;
  std::string target;
  std::vector<Field> headers;

 private:
  void on_request_impl(beast::http::verb, Text name, Text given, int version, Error&) override {
    if (version != 11 && version != 10) throw unknown_version();
    old = version == 10;
    if (given.size() > limits_.target_bytes) throw target_too_long();
    auto known = method_named(view(name));
    if (!known) throw unknown_method();
    method = *known;
    target = view(given);
  }
  void on_response_impl(int, Text, int, Error&) override {}
  void on_field_impl(beast::http::field, Text name, Text value, Error&) override {
    if (headers.size() == limits_.fields) throw header_too_large();
    if (headers.empty()) headers.reserve(16);
    headers.push_back({std::string(view(name)), std::string(view(value))});
  }
  void on_header_impl(Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(Text, Error&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text, Error&) override { return 0; }
  void on_finish_impl(Error&) override {}

  HeaderLimits limits_;
};

void RequestParser::Reader::judge_header() {
  int lengths = 0;
  int codings = 0;
  int hosts = 0;
  for (const Field& field : headers) {
    std::string name = lower_ascii(field.name);
    if (name == "content-length") {
      ++lengths;
      if (field.value.find_first_not_of("0123456789") != std::string::npos) throw ambiguous_framing();
    } else if (name == "transfer-encoding") {
      ++codings;
      if (lower_ascii(field.value) != "chunked") throw unknown_transfer_coding();
    } else if (name == "host") {
      ++hosts;
      if (!is_host(field.value)) throw bad_host();
    } else if (name == "expect" && !old && lower_ascii(field.value) != "100-continue") {
      throw unknown_expectation();
    }
  }
  if (lengths + codings > 1 || (old && codings > 0)) throw ambiguous_framing();
  if (hosts > 1 || (hosts == 0 && !old)) throw bad_host();
  if (old) std::erase_if(headers, [](const Field& field) { return lower_ascii(field.name) == "expect"; });
}

RequestParser::RequestParser(HeaderLimits limits) : limits_(limits), reader_(std::make_unique<Reader>(limits)) {}
RequestParser::~RequestParser() = default;

bool RequestParser::take_header(std::string& bytes) {
  // RFC 9112, 2.2: an empty line before the request line is passed over.
  if (!began_ && bytes.size() < 2) return false;
  if (!began_ && bytes.starts_with("\r\n")) bytes.erase(0, 2);
  began_ = true;
  std::size_t end = bytes.find("\r\n\r\n", searched_ > 3 ? searched_ - 3 : 0);
  std::size_t length = end == std::string::npos ? bytes.size() : end + 4;
  if (length > limits_.bytes) {
    std::size_t line = bytes.find("\r\n");
    if (line == std::string::npos || line > limits_.target_bytes + 32) throw target_too_long();
    throw header_too_large();
  }
  searched_ = bytes.size();
  if (end == std::string::npos) return false;
  if (has_folded_line(std::string_view(bytes).substr(0, length))) throw malformed_request();

  Error error;
  reader_->eager(false);
  std::size_t used = reader_->put({bytes.data(), length}, error);
  namespace h = beast::http;
  if (error == h::error::bad_version) throw unknown_version();
  if (error == h::error::bad_content_length || error == h::error::multiple_content_length ||
      error == h::error::bad_transfer_encoding) {
    throw ambiguous_framing();
  }
  if (error || !reader_->is_header_done() || used != length) throw malformed_request();
  reader_->judge_header();
  if (reader_->chunked()) chunks_.emplace();
  if (auto announced = reader_->content_length()) body_left_ = *announced;
  bytes.erase(0, length);
  return true;
}

Method RequestParser::method() const { return reader_->method; }
const std::string& RequestParser::target() const { return reader_->target; }
std::vector<Field>& RequestParser::headers() { return reader_->headers; }
bool RequestParser::keep_alive() const { return !reader_->old && reader_->keep_alive(); }
bool RequestParser::expects_continue() const { return find_header(reader_->headers, "expect") != nullptr; }

std::optional<std::uint64_t> RequestParser::content_length() const {
  return chunks_ ? std::nullopt : std::optional(body_left_);
}

std::size_t RequestParser::take_body(std::string_view bytes, const std::function<void(std::string_view)>& sink) {
  if (chunks_) return chunks_->take(bytes, sink);
  auto count = static_cast<std::size_t>(std::min<std::uint64_t>(body_left_, bytes.size()));
  if (count > 0) sink(bytes.substr(0, count));
  body_left_ -= count;
  return count;
}

bool RequestParser::body_done() const { return chunks_ ? chunks_->done() : body_left_ == 0; }

}  // namespace tanfang::http
