#include "app/operation/key_transport.h"

#include <filesystem>

#include "app/operation/operation_problems.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

constexpr std::size_t kLongestFile = 1 << 20;
constexpr int kOwnerOnly = 0600;

}  // namespace

void export_keys(Surroundings& surroundings, const std::string& path, const std::string& passphrase) {
  if (std::filesystem::exists(path)) throw backup_exists(path);
  const crypto::KeyRing& ring = surroundings.keys();
  // The trail says that the keys went out before they do.
  surroundings.write([&](audit::Work& work) {
    work.record({"", "keys_exported", "keys", passphrase.empty() ? R"({"sealed":false})" : R"({"sealed":true})"});
  });
  std::string text = passphrase.empty() ? ring.text() : crypto::seal_with_passphrase(ring.text(), passphrase);
  files::write_whole(path, text, kOwnerOnly);
}

void import_keys(Surroundings& surroundings, const std::string& path, const std::function<std::string()>& passphrase) {
  std::string text = files::read_whole(path, kLongestFile);
  if (crypto::is_sealed_with_passphrase(text)) text = crypto::open_with_passphrase(text, passphrase());
  crypto::KeyRing ring = crypto::KeyRing::parse(text);
  std::string target = surroundings.keys_path();
  if (std::filesystem::exists(target) && !ring.contains(crypto::KeyRing::open(target))) throw keys_conflict();
  audit::bind_keys(surroundings.database(), ring);
  std::error_code error;
  std::filesystem::create_directories(surroundings.data_folder, error);
  ring.save(target);
  surroundings.use_keys(ring);
  surroundings.write([&](audit::Work& work) { work.record({"", "keys_imported", "keys", "{}"}); });
}

}  // namespace tanfang::app
