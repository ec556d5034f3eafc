#include "app/server/service.h"

#include <algorithm>
#include <filesystem>

#include "app/server/ledger_tasks.h"

namespace tanfang::app::server {
namespace {

/// Who signs in waits on a handler thread while others' passwords are hashed: one thread at least stays for the rest.
identity::Settings held_to_threads(identity::Settings settings, std::int64_t handler_threads) {
  int spare = static_cast<int>(handler_threads) - 1;
  settings.hashes_at_once = std::max(1, std::min(settings.hashes_at_once, spare));
  settings.hashes_waiting = std::max(0, std::min(settings.hashes_waiting, spare - settings.hashes_at_once));
  return settings;
}

}  // namespace

Service::Service(Surroundings& surroundings, const Clock& clock, const Settings& settings)
    : clock_(clock),
      shipped_(surroundings.shipped()),
      database_(&surroundings.database()),
      keys_(&surroundings.keys()),
      ids_(&surroundings.ids()),
      settings_(settings),
      hasher_(held_to_threads(settings.identity, settings.server.handler_threads)),
      common_(shipped_ + "/data/common_passwords.txt"),
      rooms_(surroundings),
      upload_folder_(settings.server.upload_folder.empty() ? surroundings.data_folder + "/uploads"
                                                           : settings.server.upload_folder) {
  std::filesystem::create_directories(upload_folder_);
  ledgers_ = std::make_unique<LedgerTasks>(*this);
}

Service::~Service() = default;

}  // namespace tanfang::app::server
