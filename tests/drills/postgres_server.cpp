#include "drills/postgres_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace tanfang::drills {
namespace {

const std::string kPrograms = "/usr/lib/postgresql/15/bin/";
constexpr int kStarts = 200;  // while the processes of the one before still end

int free_port() {
  int one = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bool good = ::bind(one, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
              ::getsockname(one, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(one);
  if (!good) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

int run(const std::vector<std::string>& words) {
  return kill::Child(words, "/dev/null").talk("", [](const std::string&) { return true; });
}

}  // namespace

/// It refuses to run as root.
std::vector<std::string> PostgresServer::as_its_user(std::vector<std::string> words) const {
  if (::getuid() != 0) return words;
  std::vector<std::string> all = {"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

PostgresServer::PostgresServer() : port_(free_port()) {
  const passwd* user = ::getuid() == 0 ? ::getpwnam("postgres") : nullptr;
  if (user && ::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("no chown");
  if (run(as_its_user({kPrograms + "initdb", "--pgdata=" + folder_.file("data"), "--username=tanfang", "--auth=trust",
                       "--encoding=UTF8", "--locale=C.UTF-8"})) != 0) {
    throw std::runtime_error("initdb failed");
  }
  start();
}

PostgresServer::~PostgresServer() { stop_at_once(); }

std::string PostgresServer::address(const std::string& database) const {
  return "postgresql://tanfang@127.0.0.1:" + std::to_string(port_) + "/" + database;
}

std::string PostgresServer::make_database(const std::string& name, const std::string& copied) const {
  if (run({kPrograms + "createdb", "-h", "127.0.0.1", "-p", std::to_string(port_), "-U", "tanfang", "-T", copied,
           name}) != 0) {
    throw std::runtime_error("no database " + name);
  }
  return address(name);
}

bool PostgresServer::answers() const {
  return run({kPrograms + "pg_isready", "-q", "-h", "127.0.0.1", "-p", std::to_string(port_), "-t", "1"}) == 0;
}

void PostgresServer::start() {
  for (int tries = 0; tries < kStarts; ++tries) {
    server_.emplace(as_its_user({kPrograms + "postgres", "-D", folder_.file("data"), "-p", std::to_string(port_), "-c",
                                 "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + folder_.path(), "-c",
                                 "max_pred_locks_per_transaction=256"}),
                    log_file());
    while (server_->is_running()) {
      if (answers()) return;
    }
  }
  throw std::runtime_error("PostgreSQL does not start");
}

void PostgresServer::stop_at_once() {
  server_->signal(SIGQUIT);
  server_->wait();
}

std::vector<pid_t> PostgresServer::children() const {
  std::string process = std::to_string(server_->process());
  std::ifstream in("/proc/" + process + "/task/" + process + "/children");
  std::vector<pid_t> found;
  for (pid_t child; in >> child;) found.push_back(child);
  return found;
}

void PostgresServer::kill_a_child() {
  std::vector<pid_t> processes = children();
  if (processes.empty()) throw std::runtime_error("PostgreSQL has no processes");
  ::kill(processes.back(), SIGKILL);
}

void PostgresServer::kill_all() {
  std::vector<pid_t> processes = children();
  server_->kill_now();
  for (pid_t process : processes) ::kill(process, SIGKILL);
  server_->wait();
}

}  // namespace tanfang::drills
