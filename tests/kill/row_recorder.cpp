// Records as plain rows with a count beside them: the promise of the database layer alone.
#include <atomic>

#include "platform/db/database.h"
#include "recorders.h"

namespace tanfang::kill {
namespace {

class RowRecorder : public Recorder {
 public:
  explicit RowRecorder(const std::string& folder) : database_(db::open_sqlite(folder + "/rows.sqlite")) {
    database_->run_script(
        "create table if not exists records (key integer primary key, id integer not null, body text not null) strict;"
        "create table if not exists counts (bucket integer primary key, n integer not null) strict;");
    database_->read([&](db::Session& session) {
      session.query("select coalesce(max(id), 0) from records", {},
                    [&](const db::Row& row) { next_ = row.integer(0); });
    });
  }

  Answer record(std::int64_t key) override {
    Answer answer;
    std::int64_t fresh = ++next_;
    database_->write([&](db::Session& session) {
      answer = {fresh, false};
      auto known = session.first("select id from records where key = $1", {key},
                                 [](const db::Row& row) { return row.integer(0); });
      if (known) {
        answer = {*known, true};
        return;
      }
      session.execute("insert into records (key, id, body) values ($1, $2, $3)", {key, fresh, body_});
      session.execute("insert into counts (bucket, n) values ($1, 1) on conflict (bucket) do update set n = n + 1",
                      {key % 7});
    });
    return answer;
  }

  void each(const std::function<void(std::int64_t, std::int64_t)>& visit) override {
    database_->read([&](db::Session& session) {
      session.query("select key, id from records", {},
                    [&](const db::Row& row) { visit(row.integer(0), row.integer(1)); });
    });
  }

  std::vector<std::string> disagreements() override {
    std::vector<std::string> found;
    database_->read([&](db::Session& session) {
      session.query("pragma integrity_check", {}, [&](const db::Row& row) {
        if (row.text(0) != "ok") found.push_back(row.string(0));
      });
      session.query("select key % 7, count(*) from records group by 1 except select bucket, n from counts", {},
                    [&](const db::Row& row) { found.push_back("count of bucket " + std::to_string(row.integer(0))); });
    });
    return found;
  }

 private:
  std::unique_ptr<db::Database> database_;
  std::atomic<std::int64_t> next_ = 0;
  const std::string body_ = std::string(400, 'x');
};

}  // namespace

std::unique_ptr<Recorder> open_row_recorder(const std::string& folder) { return std::make_unique<RowRecorder>(folder); }

}  // namespace tanfang::kill
