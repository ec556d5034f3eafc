#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <optional>

#include "base/problem.h"
#include "platform/crypto/aes_gcm.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/crypto_problems.h"
#include "platform/crypto/key_json.h"
#include "platform/files/files.h"

namespace tanfang::crypto {
namespace {

constexpr std::string_view kFormat = "tanfang-keys-1";
constexpr std::size_t kLongestFile = 1 << 20;
constexpr int kOwnerOnly = 0600;

std::string read_private_file(const std::string& path) {
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) throw keys_missing(path);
  struct stat about {};
  int error = file < 0 || ::fstat(file, &about) != 0 ? errno : 0;
  if (file >= 0) ::close(file);
  if (error != 0) throw Failure("cannot read " + path + ": " + std::strerror(error));
  if ((about.st_mode & 077) != 0) throw keys_open_to_others(path);
  if (!S_ISREG(about.st_mode)) throw keys_malformed("not a file");
  return files::read_whole(path, kLongestFile);
}

std::uint32_t key_number(const boost::json::value& value) {
  const std::int64_t* number = value.if_int64();
  if (!number || *number < 1 || *number > 0x7fffffff) throw keys_malformed("a key number is not a positive number");
  return static_cast<std::uint32_t>(*number);
}

}  // namespace

KeyRing KeyRing::parse(std::string_view text) {
  boost::json::object document = key_document(text, kFormat);
  KeyRing ring;
  ring.hash_key_ = key_bytes(document, "hash_key", kKeyLength);
  const boost::json::value* list = document.if_contains("field_keys");
  if (!list || !list->is_array() || list->get_array().empty()) throw keys_malformed("no field_keys");
  for (const boost::json::value& item : list->get_array()) {
    const boost::json::object* entry = item.if_object();
    const boost::json::value* number = entry ? entry->if_contains("number") : nullptr;
    if (!number) throw keys_malformed("a field key without a number");
    if (!ring.field_keys_.emplace(key_number(*number), key_bytes(*entry, "key", kKeyLength)).second) {
      throw keys_malformed("a key number stands twice");
    }
  }
  return ring;
}

std::string KeyRing::text() const {
  boost::json::array list;
  for (const auto& [number, key] : field_keys_) {
    list.push_back(boost::json::object{{"number", number}, {"key", to_hex(key)}});
  }
  boost::json::object document{{"format", kFormat}, {"field_keys", std::move(list)}, {"hash_key", to_hex(hash_key_)}};
  return boost::json::serialize(document) + "\n";
}

KeyRing KeyRing::open(const std::string& path) { return parse(read_private_file(path)); }

KeyRing KeyRing::open_or_create(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0) return open(path);
  // The finished file is linked to its name, which fails where another program was first.
  std::string own = path + "." + to_hex(random_bytes(8));
  fresh().save(own);
  int error = ::link(own.c_str(), path.c_str()) == 0 ? 0 : errno;
  ::unlink(own.c_str());
  if (error != 0 && error != EEXIST) throw Failure("cannot write " + path + ": " + std::strerror(error));
  return open(path);
}

void KeyRing::save(const std::string& path) const { files::write_whole(path, text(), kOwnerOnly); }

}  // namespace tanfang::crypto
