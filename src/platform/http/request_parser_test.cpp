// What is read as a request, in pieces of every size, and what is refused because others could read it differently.
#include "platform/http/request_parser.h"

#include <gtest/gtest.h>

#include "platform/http/test_client.h"

namespace tanfang::http {
namespace {

struct Read {
  Method method;
  std::string target;
  std::size_t fields;
  std::string body;
  std::string rest;
  bool keep_alive;
};

/// Feeds `bytes` in pieces of `step`. Throws what the parser throws, and runtime_error where the request is cut short.
Read read(const std::string& bytes, std::size_t step, HeaderLimits limits = {}) {
  RequestParser parser(limits);
  Read found{};
  std::string waiting;
  bool headed = false;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    waiting += bytes.substr(at, step);
    headed = headed || parser.take_header(waiting);
    if (headed && !parser.body_done()) {
      waiting.erase(0, parser.take_body(waiting, [&](std::string_view piece) { found.body += piece; }));
    }
  }
  if (!headed || !parser.body_done()) throw std::runtime_error("cut short");
  found.method = parser.method();
  found.target = parser.target();
  found.fields = parser.headers().size();
  found.keep_alive = parser.keep_alive();
  found.rest = waiting;
  return found;
}

TEST(RequestParser, ReadsInPiecesOfAnySize) {
  const std::string chunked =
      "POST /a?b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\nConnection: close\r\n\r\n"
      "5\r\nhello\r\n1;name=\"v\"\r\n \r\n00A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
  const std::string counted = "\r\nPUT / HTTP/1.1\r\nhost:h\r\ncontent-length: 3\r\nX: \t a b \r\n\r\nabcGET";
  for (std::size_t step = 1; step <= chunked.size(); ++step) {
    Read first = read(chunked, step);
    EXPECT_EQ(first.method, Method::post);
    EXPECT_EQ(first.target, "/a?b");
    EXPECT_EQ(first.fields, 3u);
    EXPECT_EQ(first.body, "hello 0123456789");
    EXPECT_FALSE(first.keep_alive);
    Read second = read(counted, step);
    EXPECT_EQ(second.body, "abc");
    EXPECT_EQ(second.rest, "GET");
    EXPECT_TRUE(second.keep_alive);
  }
}

TEST(RequestParser, RefusesWhatIsAmbiguousOrUnknown) {
  struct Case {
    const char* lines;
    const char* code;
  };
  const Case cases[]{
      {"Host: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n", "http.framing"},
      {"Host: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n", "http.framing"},
      {"Host: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n", "http.framing"},
      {"Host: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n", "http.framing"},
      {"Host: h\r\nContent-Length: 3, 3\r\n", "http.framing"},
      {"Host: h\r\nContent-Length: +3\r\n", "http.framing"},
      {"Host: h\r\nContent-Length: -1\r\n", "http.framing"},
      {"Host: h\r\nContent-Length: 0x3\r\n", "http.framing"},
      {"Host: h\r\nContent-Length:\r\n", "http.framing"},
      {"Host: h\r\nContent-Length: 99999999999999999999999\r\n", "http.framing"},
      {"Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "http.framing"},
      {"Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "http.framing"},
      {"Host: h\r\nTransfer-Encoding: gzip, chunked\r\n", "http.transfer_coding"},
      {"Host: h\r\nTransfer-Encoding: identity\r\n", "http.transfer_coding"},
      {"Host: h\r\nTransfer-Encoding: chunked, identity\r\n", "http.transfer_coding"},
      {"Host: h\r\nTransfer-Encoding: xchunked\r\n", "http.transfer_coding"},
      {"Host: h\r\nTransfer-Encoding: \"chunked\"\r\n", "http.transfer_coding"},
      {"Host: h\r\nTransfer-Encoding : chunked\r\n", "http.malformed"},
      {"Host: h\r\nTransfer-Encoding:\x0b"
       "chunked\r\n",
       "http.malformed"},
      {"Host: h\r\n Transfer-Encoding: chunked\r\n", "http.malformed"},
      {"Host: h\r\nX: a\r\n\tb\r\n", "http.malformed"},
      {"Host: h\r\nX: a\nContent-Length: 3\r\n", "http.malformed"},
      {"Host: h\r\nX: a\rContent-Length: 3\r\n", "http.malformed"},
      {"Host: h\r\nX\r\n", "http.malformed"},
      {"Host: h\r\n: a\r\n", "http.malformed"},
      {"Host: h\r\nExpect: a-miracle\r\n", "http.expectation"},
      {"", "http.host"},
      {"Host: h\r\nHost: h\r\n", "http.host"},
      {"Host: a b\r\n", "http.host"},
      {"Host: a/b\r\n", "http.host"},
      {"Host:\r\n", "http.host"},
  };
  for (const Case& each : cases) {
    std::string request = std::string("POST / HTTP/1.1\r\n") + each.lines + "\r\n";
    EXPECT_EQ(refusal([&] { read(request, 5); }), each.code) << each.lines;
    EXPECT_EQ(refusal([&] { read(request, 5000); }), each.code) << each.lines;
  }
}

TEST(RequestParser, RefusesOtherFirstLines) {
  const std::pair<const char*, const char*> cases[]{
      {"GET / HTTP/0.9", "http.version"},
      {"GET / HTTP/2.0", "http.version"},
      {"GET / HTTP/1.2", "http.version"},
      {"GET /", "http.malformed"},
      {"GET  / HTTP/1.1", "http.malformed"},
      {"GET / HTTP/1.1 ", "http.version"},
      {"BREW / HTTP/1.1", "http.method_unknown"},
      {"get / HTTP/1.1", "http.method_unknown"},
      {"TRACE / HTTP/1.1", "http.method_unknown"},
      {"CONNECT h:1 HTTP/1.1", "http.method_unknown"},
      {"/ HTTP/1.1", "http.malformed"},
      {"\x16\x03\x01", "http.malformed"},
  };
  for (const auto& [line, code] : cases) {
    EXPECT_EQ(refusal([&, text = line] { read(std::string(text) + "\r\nHost: h\r\n\r\n", 400); }), code) << line;
  }
}

TEST(RequestParser, RefusesBadChunks) {
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char* body : {"x\r\n", "-1\r\n", "+5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n",
                           " 5\r\nhello\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "5\nhello\r\n0\r\n\r\n", "5\rX",
                           "11111111111111111\r\n", "5;\x01\r\nhello\r\n", "5 \r\nhello\r\n0\r\n\r\n", "\r\n", ";a\r\n",
                           "0\r\n a: b\r\n\r\n", "0\r\n: b\r\n\r\n", "0\r\nbad trailer\r\n\r\n"}) {
    EXPECT_EQ(refusal([&] { read(head + body, 1000); }), "http.malformed") << body;
    EXPECT_EQ(refusal([&] { read(head + body, 1); }), "http.malformed") << body;
  }
  for (const std::string& body : {"5;" + std::string(5000, 'a'), "0\r\nA: " + std::string(5000, 'a')}) {
    EXPECT_EQ(refusal([&] { read(head + body, 100); }), "http.malformed");
  }
  EXPECT_EQ(read(head + "0\r\n\r\n", 1).body, "");
}

TEST(RequestParser, KeepsItsLimits) {
  HeaderLimits limits{.bytes = 300, .target_bytes = 100, .fields = 4};
  auto code = [&](const std::string& request) { return refusal([&] { read(request, 50, limits); }); };
  EXPECT_EQ(code(get("/" + std::string(80, 'a'), "A: " + std::string(100, 'b') + "\r\n")), "");
  EXPECT_EQ(code(get("/", "A: " + std::string(300, 'b') + "\r\n")), "http.header_too_large");
  EXPECT_EQ(code(get("/", "A:1\r\nA:1\r\nA:1\r\nA:1\r\n")), "http.header_too_large");
  EXPECT_EQ(code(get("/" + std::string(110, 'a'))), "http.target_too_long");
  EXPECT_EQ(code("GET /" + std::string(400, 'a')), "http.target_too_long");
}

}  // namespace
}  // namespace tanfang::http
