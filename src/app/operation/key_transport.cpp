#include "app/operation/key_transport.h"

#include <filesystem>

#include "app/operation/data_folder.h"
#include "app/operation/operation_problems.h"
#include "base/text.h"
#include "platform/files/files.h"
#include "platform/files/given_file.h"

namespace tanfang::app {
namespace {

constexpr std::size_t kLongestFile = 1 << 20;
constexpr std::size_t kShortestPassphrase = 12;
constexpr int kOwnerOnly = 0600;

}  // namespace

void export_keys(Surroundings& surroundings, const std::string& path, const std::string& passphrase) {
  if (std::filesystem::exists(path)) throw backup_exists(path);
  if (!passphrase.empty() && length_of(passphrase) < kShortestPassphrase) throw keys_short_passphrase();
  const crypto::KeyRing& ring = surroundings.keys();
  // The trail says that the keys went out before they do.
  surroundings.write([&](audit::Work& work) {
    work.record({"", "keys_exported", "keys", passphrase.empty() ? R"({"sealed":false})" : R"({"sealed":true})"});
  });
  std::string text = passphrase.empty() ? ring.text() : crypto::seal_with_passphrase(ring.text(), passphrase);
  files::write_whole(path, text, kOwnerOnly);
}

void import_keys(Surroundings& surroundings, const std::string& path, const std::function<std::string()>& passphrase) {
  std::string text = files::read_given(path, kLongestFile);
  if (crypto::is_sealed_with_passphrase(text)) text = crypto::open_with_passphrase(text, passphrase());
  crypto::KeyRing ring = crypto::KeyRing::parse(text);
  std::string target = surroundings.keys_path();
  if (std::filesystem::exists(target) && !ring.contains(crypto::KeyRing::open(target))) throw keys_conflict();
  // On a new machine the keys come first and the backup after them: a restore wants no database there.
  bool has_data = app::has_data(surroundings);
  if (has_data) audit::bind_keys(surroundings.database(), ring);
  make_data_folder(surroundings.data_folder);
  ring.save(target);
  surroundings.use_keys(ring);
  if (has_data) surroundings.write([&](audit::Work& work) { work.record({"", "keys_imported", "keys", "{}"}); });
}

}  // namespace tanfang::app
