// The parts of the edge that need no socket: targets, parameters, routes, cookies, compression, heads, the log.
#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/problem.h"
#include "platform/http/access_log.h"
#include "platform/http/answer.h"
#include "platform/http/compress.h"
#include "platform/http/cookies.h"
#include "platform/http/events.h"
#include "platform/http/forwarded.h"
#include "platform/http/http_problems.h"
#include "platform/http/media_parameters.h"
#include "platform/http/percent.h"
#include "platform/http/router.h"
#include "platform/http/test_client.h"

namespace tanfang::http {
namespace {

using Path = std::vector<std::string>;

TEST(Target, IsReadIntoDecodedSegments) {
  struct Case {
    const char* target;
    Path path;
    const char* query;
  };
  const Case cases[]{
      {"/", {}, ""},
      {"/a/b", {"a", "b"}, ""},
      {"/a/", {"a", ""}, ""},
      {"/%E5%BC%A0?x=%2F&y", {"张"}, "x=%2F&y"},
      {"/a?b?c", {"a"}, "b?c"},
      {"/a+b", {"a+b"}, ""},
      {"http://h:80/a?b", {"a"}, "b"},
      {"https://h", {}, ""},
      {"/...", {"..."}, ""},
  };
  for (const Case& each : cases) {
    Target target = parse_target(each.target);
    EXPECT_EQ(target.path, each.path) << each.target;
    EXPECT_EQ(target.query, each.query) << each.target;
  }
}

TEST(Target, RefusesWhatWouldLeaveItsFolder) {
  for (const char* target :
       {"",       "a",     "*",    "//",   "//a", "/a//b", "/.",   "/..",  "/a/../b", "/%2e%2E/b",  "/a%2fb",
        "/a%5Cb", "/a\\b", "/%00", "/%0a", "/%",  "/%4",   "/%zz", "/%FF", "/a#b",    "http://h?x", "ftp://h/a"}) {
    EXPECT_EQ(refusal([&] { parse_target(target); }), "http.target") << target;
  }
}

TEST(Parameters, AreReadInOrder) {
  std::vector<Field> wanted{{"a", "1 2"}, {"b", ""}, {"张", "=&"}, {"a", "3"}, {"t", "x\ny"}};
  EXPECT_EQ(parse_query("a=1+2&b&%E5%BC%A0==%26&&a=3&t=x%0Ay"), wanted);
  EXPECT_EQ(parse_form("a=1+2&b&%E5%BC%A0==%26&&a=3&t=x%0Ay"), wanted);
  EXPECT_TRUE(parse_query("").empty());
}

TEST(Parameters, KeepTheirLimits) {
  ParameterLimits limits{.count = 2, .name_bytes = 3, .value_bytes = 4};
  EXPECT_EQ(parse_query("abc=abcd&b=2", limits).size(), 2u);
  for (const char* query : {"a=1&b=2&c=3", "abcd=1", "a=abcde", "a=%", "a=%FF", "=1", "a=%00", "%0a=1"}) {
    EXPECT_EQ(refusal([&] { parse_query(query, limits); }), "http.parameters") << query;
  }
}

Response nothing(const Request&) { return no_content(); }

Router example() {
  Router router;
  router.get("/", nothing);
  router.get("/people", nothing);
  router.post("/people", nothing);
  router.get("/people/{id}", nothing);
  router.add({Method::del, "/people/{id}", nothing, {}, {}});
  router.get("/people/{id}/facts", nothing);
  router.get("/people/search", nothing);
  router.get("/files/{path...}", nothing);
  return router;
}

TEST(Routes, AreFoundBySegments) {
  Router router = example();
  struct Case {
    Method method;
    Path path;
    const char* pattern;
    std::vector<Field> parameters;
  };
  const Case cases[]{
      {Method::get, {}, "/", {}},
      {Method::head, {"people"}, "/people", {}},
      {Method::get, {"people", "7"}, "/people/{id}", {{"id", "7"}}},
      {Method::get, {"people", "search"}, "/people/search", {}},
      {Method::get, {"people", "search", "facts"}, "/people/{id}/facts", {{"id", "search"}}},
      {Method::get, {"files", "a", "b.js"}, "/files/{path...}", {{"path", "a/b.js"}}},
      {Method::get, {"files", "a", ""}, "/files/{path...}", {{"path", "a/"}}},
  };
  for (const Case& each : cases) {
    auto match = router.find(each.method, each.path);
    ASSERT_TRUE(match && match->route) << each.pattern;
    EXPECT_EQ(match->pattern, each.pattern);
    EXPECT_EQ(match->parameters, each.parameters);
  }
  for (const Path& path :
       {Path{"x"}, Path{"people", ""}, Path{"people", "7", "x"}, Path{"files"}, Path{"", "people"}}) {
    EXPECT_FALSE(router.find(Method::get, path));
  }
  EXPECT_EQ(router.routes().size(), 8u);
}

TEST(Routes, SayWhatAPathTakes) {
  Router router = example();
  auto match = router.find(Method::put, {"people", "7"});
  ASSERT_TRUE(match);
  EXPECT_EQ(match->route, nullptr);
  EXPECT_EQ(match->allowed, "GET, HEAD, DELETE, OPTIONS");
}

TEST(Routes, RefuseMalformedAndTakenPatterns) {
  for (const char* pattern : {"people", "/{}", "/{A}", "/a{b}", "/{rest...}/a", "/people"}) {
    Router router = example();
    EXPECT_THROW(router.get(pattern, nothing), std::invalid_argument) << pattern;
  }
}

TEST(Cookies, AreReadAndDoubtfulOnesPassedOver) {
  Request request;
  request.headers = {{"Cookie", "a=1; b=\"2\";bad;c d=3; e=\x01; f=4"}, {"cookie", "a=5; g=6"}};
  std::vector<Field> wanted{{"a", "1"}, {"b", "2"}, {"f", "4"}, {"a", "5"}, {"g", "6"}};
  EXPECT_EQ(parse_cookies(request), wanted);
  EXPECT_EQ(find_cookie(request, "g"), "6");
  EXPECT_EQ(find_cookie(request, "a"), std::nullopt);
  EXPECT_EQ(find_cookie(request, "x"), std::nullopt);
  request.headers.assign(1, {"Cookie", ""});
  for (int i = 0; i < 60; ++i) request.headers[0].value += "n" + std::to_string(i) + "=1;";
  EXPECT_EQ(parse_cookies(request).size(), 50u);
}

TEST(Cookies, AreSetSecureUnlessToldOtherwise) {
  EXPECT_EQ(set_cookie({.name = "__Host-session", .value = "abc"}),
            "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Strict");
  Cookie cookie{.name = "csrf", .value = "", .path = "/a", .max_age = std::chrono::seconds(0)};
  cookie.secure = false;
  cookie.http_only = false;
  cookie.same_site = SameSite::lax;
  EXPECT_EQ(set_cookie(cookie), "csrf=; Path=/a; Max-Age=0; SameSite=Lax");
  EXPECT_THROW(set_cookie({.name = "a b", .value = ""}), std::invalid_argument);
  EXPECT_THROW(set_cookie({.name = "a", .value = "x;y"}), std::invalid_argument);
  EXPECT_THROW(set_cookie({.name = "a", .value = "x\r\n"}), std::invalid_argument);
  EXPECT_THROW(set_cookie({.name = "__Host-a", .value = "x", .path = "/b"}), std::invalid_argument);
}

TEST(Forwarded, IsBelievedOfTrustedProxiesOnly) {
  struct Case {
    const char* peer;
    std::vector<Field> headers;
    const char* found;
    bool secure;
  };
  const Case cases[]{
      {"10.0.0.1", {{"X-Forwarded-For", "1.1.1.1, 2.2.2.2"}, {"X-Forwarded-Proto", "https"}}, "2.2.2.2", true},
      {"10.0.0.1",
       {{"X-Forwarded-For", "1.1.1.1"}, {"x-forwarded-for", "2001:db8::1, 10.0.0.2"}},
       "2001:db8::1",
       false},
      {"10.0.0.1", {{"X-Forwarded-For", "1.1.1.1, unknown, 10.0.0.2"}}, "10.0.0.2", false},
      {"10.0.0.1", {{"X-Forwarded-For", ""}}, "10.0.0.1", false},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4:5678"}}, "1.2.3.4", false},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4, ::ffff:10.0.0.2"}}, "1.2.3.4", false},
      {"9.9.9.9", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-Proto", "https"}}, "9.9.9.9", false},
  };
  for (const Case& each : cases) {
    Request request;
    request.peer = each.peer;
    request.headers = each.headers;
    apply_forwarded(request, {"10.0.0.1", "10.0.0.2"});
    EXPECT_EQ(request.peer, each.found);
    EXPECT_EQ(request.secure, each.secure);
  }
}

