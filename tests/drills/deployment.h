// The real program on an invented county: served as a child of the test, stopped, killed and asked as operators do.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "county/invented_county.h"
#include "kill/child.h"
#include "platform/db/test_database.h"
#include "platform/http/test_client.h"

namespace tanfang::drills {

/// Whether the long proofs run: DRILLS=long.
bool is_long();

/// Who is signed in; the server keeps it over its own restarts.
struct Session {
  std::string cookie;
  std::string csrf;
  std::string headers() const;
};

class Deployment {
 public:
  static constexpr const char* kCounty = "510521";
  static constexpr int kPeople = 500;

  enum class Content { people, nothing };
  /// `database`: an address, or "" for the embedded database. `settings` is added to settings.toml.
  explicit Deployment(std::string database = "", const std::string& settings = "", Content content = Content::people);

  /// From now on servers and commands go by the machine's clock; before, all of them work at one moment.
  void use_the_machines_clock() { now_.clear(); }
  /// Starts `tanfang serve` and waits for its address.
  void start();
  /// Starts it and kills it within `moment`, wherever it is by then.
  void start_and_kill(std::chrono::milliseconds moment);
  void kill();
  /// SIGTERM; the exit code.
  int stop();
  kill::Child& server() { return *server_; }
  std::uint16_t port() const { return port_; }

  /// Runs another command on the same data with `input`; what it printed. Throws where it does not end with 0.
  std::string run(std::vector<std::string> words, const std::string& input = "");
  /// An account of the county, signed in.
  Session sign_in();
  http::Answer get(const Session& session, const std::string& path);

  /// The county, opened in this process: only while no server serves it.
  county::InventedCounty county();

  const std::string& data() const { return data_; }
  const db::TestFolder& folder() const { return folder_; }
  /// All that the servers said on stderr.
  std::string said() const;

 private:
  std::vector<std::string> command(std::vector<std::string> words) const;

  db::TestFolder folder_;
  const std::string data_ = folder_.file("data");
  const std::string database_;
  /// A moment after the invented month, so that all its visits have been.
  std::vector<std::string> now_ = {"--now", "2024-04-02T09:00"};
  std::optional<kill::Child> server_;
  std::uint16_t port_ = 0;
};

}  // namespace tanfang::drills
