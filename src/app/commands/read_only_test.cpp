// A data folder that may not be written is read, in a child without root's rights.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

#include "app/test_program.h"
#include "platform/db/test_database.h"

namespace tanfang::app {
namespace {

namespace fs = std::filesystem;
constexpr uid_t kNobody = 65534;

class ReadOnlyFolderTest : public testing::Test {
 protected:
  ReadOnlyFolderTest() {
    EXPECT_EQ(tanfang({"demo", "--people", "10", "--months", "1"}).code, kDone);
    fs::permissions(folder_.path(), fs::perms(0755));
    for (const auto& entry : fs::directory_iterator(data_)) {
      EXPECT_TRUE(::getuid() != 0 || ::chown(entry.path().c_str(), kNobody, kNobody) == 0);
      fs::permissions(entry.path(), fs::perms(0400));
    }
    fs::permissions(data_, fs::perms(0555));
  }
  ~ReadOnlyFolderTest() override { fs::permissions(data_, fs::perms(0755)); }

  Answer tanfang(std::vector<std::string> words) { return run_program(data_, "2024-03-10T09:00", std::move(words)); }

  /// The exit code of the test that runs without root's rights: 0 where it holds.
  int without_rights(const std::function<bool()>& holds) {
    pid_t child = fork();
    if (child == 0) {
      if (::getuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) _exit(9);
      _exit(holds() ? 0 : 1);
    }
    int status = -1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
  }
  /// Prints what went wrong, so that the parent's log shows it.
  static bool says(const Answer& answer, int code, const std::string& part) {
    bool right = answer.code == code && (answer.out + answer.err).find(part) != std::string::npos;
    if (!right) fmt::print(stderr, "exit {}\n{}{}\n", answer.code, answer.out, answer.err);
    return right && answer.err.find("sealed") == std::string::npos;
  }

  db::TestFolder folder_;
  std::string data_ = folder_.file("data");
};

TEST_F(ReadOnlyFolderTest, ReadingCommandsWork) {
  EXPECT_EQ(without_rights([&] {
              return says(tanfang({"report", "coverage", "--area", "510521", "--month", "2024-03"}), kDone, "泸县") &&
                     says(tanfang({"people", "search", "--area", "510521"}), kDone, "510521");
            }),
            0);
  EXPECT_EQ(without_rights([&] {
              std::string id = tanfang({"people", "search", "--area", "510521"}).out.substr(0, 13);
              return says(tanfang({"people", "show", id}), kDone, id) &&
                     says(tanfang({"people", "history", id}), kDone, "ledger") &&
                     says(tanfang({"audit", "verify"}), kDone, "") &&
                     says(tanfang({"visits", "list", "--county", "510521", "--month", "2024-03"}), kDone, "");
            }),
            0);
}

TEST_F(ReadOnlyFolderTest, WritingOnesSayWhyNot) {
  EXPECT_EQ(
      without_rights([&] {
        return says(tanfang({"plan", "open", "--county", "510521", "--month", "2024-04"}), kFailed, "can only be read");
      }),
      0);
}

}  // namespace
}  // namespace tanfang::app
