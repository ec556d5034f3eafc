#include "drills/deployment.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "platform/files/files.h"

namespace tanfang::drills {
namespace {

constexpr const char* kPassword = "correct horse and lamp 2024";
/// Long enough for the slowest build on a busy machine.
constexpr auto kPatience = std::chrono::seconds(60);

}  // namespace

bool is_long() {
  const char* wanted = std::getenv("DRILLS");
  return wanted && std::string(wanted) == "long";
}

std::string Session::headers() const {
  return "Content-Type: application/json\r\nCookie: " + cookie + "\r\nX-CSRF-Token: " + csrf + "\r\n";
}

Deployment::Deployment(std::string database, const std::string& settings, Content content)
    : database_(std::move(database)) {
  ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
  std::filesystem::create_directory(data_);
  files::write_whole(data_ + "/settings.toml",
                     "[identity]\nsecond_factor_required = []\n[limits]\nrequests_a_minute = 10000000\n" + settings);
  if (content == Content::people) county();
}

county::InventedCounty Deployment::county() {
  if (database_.empty()) return county::InventedCounty(data_, kPeople);
  return county::InventedCounty(data_, kPeople, db::open_postgresql(database_));
}

std::vector<std::string> Deployment::command(std::vector<std::string> words) const {
  std::vector<std::string> all = {TANFANG_PROGRAM, "--data", data_};
  all.insert(all.end(), now_.begin(), now_.end());
  if (!database_.empty()) all.insert(all.end(), {"--database", database_});
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

void Deployment::start() {
  server_.emplace(command({"serve", "--port", "0"}), folder_.file("said"));
  auto line = server_->read_line(kPatience);
  if (!line) throw std::runtime_error("the server did not start: " + said());
  port_ = static_cast<std::uint16_t>(std::stoi(line->substr(line->rfind(':') + 1)));
}

void Deployment::start_and_kill(std::chrono::milliseconds moment) {
  server_.emplace(command({"serve", "--port", "0"}), folder_.file("said"));
  server_->read_line(moment);
  kill();
}

void Deployment::kill() {
  server_->kill_now();
  server_->wait();
}

int Deployment::stop() {
  server_->signal(SIGTERM);
  return server_->wait();
}

std::string Deployment::run(std::vector<std::string> words, const std::string& input) {
  std::string printed;
  kill::Child child(command(words), folder_.file("said"));
  int code = child.talk(input, [&](const std::string& line) {
    printed += line + "\n";
    return true;
  });
  if (code != 0) throw std::runtime_error(words.front() + " ended with " + std::to_string(code) + ": " + said());
  return printed;
}

Session Deployment::sign_in() {
  run({"accounts", "create", "drill", "--name", "演练", "--role", "county_bureau", "--area", kCounty},
      std::string(kPassword) + "\n");
  http::TestClient wire(port_);
  http::Answer answer =
      wire.ask(http::post("/api/v1/sessions", std::string(R"({"login":"drill","password":")") + kPassword + "\"}",
                          "Content-Type: application/json\r\n"));
  if (answer.status != 201) throw std::runtime_error("nobody can sign in: " + answer.body);
  std::string cookie = answer.value("set-cookie");
  std::size_t at = answer.body.find("\"csrf\":\"") + 8;
  return {cookie.substr(0, cookie.find(';')), answer.body.substr(at, answer.body.find('"', at) - at)};
}

http::Answer Deployment::get(const Session& session, const std::string& path) {
  return http::TestClient(port_).ask(http::get(path, session.headers()));
}

std::string Deployment::said() const {
  std::ifstream in(folder_.file("said"));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace tanfang::drills
