#include "platform/db/postgresql_dump.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <vector>

#include "base/problem.h"
#include "platform/db/database.h"
#include "platform/db/db_problems.h"

namespace tanfang::db {
namespace {

using Environment = std::map<std::string, std::string>;

/// A file descriptor that closes itself.
class File {
 public:
  File(const std::string& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (number_ < 0) throw Failure("cannot open " + path + ": " + std::strerror(errno));
  }
  ~File() { ::close(number_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

/// What the address says, as libpq's environment variables.
Environment environment_of(const std::string& address) {
  Environment out;
  for (char** entry = environ; *entry; ++entry) {
    std::string text = *entry;
    std::size_t equals = text.find('=');
    if (equals != std::string::npos) out[text.substr(0, equals)] = text.substr(equals + 1);
  }
  std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(PQconninfoParse(address.c_str(), nullptr),
                                                                         PQconninfoFree);
  for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
    if (option->val && option->envvar) out[option->envvar] = option->val;
  }
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// Runs a program and waits for it; its exit code. Its errors go to ours.
int run(std::vector<std::string> words, const Environment& environment, int input, int output) {
  std::vector<std::string> settings;
  for (const auto& [name, value] : environment) settings.push_back(name + "=" + value);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  pid_t child = 0;
  std::vector<char*> arguments = pointers(words);
  int error = ::posix_spawnp(&child, words[0].c_str(), &actions, nullptr, arguments.data(), pointers(settings).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) throw no_pg_dump(words[0]);
  if (error != 0) throw Failure("cannot start " + words[0] + ": " + std::strerror(error));
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw Failure("cannot wait for " + words[0] + ": " + std::strerror(errno));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string current_schema(const std::string& address) {
  std::string schema;
  open_postgresql(address, 1)->read([&](Session& session) {
    session.query("select current_schema()::text", {}, [&](const Row& row) { schema = row.string(0); });
  });
  return schema;
}

/// As a pattern of pg_dump that stands for this name only.
std::string quoted(const std::string& name) {
  std::string out = "\"";
  for (char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

void dump_postgresql(const std::string& address, const std::string& path) {
  std::string schema = current_schema(address);
  File nothing("/dev/null", O_RDONLY);
  File target(path, O_WRONLY | O_CREAT | O_EXCL);
  try {
    int code = run({"pg_dump", "--format=custom", "--no-password", "--schema=" + quoted(schema)},
                   environment_of(address), nothing.number(), target.number());
    if (code != 0) throw Failure("pg_dump ended with " + std::to_string(code));
    if (::fsync(target.number()) != 0) throw Failure("cannot write " + path + ": " + std::strerror(errno));
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
}

bool dump_holds_table(const std::string& address, const std::string& path, const std::string& table) {
  std::string wanted = " TABLE " + current_schema(address) + " " + table + " ";
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> listing(std::tmpfile(), std::fclose);
  if (!listing) throw Failure(std::string("cannot make a temporary file: ") + std::strerror(errno));
  File source(path, O_RDONLY);
  if (run({"pg_restore", "--list"}, environment_of(""), source.number(), fileno(listing.get())) != 0) return false;
  std::rewind(listing.get());
  std::array<char, 1024> line;
  while (std::fgets(line.data(), line.size(), listing.get())) {
    if (std::string_view(line.data()).find(wanted) != std::string_view::npos) return true;
  }
  return false;
}

void load_postgresql(const std::string& address, const std::string& path) {
  Environment environment = environment_of(address);
  File source(path, O_RDONLY);
  File nothing("/dev/null", O_WRONLY);
  // Named, so that only what is in the schema is made and not the schema itself, which is there (`public`).
  int code = run({"pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
                  "--no-password", "--schema=" + current_schema(address), "--dbname=" + environment["PGDATABASE"]},
                 environment, source.number(), nothing.number());
  if (code != 0) throw Failure("pg_restore ended with " + std::to_string(code) + "; nothing was changed");
}

}  // namespace tanfang::db
