#include "app/operation/backup_mark.h"

#include <filesystem>
#include <fstream>

#include "app/operation/operation_problems.h"
#include "platform/crypto/file_digest.h"

namespace tanfang::app {
namespace {

constexpr std::string_view kHead = "\ntanfang-backup sha256 ";
constexpr std::size_t kHexDigits = 64;
constexpr std::size_t kLine = kHead.size() + kHexDigits + 1 + kHexDigits + 1;

std::string code_of(const std::string& digest, const crypto::KeyRing& keys) {
  return crypto::to_hex(keys.keyed_hash("backup", digest));
}

}  // namespace

void mark_backup(const std::string& path, const crypto::KeyRing& keys) {
  std::string digest = crypto::sha256_of_file(path, std::filesystem::file_size(path));
  std::ofstream out(path, std::ios::binary | std::ios::app);
  out << kHead << digest << ' ' << code_of(digest, keys) << '\n';
  out.flush();
  if (!out) throw Failure("cannot write " + path);
}

std::optional<BackupMark> read_mark(const std::string& path) {
  std::uintmax_t size = std::filesystem::file_size(path);
  std::string line(kLine, '\0');
  std::ifstream in(path, std::ios::binary);
  if (size < kLine || !in.seekg(static_cast<std::streamoff>(size - kLine)) ||
      !in.read(line.data(), static_cast<std::streamsize>(kLine)) || !line.starts_with(kHead)) {
    return std::nullopt;
  }
  return BackupMark{line.substr(kHead.size(), kHexDigits), line.substr(kHead.size() + kHexDigits + 1, kHexDigits)};
}

BackupMark check_mark(const std::string& path) {
  auto mark = read_mark(path);
  if (!mark) throw backup_unsound("its last line is missing");
  if (crypto::sha256_of_file(path, std::filesystem::file_size(path) - kLine) != mark->digest)
    throw backup_unsound("its bytes are not those that were written");
  return *mark;
}

BackupMark unmark_backup(const std::string& path) {
  BackupMark mark = check_mark(path);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - kLine);
  return mark;
}

bool is_own(const BackupMark& mark, const crypto::KeyRing& keys) {
  return crypto::same_bytes(mark.code, code_of(mark.digest, keys));
}

}  // namespace tanfang::app
