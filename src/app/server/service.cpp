#include "app/server/service.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "app/archives/archives.h"
#include "app/drafts/simulations.h"
#include "app/oidc/provider.h"
#include "app/operation/backup_folder.h"
#include "app/printing/print_ground.h"
#include "app/server/answers_store.h"
#include "app/server/ledger_orders_store.h"
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

/// Every minute, for what another process left behind; who asks for an archive wakes it at once.
jobs::Kind archive_kind(Surroundings& surroundings, const VisitsGround& rooms) {
  auto printing = std::make_shared<PrintGround>(surroundings.shipped(), surroundings.further_schemes(), rooms);
  return {archives::kArchiveJob,
          {"制作纸质表单归档", "draw archives of forms on paper"},
          jobs::Kind::Reach::once,
          jobs::every(identity::kMinute),
          [printing](const jobs::Run& run) { return archives::make_archives(run, printing->ground()); }};
}

/// The service's own work, and what the interface leaves behind.
std::vector<jobs::Kind> job_kinds(Surroundings& surroundings, const VisitsGround& rooms, const JobSettings& settings,
                                  const std::string& backups, const std::string& scratch) {
  std::vector<jobs::Kind> kinds = jobs::standard_kinds(settings);
  kinds.push_back(archive_kind(surroundings, rooms));
  kinds.push_back(
      {"backup",
       {"备份数据库（仅在要求时）", "back up the database, when asked"},
       jobs::Kind::Reach::once,
       jobs::when_asked(),
       [&surroundings, backups](const jobs::Run& run) { return make_backup(surroundings, backups, run.now()); }});
  drafts::Shelves shelves{surroundings.shipped(), surroundings.further_schemes(), scratch};
  // Every minute, for what another process left behind; who asks for one wakes it at once.
  kinds.push_back({drafts::kSimulateJob,
                   {"试算方案草稿", "work out what drafts of schemes would change"},
                   jobs::Kind::Reach::once,
                   jobs::every(identity::kMinute),
                   [shelves](const jobs::Run& run) { return drafts::simulate_waiting(run, shelves); }});
  kinds.push_back({"purge_answers",
                   {"清除一天前的重复提交应答和已处理的台账", "remove kept answers and ledgers that are a day old"},
                   jobs::Kind::Reach::once,
                   jobs::every(identity::kHour),
                   [](const jobs::Run& run) {
                     std::int64_t gone = 0;
                     run.ground.database.write([&](db::Session& session) {
                       gone = store::delete_answers(session, run.now()) + store::delete_orders(session, run.now());
                     });
                     return std::to_string(gone) + " removed";
                   }});
  return kinds;
}

/// Which process has a job: `host:pid`.
std::string holder() {
  char name[256] = {};
  ::gethostname(name, sizeof name - 1);
  return std::string(name) + ":" + std::to_string(::getpid());
}

}  // namespace

Service::Service(Surroundings& surroundings, const Clock& clock, const Settings& settings)
    : clock_(clock),
      shipped_(surroundings.shipped()),
      further_schemes_(surroundings.further_schemes()),
      database_(std::make_unique<db::MeteredDatabase>(surroundings.database())),
      keys_(&surroundings.keys()),
      ids_(&surroundings.ids()),
      settings_(settings),
      hasher_(held_to_threads(settings.identity, settings.server.handler_threads)),
      common_(shipped_ + "/data/common_passwords.txt"),
      rooms_(surroundings),
      run_folder_(settings.server.upload_folder.empty() ? surroundings.data_folder + "/uploads"
                                                        : settings.server.upload_folder),
      backups_(backup_folder(surroundings.data_folder)),
      address_limit_(settings.limits.requests_a_minute) {
  http::File::temporary(upload_folder());  // fails here, and not at the first upload
  const char* secret = std::getenv("TANFANG_OIDC_SECRET");
  sign_on_ = std::make_unique<oidc::Provider>(settings.oidc, secret ? secret : "");
  ledgers_ = std::make_unique<LedgerTasks>(*this);
  job_ground_ = std::make_unique<jobs::Ground>(
      jobs::Ground{*database_, *keys_, *ids_, clock_, classifier(), policies(), settings.jobs});
  jobs_ = std::make_unique<jobs::JobRunner>(
      *job_ground_, job_kinds(surroundings, rooms_, settings.jobs, backups_, upload_folder()), holder());
}

Service::~Service() = default;

}  // namespace tanfang::app::server
