// Streams of events: pushed, kept alive, cut, ended.
#include <gtest/gtest.h>

#include <thread>

#include "platform/http/events.h"
#include "platform/http/server.h"
#include "platform/http/test_client.h"

namespace tanfang::http {
namespace {

Router following(EventTopic& topic) {
  Router router;
  router.get("/events", [&](const Request& request) {
    auto stream = topic.follow();
    if (const std::string* last = request.header("last-event-id")) stream->push({*last, "back", ""});
    return event_response(stream);
  });
  router.get("/", [](const Request&) { return no_content(); });
  return router;
}

TEST(ServerEvents, ReachTheirClients) {
  EventTopic topic;
  TestServer server(following(topic));
  TestClient first = server.client();
  TestClient second = server.client();
  Answer answer = first.ask(get("/events"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.value("content-type"), "text/event-stream; charset=utf-8");
  EXPECT_EQ(answer.header("content-length"), nullptr);
  second.ask(get("/events", "Last-Event-ID: 41\r\n"));
  EXPECT_EQ(second.read_until("\n\n"), "id: 41\nevent: back\ndata: \n\n");
  for (int i = 0; i < 100; ++i) topic.publish({std::to_string(i), "", "张"});
  for (int i = 0; i < 100; ++i) {
    std::string wanted = "id: " + std::to_string(i) + "\ndata: 张\n\n";
    EXPECT_EQ(first.read_until("\n\n"), wanted);
    EXPECT_EQ(second.read_until("\n\n"), wanted);
  }
  topic.close();
  EXPECT_TRUE(first.at_end());
  EXPECT_TRUE(second.at_end());
}

TEST(EventTopic, TellsHowItStandsAlsoAfterTheEnd) {
  EventTopic topic;
  auto early = topic.follow({"", "progress", "1"});
  topic.publish({"", "progress", "2"});
  topic.close();
  auto late = topic.follow({"", "end", "3"});
  EXPECT_EQ(early->take().text, "event: progress\ndata: 1\n\nevent: progress\ndata: 2\n\n");
  EventStream::Taken told = late->take();
  EXPECT_EQ(told.text, "event: end\ndata: 3\n\n");
  EXPECT_TRUE(told.ended);
}

TEST(ServerEvents, AreNotBegunForHead) {
  EventTopic topic;
  TestServer server(following(topic));
  TestClient client = server.client();
  EXPECT_EQ(client.ask("HEAD /events HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
  EXPECT_TRUE(client.at_end());
  EXPECT_EQ(topic.followers(), 0u);
}

TEST(ServerEvents, BeatWhileNothingHappens) {
  EventTopic topic;
  Settings settings;
  settings.timeouts.heartbeat = std::chrono::milliseconds(5);
  TestServer server(following(topic), settings);
  TestClient client = server.client();
  client.ask(get("/events"));
  EXPECT_EQ(client.read_until("\n\n"), ":\n\n");
  EXPECT_EQ(client.read_until("\n\n"), ":\n\n");
}

/// So that what its reader may see is asked again.
TEST(ServerEvents, EndAfterTheirTime) {
  EventTopic topic;
  Settings settings;
  settings.timeouts.events = std::chrono::milliseconds(30);
  TestServer server(following(topic), settings);
  TestClient client = server.client();
  client.ask(get("/events"));
  EXPECT_TRUE(client.at_end());
  EXPECT_EQ(topic.followers(), 0u);
}

TEST(ServerEvents, ForgetClientsThatGo) {
  EventTopic topic;
  TestServer server(following(topic));
  {
    TestClient client = server.client();
    client.ask(get("/events"));
    EXPECT_EQ(topic.followers(), 1u);
  }
  while (topic.followers() > 0) std::this_thread::yield();
  while (server.log.all().empty()) std::this_thread::yield();
  EXPECT_EQ(server.log.all()[0].route, "/events");
}

TEST(ServerEvents, CutClientsThatDoNotRead) {
  EventTopic topic;
  TestServer server(following(topic));
  TestClient slow(server.server.port(), 4096);
  slow.ask(get("/events"));
  const std::string data(10'000, 'x');
  while (topic.followers() > 0) topic.publish({"", "", data});
  slow.read_until("never");
  EXPECT_TRUE(slow.at_end());
  EXPECT_EQ(server.server.counts().streams_cut, 1u);
  EXPECT_EQ(server.ask(get("/")).status, 204);
}

TEST(ServerEvents, EndWhenTheServerStops) {
  EventTopic topic;
  TestServer server(following(topic));
  TestClient client = server.client();
  client.ask(get("/events"));
  EXPECT_TRUE(server.server.stop(std::chrono::seconds(20)));
  EXPECT_TRUE(client.at_end());
  EXPECT_EQ(topic.followers(), 0u);
}

}  // namespace
}  // namespace tanfang::http