TEST(Media, AreReadWithTheirParameters) {
  auto media = parse_media("Form-Data; Name=\"a \\\"b\\\" c;d\" ; filename=C:\\x.txt;");
  ASSERT_TRUE(media);
  EXPECT_EQ(media->type, "form-data");
  EXPECT_EQ(*find_field(media->parameters, "name"), "a \"b\" c;d");
  EXPECT_EQ(*find_field(media->parameters, "filename"), "C:\\x.txt");
  for (const char* text : {"", ";a=b", "a; b", "a; =b", "a; b=\"c", "a; b=1; B=2", "a; b=\"1\"2"}) {
    EXPECT_FALSE(parse_media(text)) << text;
  }
}

std::string unzipped(const std::string& bytes) {
  std::string out(1u << 20, '\0');
  z_stream stream{};
  inflateInit2(&stream, 31);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Compression, IsForThoseWhoTakeItAndTextThatGains) {
  for (const char* header : {"gzip", "br, GZIP;q=0.5", "*", "deflate, *;q=0.1"})
    EXPECT_TRUE(accepts_gzip(header)) << header;
  for (const char* header : {"", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0"})
    EXPECT_FALSE(accepts_gzip(header)) << header;

  Request request;
  request.headers = {{"Accept-Encoding", "gzip"}};
  Response large = json_response('"' + std::string(5000, 'a') + '"');
  large.set("ETag", "\"7\"");
  finish_answer(large, request);
  EXPECT_EQ(*large.header("content-encoding"), "gzip");
  EXPECT_EQ(*large.header("vary"), "Accept-Encoding");
  EXPECT_EQ(*large.header("etag"), "W/\"7\"");
  EXPECT_EQ(unzipped(large.body), '"' + std::string(5000, 'a') + '"');

  Response small = json_response("{}");
  Response picture = text_response(std::string(5000, 'a'), "image/png");
  finish_answer(small, request);
  finish_answer(picture, request);
  EXPECT_EQ(small.header("content-encoding"), nullptr);
  EXPECT_EQ(picture.header("content-encoding"), nullptr);
}

TEST(Etags, AnswerNotModifiedAndMatchWeakly) {
  EXPECT_TRUE(names_etag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(names_etag("*", "\"b\""));
  EXPECT_FALSE(names_etag("\"a\"", "\"b\""));
  Request request;
  request.headers = {{"If-None-Match", "W/\"7\""}};
  Response response = json_response("{}");
  response.set("ETag", "\"7\"");
  Response changed = response;
  finish_answer(response, request);
  EXPECT_EQ(response.status, 304);
  EXPECT_EQ(body_length(response), 0u);
  request.method = Method::put;
  finish_answer(changed, request);
  EXPECT_EQ(changed.status, 200);
}

TEST(Heads, BearWhatEveryAnswerBears) {
  Response response = json_response("{}");
  response.add("Set-Cookie", "a=1").add("Set-Cookie", "b=2").set("cache-control", "private");
  std::string head = answer_head(
      response, {.request_id = "id-12345", .now = Instant{784'111'777'000}, .keep_alive = false, .secure = true});
  EXPECT_EQ(head,
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Request-Id: id-12345\r\n"
            "Content-Type: application/json\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\ncache-control: private\r\n"
            "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
            "Strict-Transport-Security: max-age=31536000\r\nContent-Length: 2\r\nConnection: close\r\n\r\n");
  EXPECT_THROW(response.set("X", "a\r\nB: c"), std::invalid_argument);
  EXPECT_THROW(response.add("X Y", "a"), std::invalid_argument);
  Response download = json_response("{}");
  offer_download(download, "台账 1.xlsx");
  EXPECT_EQ(*download.header("content-disposition"), "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6%201.xlsx");
}

TEST(Problems, BecomeProblemJson) {
  Problem problem("visit.bad", 422, {"有误", "wrong"}, {{"answers.a", "visit.answer", {"缺", "missing \"a\""}}});
  Response response = problem_response(problem, "id-12345");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(*response.header("content-type"), "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"urn:tanfang:problem:visit.bad","title":"内容不合要求","status":422,"code":"visit.bad",)"
            R"("detail":"有误","detail_en":"wrong","request":"id-12345","fields":[{"field":"answers.a",)"
            R"("code":"visit.answer","detail":"缺","detail_en":"missing \"a\""}]})");
  EXPECT_EQ(*problem_response(too_busy(), "").header("retry-after"), "2");
  EXPECT_EQ(*problem_response(Problem("a.b", 401, {"请登录", "sign in"}), "").header("www-authenticate"), "Bearer");
}

TEST(Problems, OfTheEdgeAllHaveAPhrase) {
  for (int status : {400, 404, 405, 408, 413, 414, 415, 417, 422, 431, 500, 501, 503, 504, 505, 507}) {
    EXPECT_NE(phrase_of(status), "Other") << status;
    EXPECT_NE(chinese_phrase_of(status), "其他") << status;
  }
  EXPECT_EQ(no_space().code, "http.no_space");
  EXPECT_EQ(phrase_of(299), "Other");
}

TEST(AccessLines, TellTheRouteAndNothingOfThePerson) {
  EXPECT_EQ(json_line({.time = Instant{784'111'777'000},
                       .id = "id-12345",
                       .method = "GET",
                       .route = "/people/{id}",
                       .status = 200,
                       .bytes = 12,
                       .milliseconds = 0.214,
                       .failure = ""}),
            "{\"time\":\"1994-11-06T16:49:37+08:00\",\"id\":\"id-12345\",\"method\":\"GET\",\"route\":\"/people/{id}\","
            "\"status\":200,\"bytes\":12,\"ms\":0.21}\n");
  EXPECT_NE(
      json_line({.time = {}, .id = "", .method = "-", .route = "", .failure = "disk"}).find("\"failure\":\"disk\""),
      std::string::npos);
}

TEST(Events, AreWrittenLineByLine) {
  EXPECT_EQ(event_text({.id = "7", .name = "progress", .data = "a\r\nb\rc\n"}),
            "id: 7\nevent: progress\ndata: a\ndata: b\ndata: c\ndata: \n\n");
  EXPECT_EQ(event_text({.id = "", .name = "", .data = "x"}), "data: x\n\n");
  EXPECT_THROW(event_text({.id = "1\n", .name = "", .data = ""}), std::invalid_argument);
}

TEST(Events, OfAStreamAreBounded) {
  EventStream stream(30);
  int woken = 0;
  stream.attach([&] { ++woken; });
  EXPECT_TRUE(stream.push({"", "", "1"}));
  EXPECT_TRUE(stream.push({"", "", "2"}));
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(stream.take().text, "data: 1\n\ndata: 2\n\n");
  EXPECT_FALSE(stream.push({"", "", std::string(40, 'x')}));
  EXPECT_TRUE(stream.take().overflowed);
  EXPECT_FALSE(stream.open());
}

TEST(Events, OfATopicReachAllWhoFollow) {
  EventTopic topic;
  auto first = topic.follow();
  auto second = topic.follow();
  topic.publish({"", "", "x"});
  EXPECT_EQ(first->take().text, second->take().text);
  second.reset();
  topic.publish({"", "", "y"});
  EXPECT_EQ(topic.followers(), 1u);
  topic.close();
  EXPECT_TRUE(first->take().ended);
  EXPECT_TRUE(topic.follow()->take().ended);
}

}  // namespace
}  // namespace tanfang::http
