// What a process makes on the disk while it runs, and what is left of it.
#include "app/server/run_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app::server {
namespace {

namespace fs = std::filesystem;

TEST(RunFolder, WhatAKilledProcessLeftIsGoneAtTheNextStart) {
  db::TestFolder place;
  const std::string parent = place.path() + "/uploads";
  fs::create_directories(parent + "/run-killed");
  files::write_whole(parent + "/run-killed/list-0000000000001.xlsx", "names in clear");
  files::write_whole(parent + "/refused-0000000000001.xlsx", "as versions before made them");
  files::write_whole(parent + "/list-of-somebody.xlsx", "not ours");
  fs::last_write_time(parent + "/refused-0000000000001.xlsx", fs::file_time_type::clock::now() - std::chrono::hours(2));
  files::write_whole(parent + "/list-0000000000002.xlsx", "a version before may be making it just now");
  auto first = std::make_unique<RunFolder>(parent);
  EXPECT_FALSE(fs::exists(parent + "/run-killed"));
  EXPECT_FALSE(fs::exists(parent + "/refused-0000000000001.xlsx"));
  EXPECT_TRUE(fs::exists(parent + "/list-of-somebody.xlsx"));
  EXPECT_TRUE(fs::exists(parent + "/list-0000000000002.xlsx"));
  struct stat about {};
  ASSERT_EQ(::stat(first->path().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0700u);
}

TEST(RunFolder, WhatAnotherProcessIsMakingStays) {
  db::TestFolder place;
  auto first = std::make_unique<RunFolder>(place.path());
  files::write_whole(first->path() + "/list-0000000000001.xlsx", "being made");
  std::string kept = first->path();
  {
    RunFolder second(place.path());
    EXPECT_NE(second.path(), kept);
    EXPECT_TRUE(fs::exists(kept + "/list-0000000000001.xlsx"));
  }
  first.reset();
  EXPECT_TRUE(fs::is_empty(place.path()));
}

}  // namespace
}  // namespace tanfang::app::server
