#include <mutex>
#include <optional>

#include "base/problem.h"
#include "platform/db/sqlite.h"
#include "platform/db/sqlite_copy.h"
#include "platform/db/sqlite_writer.h"

namespace tanfang::db {
namespace {

constexpr std::size_t kKeptReaders = 64;

class SqliteDatabase : public Database {
 public:
  SqliteDatabase(std::string path, SqliteOptions options) : path_(std::move(path)), options_(std::move(options)) {
    if (options_.read_only) {
      reading_.emplace(path_);
    } else {
      writer_ = std::make_unique<SqliteWriter>(path_, options_);
    }
  }

  void read(const std::function<void(Session&)>& work) override {
    auto connection = take_reader();
    connection->step("begin");
    try {
      SqliteSession session(*connection);
      // `begin` alone takes no snapshot; the first look at the file does.
      connection->step("select count(*) from sqlite_schema where rowid < 0");
      work(session);
      if (reading_) reading_->require_unchanged();
    } catch (...) {
      end_snapshot(std::move(connection));
      throw;
    }
    end_snapshot(std::move(connection));
  }

  void write(const std::function<void(Session&)>& work) override {
    writer().write([&](SqliteSession& session) { work(session); });
  }

  void run_script(std::string_view sql) override {
    std::string text(sql);
    writer().write([&](SqliteSession& session) { session.run_script(text); });
  }

  std::string_view engine() const override { return "sqlite"; }

  void copy_to(const std::string& path) override {
    auto connection = take_reader();
    copy_sqlite(*connection, path);
    give_back(std::move(connection));
  }

 private:
  SqliteWriter& writer() {
    if (writer_) return *writer_;
    throw Failure("the database " + path_ + " can only be read: this program may not write it or its folder");
  }

  using Reader = std::unique_ptr<SqliteConnection>;

  Reader take_reader() {
    {
      std::lock_guard lock(mutex_);
      if (!readers_.empty()) {
        Reader reader = std::move(readers_.back());
        readers_.pop_back();
        return reader;
      }
    }
    if (reading_) return std::make_unique<SqliteConnection>(*reading_, options_);
    return std::make_unique<SqliteConnection>(path_, SqliteConnection::Use::read, options_);
  }

  void end_snapshot(Reader reader) {
    if (reader->in_transaction()) reader->step("rollback");
    give_back(std::move(reader));
  }

  void give_back(Reader reader) {
    std::lock_guard lock(mutex_);
    if (readers_.size() < kKeptReaders) readers_.push_back(std::move(reader));
  }

  std::string path_;
  SqliteOptions options_;
  std::mutex mutex_;
  // Before the readers, so that it closes after them and leaves one file behind.
  std::unique_ptr<SqliteWriter> writer_;
  std::optional<SqliteReading> reading_;
  std::vector<Reader> readers_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, SqliteOptions options) {
  return std::make_unique<SqliteDatabase>(path, std::move(options));
}

std::unique_ptr<Database> open_sqlite(const std::string& path) { return open_sqlite(path, SqliteOptions{}); }

}  // namespace tanfang::db
