// Requests over real sockets: routes, connections that stay, refusals, the pool.
#include "platform/http/server.h"
#include "base/outage.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <stdexcept>

#include "platform/http/test_client.h"

namespace tanfang::http {
namespace {

Response echo(const Request& request) {
  std::string text = std::string(name_of(request.method)) + " " + request.route;
  for (const Field& field : request.path_parameters) text += " " + field.name + "=" + field.value;
  return text_response(text + " " + request.query + " " + request.body);
}

Router echoing() {
  Router router;
  router.get("/", echo);
  router.get("/people/{id}", echo);
  router.post("/people", echo, BodyRule::memory(100));
  router.get("/large", [](const Request&) { return text_response(std::string(3'000'000, 'x')); });
  router.get("/state", [](const Request&) {
    Response response = json_response("{}");
    response.set("ETag", "\"7\"");
    return response;
  });
  router.get("/problem", [](const Request&) -> Response { throw Problem("visit.refused", 409, {"不行", "no"}); });
  router.get("/failure", [](const Request&) -> Response { throw Failure("the disk is gone"); });
  router.get("/fault", [](const Request&) -> Response { throw std::logic_error("张三"); });
  return router;
}

TEST(Server, AnswersByRoute) {
  TestServer server(echoing());
  Answer answer = server.ask(get("/people/%E5%BC%A0?a=1"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "GET /people/{id} id=张 a=1 ");
  EXPECT_EQ(answer.value("x-request-id").size(), 20u);
  EXPECT_EQ(answer.value("cache-control"), "no-store");
  EXPECT_EQ(answer.value("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.value("referrer-policy"), "no-referrer");
  EXPECT_NE(answer.value("content-security-policy").find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(answer.value("date"), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(server.ask(post("/people", "hello")).body, "POST /people  hello");
}

TEST(Server, RefusesUnknownPathsAndMethods) {
  TestServer server(echoing());
  TestClient client = server.client();
  Answer unknown = client.ask(get("/nothing"));
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(code_of(unknown), "http.not_found");
  EXPECT_NE(unknown.body.find("\"detail_en\":"), std::string::npos);
  Answer method = client.ask("DELETE /people HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(method.status, 405);
  EXPECT_EQ(method.value("allow"), "POST, OPTIONS");
  EXPECT_EQ(code_of(method), "http.method_not_allowed");
  Answer options = client.ask("OPTIONS /people HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.value("allow"), "POST, OPTIONS");
  EXPECT_EQ(client.ask("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").status, 204);
  EXPECT_EQ(code_of(client.ask(get("/../etc/passwd"))), "http.target");
  EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST(Server, KeepsConnectionsAndAnswersPipelinedRequestsInOrder) {
  TestServer server(echoing());
  TestClient client = server.client();
  std::string requests;
  for (int i = 0; i < 50; ++i) {
    requests += get("/people/" + std::to_string(i)) + post("/people", std::to_string(i)) + get("/none");
  }
  client.send(requests);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.read_answer().body, "GET /people/{id} id=" + std::to_string(i) + "  ");
    EXPECT_EQ(client.read_answer().body, "POST /people  " + std::to_string(i));
    EXPECT_EQ(client.read_answer().status, 404);
  }
  EXPECT_EQ(server.server.counts().accepted, 1u);
  EXPECT_EQ(server.server.counts().requests, 100u);
}

TEST(Server, ClosesWhenAskedTo) {
  TestServer server(echoing());
  TestClient client = server.client();
  Answer answer = client.ask(get("/", "Connection: close\r\n"));
  EXPECT_EQ(answer.value("connection"), "close");
  EXPECT_TRUE(client.at_end());
}

TEST(Server, AnswersProxiesAndProbesThatSpeakHttp10) {
  TestServer server(echoing());
  for (const char* lines : {"", "Host: h\r\n", "Connection: keep-alive\r\n"}) {
    TestClient client = server.client();
    Answer answer = client.ask("GET /people/1 HTTP/1.0\r\n" + std::string(lines) + "\r\n");
    EXPECT_EQ(answer.status, 200) << lines;
    EXPECT_EQ(answer.value("connection"), "close");
    EXPECT_TRUE(client.at_end());
  }
  EXPECT_EQ(server.ask("POST /people HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi").body,
            "POST /people  hi");
  EXPECT_EQ(code_of(server.ask("POST /people HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
            "http.framing");
}

TEST(Server, TakesTheIdOfARequestFromItsProxyAlone) {
  Settings settings;
  settings.trusted_proxies = {"127.0.0.1"};
  TestServer behind(echoing(), settings);
  EXPECT_EQ(behind.ask(get("/", "X-Request-Id: my-id-12345\r\n")).value("x-request-id"), "my-id-12345");
  EXPECT_EQ(behind.ask(get("/", "X-Request-Id: a b\r\n")).value("x-request-id").size(), 20u);
  TestServer open(echoing());
  EXPECT_NE(open.ask(get("/", "X-Request-Id: 510521194003020011\r\n")).value("x-request-id"), "510521194003020011");
}

TEST(Server, AnswersHeadWithoutBody) {
  TestServer server(echoing());
  TestClient client = server.client();
  Answer head = client.ask("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.value("content-length"), "8");
  EXPECT_EQ(client.ask(get("/")).body, "GET /  ");
}

TEST(Server, CompressesAndAnswersNotModified) {
  TestServer server(echoing());
  TestClient client = server.client();
  Answer zipped = client.ask(get("/large", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(zipped.value("content-encoding"), "gzip");
  EXPECT_LT(zipped.body.size(), 20'000u);
  EXPECT_EQ(client.ask(get("/large")).body, std::string(3'000'000, 'x'));
  Answer same = client.ask(get("/state", "If-None-Match: \"7\"\r\n"));
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.header("content-length"), nullptr);
  EXPECT_EQ(client.ask(get("/state", "If-None-Match: \"8\"\r\n")).status, 200);
}

TEST(Server, TurnsWhatIsThrownIntoProblems) {
  TestServer server(echoing());
  TestClient client = server.client();
  Answer problem = client.ask(get("/problem"));
  EXPECT_EQ(problem.status, 409);
  EXPECT_EQ(problem.value("content-type"), "application/problem+json");
  EXPECT_EQ(code_of(problem), "visit.refused");
  for (const char* path : {"/failure", "/fault"}) {
    Answer failed = client.ask(get(path));
    EXPECT_EQ(failed.status, 500);
    EXPECT_EQ(code_of(failed), "http.failed");
    EXPECT_EQ(failed.body.find("disk is gone"), std::string::npos);
    EXPECT_EQ(failed.body.find("张三"), std::string::npos);
  }
}

TEST(Server, SaysWhatPassesByItself) {
  Router router;
  router.get("/away", [](const Request&) -> Response { throw Outage(Outage::Cause::away, "no PostgreSQL"); });
  router.get("/full", [](const Request&) -> Response { throw Outage(Outage::Cause::no_space, "no room"); });
  TestServer server(std::move(router));
  TestClient client = server.client();
  Answer away = client.ask(get("/away"));
  EXPECT_EQ(away.status, 503);
  EXPECT_EQ(code_of(away), "http.unavailable");
  EXPECT_EQ(away.value("retry-after"), "5");
  Answer full = client.ask(get("/full"));
  EXPECT_EQ(full.status, 507);
  EXPECT_EQ(code_of(full), "http.no_space");
  EXPECT_EQ(full.body.find("no room"), std::string::npos);
  client.ask(get("/nowhere"));
  EXPECT_EQ(server.log.all().at(0).failure, "no PostgreSQL");
}

TEST(Server, LogsTheRouteAndNotThePath) {
  Settings settings;
  settings.trusted_proxies = {"::ffff:127.0.0.1"};
  TestServer server(echoing(), settings);
  {
    TestClient client = server.client();
    client.ask(get("/people/secret-name?citizen=510521", "X-Request-Id: my-id-12345\r\n"));
    client.ask(get("/unknown-secret"));
    client.ask(get("/failure"));
    client.ask(get("/fault"));
    client.ask("nonsense\r\n\r\n");
  }
  server.server.stop(std::chrono::seconds(10));
  auto log = server.log.all();
  ASSERT_EQ(log.size(), 5u);
  EXPECT_EQ(log[0].id, "my-id-12345");
  EXPECT_EQ(log[0].route, "/people/{id}");
  EXPECT_EQ(log[0].method, "GET");
  EXPECT_EQ(log[0].status, 200);
  EXPECT_EQ(log[0].bytes, 47u);
  EXPECT_EQ(log[0].time, Instant{784'111'777'000});
  EXPECT_EQ(log[1].route, "");
  EXPECT_EQ(log[2].failure, "the disk is gone");
  EXPECT_EQ(log[3].failure, "std::logic_error");
  EXPECT_EQ(log[4].method, "-");
  for (const AccessEntry& entry : log) {
    std::string line = json_line(entry);
    for (const char* secret : {"secret", "510521", "127.0.0.1", "张三"})
      EXPECT_EQ(line.find(secret), std::string::npos);
  }
}

/// Handlers that wait until they are let go.
struct Gate {
  Response wait(const Request&) {
    std::unique_lock lock(mutex);
    ++inside;
    changed.notify_all();
    changed.wait(lock, [this] { return open; });
    return no_content();
  }
  void wait_for(int count) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return inside >= count; });
  }
  void let_go() {
    std::lock_guard lock(mutex);
    open = true;
    changed.notify_all();
  }
  std::mutex mutex;
  std::condition_variable changed;
  int inside = 0;
  bool open = false;
};

Router gated(Gate& gate) {
  Router router;
  router.get("/wait", [&](const Request& request) { return gate.wait(request); });
  router.get("/", [](const Request&) { return no_content(); });
  return router;
}

TEST(Server, TurnsAwayWhatItsQueueDoesNotHold) {
  Gate gate;
  Settings settings;
  settings.handler_threads = 2;
  settings.queue = 1;
  TestServer server(gated(gate), settings);
  TestClient first = server.client();
  TestClient second = server.client();
  TestClient third = server.client();
  TestClient fourth = server.client();
  first.send(get("/wait"));
  second.send(get("/wait"));
  gate.wait_for(2);
  third.send(get("/"));
  while (server.server.counts().running < 3) std::this_thread::yield();
  Answer busy = fourth.ask(get("/"));
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(code_of(busy), "http.busy");
  EXPECT_EQ(busy.value("retry-after"), "2");
  EXPECT_EQ(server.server.counts().turned_away, 1u);
  gate.let_go();
  for (TestClient* client : {&first, &second, &third}) EXPECT_EQ(client->read_answer().status, 204);
  EXPECT_EQ(fourth.ask(get("/")).status, 204);
}

TEST(Server, ClosesConnectionsPastItsNumber) {
  Settings settings;
  settings.connections = 1;
  TestServer server(echoing(), settings);
  TestClient first = server.client();
  EXPECT_EQ(first.ask(get("/")).status, 200);
  TestClient second = server.client();
  EXPECT_TRUE(second.at_end());
  EXPECT_EQ(first.ask(get("/")).status, 200);
}

TEST(Server, LetsRequestsFinishWhenItStops) {
  Gate gate;
  TestServer server(gated(gate));
  TestClient idle = server.client();
  EXPECT_EQ(idle.ask(get("/")).status, 204);
  TestClient running = server.client();
  running.send(get("/wait"));
  gate.wait_for(1);
  auto stopped = std::async(std::launch::async, [&] { return server.server.stop(std::chrono::seconds(20)); });
  EXPECT_TRUE(idle.at_end());
  gate.let_go();
  Answer answer = running.read_answer();
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.value("connection"), "close");
  EXPECT_TRUE(running.at_end());
  running.end_sending();
  EXPECT_TRUE(stopped.get());
  EXPECT_THROW(server.client(), std::runtime_error);
}

TEST(Server, CutsWhatDoesNotFinishInTime) {
  TestServer server(echoing());
  TestClient slow = server.client();
  slow.send("POST /people HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
  EXPECT_EQ(slow.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_FALSE(server.server.stop(std::chrono::milliseconds(20)));
  EXPECT_TRUE(slow.at_end());
}

TEST(Server, ServesManyClientsOnSeveralThreads) {
  Settings settings;
  settings.io_threads = 3;
  TestServer server(echoing(), settings);
  std::vector<std::future<int>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::async(std::launch::async, [&] {
      TestClient client = server.client();
      int good = 0;
      for (int j = 0; j < 100; ++j) good += client.ask(post("/people", "x")).body == "POST /people  x";
      return good;
    }));
  }
  for (auto& client : clients) EXPECT_EQ(client.get(), 100);
}

TEST(Server, OutlivesClientsThatBreakOffAnywhere) {
  Settings settings;
  settings.io_threads = 2;
  TestServer server(echoing(), settings);
  const std::string first = post("/people", std::string(90, 'x'));
  const std::string requests =
      first + get("/large") + get("/none") +
      "POST /people HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  std::vector<std::future<void>> clients;
  for (std::size_t thread = 0; thread < 4; ++thread) {
    clients.push_back(std::async(std::launch::async, [&, thread] {
      for (std::size_t cut = thread; cut < requests.size(); cut += 4) {
        TestClient client = server.client();
        client.send(requests.substr(0, cut));
        if (cut % 3 == 0 && cut >= first.size()) {
          EXPECT_EQ(client.read_answer().status, 200);
        }
        if (cut % 2 == 0) client.break_off();
      }
    }));
  }
  for (auto& client : clients) client.get();
  EXPECT_EQ(server.ask(get("/")).status, 200);
  EXPECT_TRUE(server.server.stop(std::chrono::seconds(20)));
  EXPECT_EQ(server.server.counts().open, 0u);
}

TEST(Server, TellsItsHandlersWhoAsked) {
  Router router;
  router.get("/", [](const Request& request) { return text_response(request.peer); });
  TestServer direct(std::move(router));
  EXPECT_EQ(direct.ask(get("/", "X-Forwarded-For: 1.1.1.1\r\n")).body, "127.0.0.1");
  Router behind;
  behind.get("/", [](const Request& request) { return text_response(request.peer); });
  Settings settings;
  settings.trusted_proxies = {"127.0.0.1"};
  TestServer proxied(std::move(behind), settings);
  EXPECT_EQ(proxied.ask(get("/", "X-Forwarded-For: 1.1.1.1\r\n")).body, "1.1.1.1");
}

TEST(Server, SaysWhenItsAddressIsTaken) {
  TestServer server(echoing());
  Settings settings;
  settings.port = server.server.port();
  EXPECT_THROW(TestServer(echoing(), settings), Failure);
  settings.address = "nowhere";
  EXPECT_THROW(TestServer(echoing(), settings), Failure);
  EXPECT_THROW(Server({}, echoing()), std::invalid_argument);
}

}  // namespace
}  // namespace tanfang::http
