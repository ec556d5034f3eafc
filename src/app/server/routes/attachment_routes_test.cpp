// Evidence over HTTP: put by its digest, named by records, shown to whom the record is, gone with the person.
#include "app/jobs/retention.h"
#include "app/operation/rotation.h"
#include "app/server/test_server.h"
#include "platform/crypto/crypto.h"
#include "visits/for_scans.h"

namespace tanfang::app::server {
namespace {

using namespace std::string_literals;
using identity::Role;

std::string picture(const std::string& what) { return "\xff\xd8\xff\xe0\0\x10JFIF\0"s + what; }
std::string digest_of(const std::string& content) { return crypto::to_hex(crypto::sha256(content)); }

class AttachmentRoutesTest : public ServerTest {
 protected:
  http::Answer put(const Client& client, const std::string& digest, const std::string& content) {
    http::TestClient wire(serving_->port());
    return wire.ask(
        "PUT " + std::string(kRoot) + "/attachments/" + digest +
        " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nCookie: " + client.cookie + "\r\nX-CSRF-Token: " + client.csrf +
        "\r\nContent-Type: image/jpeg\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content);
  }
  http::Answer put(const Client& client, const std::string& content) {
    return put(client, digest_of(content), content);
  }
  js::object entry(const std::string& key, const std::vector<std::string>& digests) {
    js::object made = visit(key, format_id(key_.id), "2025-06-10");
    made["attachments"] = js::array(digests.begin(), digests.end());
    return made;
  }
  std::int64_t kept() {
    std::int64_t count = 0;
    serving_->service().database().read([&](db::Session& session) {
      count = session.first("select count(*) from attachments", {}, [](const db::Row& row) { return row.integer(0); })
                  .value();
    });
    return count;
  }
};
TANFANG_ON_EACH_ENGINE(AttachmentRoutesTest);

TEST_P(AttachmentRoutesTest, KeepsAPictureOnceAndShowsItToWhomTheRecordIs) {
  Client visitor = as(Role::visitor, kVillage);
  std::string photo = picture("door");
  std::string digest = digest_of(photo);
  EXPECT_EQ(put(visitor, photo).status, 201);
  EXPECT_EQ(put(visitor, photo).status, 200);
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(code_of(get(visitor, "/attachments/" + digest)), "attachment.unknown") << "no record names it yet";
  http::Answer recorded = post(visitor, "/visits", entry("k-1", {digest, digest}));
  ASSERT_EQ(recorded.status, 201) << recorded.body;
  EXPECT_EQ(post(visitor, "/visits", entry("k-1", {digest})).status, 200) << "the same content again";
  EXPECT_EQ(code_of(post(visitor, "/visits", entry("k-1", {}))), "visit.key_reused");
  std::string id(json_of(recorded).at("id").as_string());
  EXPECT_EQ(json_of(get(visitor, "/visits/" + id)).at("attachments"), js::value(js::array{digest}));
  http::Answer shown = get(visitor, "/attachments/" + digest);
  EXPECT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(shown.body, photo);
  EXPECT_EQ(shown.value("content-type"), "image/jpeg");
  EXPECT_EQ(shown.value("x-content-type-options"), "nosniff");
  EXPECT_EQ(get(as(Role::city_supervisor, "5105"), "/attachments/" + digest).body, photo);
  for (const Client& outside : {as(Role::village_clerk, kOtherVillage), as(Role::county_bureau, kOtherCounty)}) {
    EXPECT_EQ(code_of(get(outside, "/attachments/" + digest)), "attachment.unknown");
  }
  std::string trail = get(as(Role::auditor, kCounty), "/audit?subject=attachment:" + digest).body;
  EXPECT_NE(trail.find("attachment_put"), std::string::npos) << trail;
  EXPECT_NE(trail.find("attachment_shown"), std::string::npos) << trail;
}

/// Nobody fills the disk with what no record names.
TEST_P(AttachmentRoutesTest, AnAccountPutsSoMuchADayAndTheRestLater) {
  Client visitor = as(Role::visitor, kVillage);
  Phone phone = bind(Role::visitor, kVillage);
  EXPECT_EQ(put(visitor, picture("first")).status, 201);
  serving_->service().database().write(
      [](db::Session& session) { session.execute("update attachment_days set bytes = 1073741800", {}); });
  std::string photo = picture("of a long day in the hills");
  http::Answer refused = put(visitor, photo);
  EXPECT_EQ(refused.status, 507);
  EXPECT_EQ(code_of(refused), "attachment.day_full");
  EXPECT_EQ(put(visitor, picture("first")).status, 200) << "it is there already";
  // A phone keeps what is answered like a full disk, and sends it again.
  EXPECT_EQ(send(phone, "attachment", digest_of(photo), photo).status, 507);
  EXPECT_EQ(put(as(Role::village_clerk, kVillage), picture("of another")).status, 201);
  clock_.set({clock_.now().milliseconds + identity::kDay});
  EXPECT_EQ(send(phone, "attachment", digest_of(photo), photo).status, 200);
  EXPECT_EQ(kept(), 3);
}

/// One job reads it for every county, so that the day of its actor would be over for all.
TEST_P(AttachmentRoutesTest, PaperThatWasScannedIsNoPartOfAnAccountsDay) {
  Client visitor = as(Role::visitor, kVillage);
  http::Answer recorded = post(visitor, "/visits", entry("k-1", {}));
  ASSERT_EQ(recorded.status, 201) << recorded.body;
  auto id = parse_id(std::string(json_of(recorded).at("id").as_string()));
  auto days = [&] {
    std::int64_t count = 0;
    serving_->service().database().read([&](db::Session& session) {
      count =
          session.first("select count(*) from attachment_days", {}, [](const db::Row& row) { return row.integer(0); })
              .value();
    });
    return count;
  };
  std::string page = picture("page");
  write([&](audit::Work& work) { visits::attach_paper(work, kCounty, *id, digest_of(page), page); });
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(days(), 0);
}

TEST_P(AttachmentRoutesTest, TellsNobodyThatAnotherHadSentTheSame) {
  std::string photo = picture("gate");
  EXPECT_EQ(put(as(Role::visitor, kVillage), photo).status, 201);
  EXPECT_EQ(put(as(Role::visitor, kOtherVillage), photo).status, 201);
  EXPECT_EQ(kept(), 1);
}

TEST_P(AttachmentRoutesTest, RefusesWhatIsNoPictureOrNotWhatItsNameSays) {
  Client visitor = as(Role::visitor, kVillage);
  std::string photo = picture("x");
  EXPECT_EQ(code_of(put(visitor, digest_of("y"), photo)), "attachment.digest");
  EXPECT_EQ(code_of(put(visitor, "abc", photo)), "attachment.digest");
  EXPECT_EQ(code_of(put(visitor, "<svg onload=alert(1)>")), "attachment.type");
  EXPECT_EQ(code_of(put(visitor, "")), "attachment.type");
  EXPECT_EQ(code_of(put(as(Role::city_supervisor, "5105"), photo)), "identity.forbidden");
  EXPECT_EQ(kept(), 0);
  EXPECT_GE(get(visitor, "/attachments/../../etc/passwd").status, 400);
  EXPECT_EQ(code_of(get(visitor, "/attachments/" + std::string(64, 'A'))), "attachment.unknown");
  for (const auto& [digests, code] : std::map<std::vector<std::string>, std::string>{
           {{"abc"}, "visit.attachment_malformed"},
           {{digest_of("never sent")}, "visit.attachment_unknown"},
           {std::vector<std::string>(1, ""), "visit.attachment_malformed"}}) {
    http::Answer refused = post(visitor, "/visits", entry("k-2", digests));
    EXPECT_EQ(code_of(refused), "visit.invalid");
    EXPECT_NE(refused.body.find(code), std::string::npos) << refused.body;
  }
  std::vector<std::string> many;
  for (int i = 0; i < 11; ++i) many.push_back(digest_of(std::to_string(i)));
  EXPECT_NE(post(visitor, "/visits", entry("k-2", many)).body.find("visit.attachments_too_many"), std::string::npos);
  js::object malformed = entry("k-2", {});
  malformed["attachments"] = "abc";
  EXPECT_EQ(code_of(post(visitor, "/visits", malformed)), "visit.malformed");
  serving_.reset();
  settings_.limits.attachment_bytes = 1024;
  start();
  EXPECT_EQ(put(visitor, picture(std::string(1100, 'x'))).status, 413);
  EXPECT_EQ(put(visitor, picture(std::string(900, 'x'))).status, 201);
}

TEST_P(AttachmentRoutesTest, ForgetsWhatNoRecordNamesAndWhatIsOfTheErased) {
  Client visitor = as(Role::visitor, kVillage);
  put(visitor, picture("named"));
  put(visitor, picture("forgotten"));
  ASSERT_EQ(post(visitor, "/visits", entry("k-1", {digest_of(picture("named"))})).status, 201);
  auto purge = [&] { serving_->service().jobs().run_now("purge_attachments", kCounty); };
  clock_.set(*parse_instant("2025-07-19T09:00"));
  purge();
  EXPECT_EQ(kept(), 2) << "thirty days have not passed";
  clock_.set(*parse_instant("2025-07-21T09:00"));
  purge();
  EXPECT_EQ(kept(), 1);
  write([&](audit::Work& work) {
    std::int64_t erased = visits::erase_answers(work, key_);
    EXPECT_EQ(erased, 1);
  });
  EXPECT_EQ(kept(), 0);
}

TEST_P(AttachmentRoutesTest, StandsEncryptedAndIsEncryptedAnewWithAFreshKey) {
  Client visitor = as(Role::visitor, kVillage);
  std::string photo = picture("a face");
  put(visitor, photo);
  ASSERT_EQ(post(visitor, "/visits", entry("k-1", {digest_of(photo)})).status, 201);
  auto stored = [&] {
    std::string content;
    serving_->service().database().read([&](db::Session& session) {
      content = session
                    .first("select content from attachments", {},
                           [](const db::Row& row) { return std::string(row.bytes(0)); })
                    .value();
    });
    return content;
  };
  std::string before = stored();
  EXPECT_EQ(before.find("a face"), std::string::npos);
  serving_.reset();
  add_field_key(surroundings_);
  renew_fields(surroundings_, [](std::int64_t) {});
  start();
  EXPECT_NE(stored(), before);
  EXPECT_EQ(surroundings_.keys().field_cipher()->key_of(stored()), surroundings_.keys().current_field_key());
  EXPECT_EQ(get(visitor, "/attachments/" + digest_of(photo)).body, photo);
}

}  // namespace
}  // namespace tanfang::app::server
