// Paper from files on this machine.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/test_program.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

TEST(ScansCommand, TakesPrintedFormsAndListsWhatWaits) {
  ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
  db::TestFolder folder;
  std::string data = folder.file("data");
  auto tanfang = [&](const std::vector<std::string>& words) { return run_program(data, "2025-06-20T09:00", words); };
  ASSERT_EQ(tanfang({"demo", "--people", "3", "--months", "1", "--seed", "1", "--county", "510521"}).code, kDone);
  Answer printed = tanfang({"print", "blank", "--scheme", "luzhou-2023", "--out", folder.file("forms")});
  ASSERT_EQ(printed.code, kDone) << printed.err;
  std::string form = folder.file("forms") + "/luzhou-2023-visit.pdf";
  Answer added = tanfang({"scans", "add", form, form, "--area", "510521"});
  EXPECT_EQ(added.code, kDone) << added.err;
  EXPECT_NE(added.out.find("taken"), std::string::npos) << added.out;
  EXPECT_NE(added.out.find("known"), std::string::npos) << "the same file again";
  Answer listed = tanfang({"scans", "list", "--area", "510521"});
  EXPECT_NE(listed.out.find("no_person"), std::string::npos) << listed.out;
  EXPECT_NE(listed.out.find("luzhou-2023/visit"), std::string::npos) << listed.out;
  files::write_whole(folder.file("list.txt"), "no paper");
  Answer refused = tanfang({"scans", "add", folder.file("list.txt"), "--area", "510521"});
  EXPECT_EQ(refused.code, kRefused);
  EXPECT_NE(refused.err.find("scan.kind"), std::string::npos) << refused.err;
  std::filesystem::resize_file(folder.file("list.txt"), (64u << 20) + 1);
  refused = tanfang({"scans", "add", folder.file("list.txt"), "--area", "510521"});
  EXPECT_NE(refused.err.find("scan.too_large"), std::string::npos) << refused.err;
  EXPECT_EQ(tanfang({"scans", "add", form, "--area", "51"}).code, kUsage);
}

}  // namespace
}  // namespace tanfang::app
