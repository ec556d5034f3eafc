// The restore drill: backed up while 32 clients write, restored on another machine, served from there.
#include <gtest/gtest.h>

#include <filesystem>

#include "drills/phones.h"
#include "drills/postgres_server.h"
#include "platform/files/files.h"

namespace tanfang::drills {
namespace {

class RestoreDrill : public testing::TestWithParam<std::string> {
 protected:
  bool on_server() const { return GetParam() == "postgresql"; }
  std::string address(const std::string& database) {
    if (!on_server()) return "";
    if (!postgres_) postgres_.emplace();
    return postgres_->make_database(database);
  }

  std::optional<PostgresServer> postgres_;
};

TEST_P(RestoreDrill, BringsBackAllThatWasAcknowledgedBefore) {
  Deployment first(address("first"));
  const std::string backup = first.folder().file("backup");
  const std::string keys = first.folder().file("keys");
  const std::string passphrase = first.folder().file("passphrase");
  files::write_whole(passphrase, "correct horse and lamp 2024\n");
  first.start();
  Session session = first.sign_in();
  Phones phones(session);
  phones.start(first.port());
  phones.wait_until([](const Phones::Counts& counts) { return counts.acknowledged() >= 500; });
  std::map<std::int64_t, std::string> before = phones.acknowledged_so_far();
  first.run({"backup", backup});
  phones.stop();
  first.run({"keys", "export", keys, "--passphrase-file", passphrase});
  EXPECT_EQ(first.stop(), 0);
  EXPECT_EQ(phones.faults(), std::vector<std::string>());

  Deployment second(address("second"), "", Deployment::Content::nothing);
  second.run({"keys", "import", keys, "--passphrase-file", passphrase});
  second.run({"restore", backup});
  EXPECT_NE(second.run({"audit", "verify", "--json"}).find("\"ok\":true"), std::string::npos);
  EXPECT_EQ(phones.missing(second, before), std::vector<std::string>());

  // Who was signed in goes on, and what was lost after the backup is sent again.
  second.start();
  EXPECT_EQ(second.get(session, "/api/v1/session").status, 200);
  phones.forget_acknowledged();
  phones.settle(second.port());
  EXPECT_EQ(second.stop(), 0);
  EXPECT_EQ(phones.faults(), std::vector<std::string>());
  EXPECT_EQ(phones.compare(second), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(On, RestoreDrill, testing::Values("sqlite", "postgresql"),
                         [](const auto& engine) { return std::string(engine.param); });

}  // namespace
}  // namespace tanfang::drills
