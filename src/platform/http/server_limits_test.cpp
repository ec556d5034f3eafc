// Every size and every step has its limit.
#include <gtest/gtest.h>

#include <chrono>

#include "platform/http/server.h"
#include "platform/http/test_client.h"

namespace tanfang::http {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kSoon{30};

Response length(const Request& request) { return text_response(std::to_string(request.body.size())); }

Router small() {
  Router router;
  router.get("/", length);
  router.post("/memory", length, BodyRule::memory(1000));
  router.post("/none", length, BodyRule{});
  Route guarded{Method::post, "/guarded", length, BodyRule::memory(1000), {}};
  guarded.admit = [](const Request& request) {
    if (!request.header("x-key")) throw Problem("guard.refused", 403, {"不行", "no"});
  };
  router.add(guarded);
  return router;
}

TEST(Limits, OfHeadersAreHeld) {
  TestServer server(small());
  EXPECT_EQ(server.ask(get("/", "A: " + std::string(17'000, 'b') + "\r\n")).status, 431);
  EXPECT_EQ(server.ask(get("/" + std::string(9'000, 'a'))).status, 414);
  EXPECT_EQ(code_of(server.ask("GET / HTTP/2.0\r\nHost: h\r\n\r\n")), "http.version");
  EXPECT_EQ(code_of(server.ask("GET / HTTP/1.1\r\n\r\n")), "http.host");
  EXPECT_EQ(code_of(server.ask("BREW / HTTP/1.1\r\nHost: h\r\n\r\n")), "http.method_unknown");
  EXPECT_EQ(code_of(server.ask(get("/", "Expect: x\r\n"))), "http.expectation");
}

TEST(Limits, OfBodiesAreHeldByRoute) {
  TestServer server(small());
  EXPECT_EQ(server.ask(post("/memory", std::string(1000, 'x'))).body, "1000");
  Answer announced = server.ask(post("/memory", std::string(1001, 'x')));
  EXPECT_EQ(announced.status, 413);
  EXPECT_EQ(code_of(announced), "http.body_too_large");
  EXPECT_EQ(announced.value("connection"), "close");
  const std::string chunked = "POST /memory HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(server.ask(chunked + "3E8\r\n" + std::string(1000, 'x') + "\r\n0\r\n\r\n").body, "1000");
  EXPECT_EQ(server.ask(chunked + "3E9\r\n" + std::string(1001, 'x') + "\r\n0\r\n\r\n").status, 413);
  EXPECT_EQ(code_of(server.ask(post("/none", "x"))), "http.body_unexpected");
  EXPECT_EQ(server.ask(post("/none", "")).status, 200);
  EXPECT_EQ(code_of(server.ask(chunked + "5;" + std::string(20'000, 'a'))), "http.malformed");
}

TEST(Limits, AHugeBodyStillHearsWhyItIsRefused) {
  TestServer server(small());
  TestClient client = server.client();
  client.send("POST /memory HTTP/1.1\r\nHost: h\r\nContent-Length: 20000000\r\n\r\n");
  client.send(std::string(20'000'000, 'x'));
  EXPECT_EQ(client.read_answer().status, 413);
}

TEST(Limits, ContinueIsSaidOnlyToWhatWillBeTaken) {
  TestServer server(small());
  TestClient client = server.client();
  const std::string expect = "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n";
  client.send("POST /guarded HTTP/1.1\r\nHost: h\r\nX-Key: 1\r\n" + expect);
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_EQ(client.read_answer().body, "3");
  client.send("POST /guarded HTTP/1.1\r\nHost: h\r\n" + expect);
  Answer refused = client.read_answer();
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.value("connection"), "close");
  EXPECT_EQ(server.ask("POST /none HTTP/1.1\r\nHost: h\r\n" + expect).status, 400);
}

TEST(Limits, SmuggledRequestsAreNeverAnswered) {
  TestServer server(small());
  const std::string inner = get("/");
  for (const std::string lines :
       {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 0\r\nContent-Length: 40\r\n",
        "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n"}) {
    TestClient client = server.client();
    client.send("POST /memory HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n0\r\n\r\n" + inner);
    Answer answer = client.read_answer();
    EXPECT_GE(answer.status, 400) << lines;
    EXPECT_TRUE(client.at_end()) << lines;
  }
  TestClient client = server.client();
  client.send("POST /memory HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxX\r\n0\r\n\r\n" + inner);
  EXPECT_EQ(code_of(client.read_answer()), "http.malformed");
  EXPECT_TRUE(client.at_end());
}

Settings with(Timeouts timeouts) {
  Settings settings;
  settings.timeouts = timeouts;
  return settings;
}

TEST(Times, OfSilentConnectionsEnd) {
  TestServer server(small(), with({.idle = milliseconds(500)}));
  TestClient never = server.client();
  EXPECT_TRUE(never.at_end());
  TestClient once = server.client();
  EXPECT_EQ(once.ask(get("/")).status, 200);
  EXPECT_TRUE(once.at_end());
}

TEST(Times, OfSlowHeadersEnd) {
  TestServer server(small(), with({.header = kSoon}));
  TestClient client = server.client();
  client.send("GET / HTTP/1.1\r\nHost:");
  Answer answer = client.read_answer();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(code_of(answer), "http.header_too_slow");
  EXPECT_TRUE(client.at_end());
}

TEST(Times, OfSlowBodiesEnd) {
  TestServer server(small(), with({.body_grace = kSoon, .body_rate = 1'000'000}));
  TestClient client = server.client();
  client.send("POST /memory HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\nsome");
  Answer answer = client.read_answer();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(code_of(answer), "http.body_too_slow");
  EXPECT_TRUE(client.at_end());
}

/// Never silent, and yet slower than it must be: what counts is what has come, not when the last of it came.
TEST(Times, OfBodiesThatTrickleEnd) {
  constexpr int kBytes = 3'000'000;
  Router router;
  router.post("/large", length, BodyRule::memory(kBytes));
  TestServer server(std::move(router), with({.body_grace = kSoon, .body_rate = 1'000'000'000}));
  TestClient client = server.client();
  client.send("POST /large HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(kBytes) + "\r\n\r\n");
  int sent = 0;
  while (sent < kBytes && server.log.all().empty() && client.send("x")) ++sent;
  EXPECT_LT(sent, kBytes);
  Answer answer = client.read_answer();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(code_of(answer), "http.body_too_slow");
}

TEST(Times, OfBodiesThatComeSteadilyGoOnPastTheGrace) {
  TestServer server(small(), with({.body_grace = kSoon, .body_rate = 10}));
  TestClient client = server.client();
  client.send("POST /memory HTTP/1.1\r\nHost: h\r\nContent-Length: 900\r\n\r\n" + std::string(300, 'x'));
  auto past = std::chrono::steady_clock::now() + 5 * kSoon;
  int sent = 300;
  // A byte now and then, far longer than the grace.
  for (auto next = past - 4 * kSoon; std::chrono::steady_clock::now() < past;) {
    if (std::chrono::steady_clock::now() < next) continue;
    ASSERT_TRUE(client.send("x"));
    ++sent;
    next += kSoon;
  }
  client.send(std::string(static_cast<std::size_t>(900 - sent), 'x'));
  Answer answer = client.read_answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "900");
}

TEST(Times, OfWholeRequestsEndBodiesToo) {
  TestServer server(small(), with({.request = kSoon}));
  TestClient client = server.client();
  client.send("POST /memory HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\nsome");
  EXPECT_EQ(client.read_answer().status, 408);
}

TEST(Times, OfSlowHandlersEnd) {
  std::atomic<bool> answered = false;
  Router router;
  router.get("/slow", [&](const Request&) {
    while (!answered) std::this_thread::yield();
    return no_content();
  });
  TestServer server(std::move(router), with({.request = kSoon}));
  TestClient client = server.client();
  Answer answer = client.ask(get("/slow"));
  answered = true;
  EXPECT_EQ(answer.status, 504);
  EXPECT_EQ(code_of(answer), "http.too_slow");
  EXPECT_TRUE(client.at_end());
  server.server.stop(std::chrono::seconds(10));
  auto log = server.log.all();
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0].route, "/slow");
}

TEST(Times, OfClientsThatDoNotReadEnd) {
  Router router;
  router.get("/large", [](const Request&) { return text_response(std::string(30'000'000, 'x')); });
  TestServer server(std::move(router), with({.write = kSoon}));
  TestClient client(server.server.port(), 4096);
  client.send(get("/large"));
  while (server.log.all().empty()) std::this_thread::yield();
  EXPECT_LT(server.log.all()[0].bytes, 30'000'000u);
  EXPECT_LT(client.read_until("never").size(), 30'000'000u);
}

}  // namespace
}  // namespace tanfang::http
