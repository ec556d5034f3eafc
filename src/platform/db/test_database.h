// For tests only: a fresh, migrated database on each engine.
//
//   class RegistryTest : public db::EachEngine {};
//   TANFANG_ON_EACH_ENGINE(RegistryTest);
//   TEST_P(RegistryTest, RemembersAPerson) { database().write(…); }
//
// or, where one test needs several or runs them in a loop, `db::TestDatabase copy(engine)`. PostgreSQL is found through
// TANFANG_TEST_POSTGRES, as `bin/with-postgres COMMAND` sets it; without it those tests fail.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "platform/db/database.h"

namespace tanfang::db {

/// A folder of its own, gone with its owner.
class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tanfang-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// One empty database of `engine` (`sqlite` or `postgresql`); on PostgreSQL a schema of its own, dropped at the end.
class TestDatabase {
 public:
  enum class Schema { migrated, empty };

  explicit TestDatabase(const std::string& engine, Schema schema = Schema::migrated) : engine_(engine) {
    if (engine == "postgresql") create_schema();
    reopen();
    std::string source = TANFANG_SOURCE_DIR;
    if (schema == Schema::migrated) migrate(*database_, source + "/db/migrations", source + "/db/views");
  }
  ~TestDatabase() {
    database_.reset();
    if (engine_ == "postgresql") open_postgresql(server(), 1)->run_script("drop schema " + name_ + " cascade");
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  Database& operator*() const { return *database_; }
  Database* operator->() const { return database_.get(); }
  /// What `--data` or `--database` would name: the SQLite file or the address.
  std::string address() const {
    if (engine_ == "sqlite") return folder_.file("tanfang.sqlite");
    std::string server_address = server();
    char joint = server_address.find('?') == std::string::npos ? '?' : '&';
    return server_address + joint + "options=-csearch_path%3D" + name_;
  }
  const TestFolder& folder() const { return folder_; }
  /// Closes the database and opens it again, as a new start of the program does.
  void reopen() {
    database_.reset();
    database_ = engine_ == "sqlite" ? open_sqlite(address()) : open_postgresql(address());
  }

 private:
  static std::string server() {
    const char* address = std::getenv("TANFANG_TEST_POSTGRES");
    if (!address) throw std::runtime_error("no PostgreSQL: run the tests through bin/with-postgres");
    return address;
  }
  void create_schema() {
    static std::atomic<int> count = 0;
    name_ = "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
    open_postgresql(server(), 1)->run_script("create schema " + name_);
  }

  std::string engine_;
  TestFolder folder_;
  std::string name_;
  std::unique_ptr<Database> database_;
};

/// The base of a fixture whose tests run on both engines.
class EachEngine : public testing::TestWithParam<std::string> {
 protected:
  Database& database() { return *test_database(); }
  TestDatabase& test_database() {
    if (!database_) database_ = std::make_unique<TestDatabase>(GetParam());
    return *database_;
  }

 private:
  std::unique_ptr<TestDatabase> database_;
};

}  // namespace tanfang::db

#define TANFANG_ON_EACH_ENGINE(Fixture)                                          \
  INSTANTIATE_TEST_SUITE_P(On, Fixture, testing::Values("sqlite", "postgresql"), \
                           [](const auto& engine) { return std::string(engine.param); })
