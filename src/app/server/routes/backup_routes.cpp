// Backups: made by a job on the server's own disk, listed and verified. What is in them is given to nobody.
#include <boost/json.hpp>

#include "app/operation/backup_folder.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

js::object to_json(const StoredBackup& backup) {
  return {{"name", backup.name},
          {"bytes", backup.bytes},
          {"made_at", format_instant(backup.made_at)},
          {"digest", backup.digest.empty() ? js::value(nullptr) : js::value(backup.digest)},
          {"verified_at", time_or_null(backup.verified_at)}};
}

http::Response list(const Call& call) {
  js::array backups;
  for (const StoredBackup& backup : list_backups(call.service.backups())) backups.push_back(to_json(backup));
  return answer_page("backups", std::move(backups), "");
}

http::Response ask(const Call& call) {
  http::Response response = call.write([&](audit::Work& work) {
    return answer_json(js::object{{"asked", jobs::ask_job(work, "backup", "")}}, 202);
  });
  call.service.jobs().wake();
  return response;
}

http::Response verify(const Call& call) {
  std::unique_lock lock(call.service.verification(), std::try_to_lock);
  if (!lock) throw verification_busy();
  std::string name = call.request.path_parameter("name");
  auto verified = verify_backup(call.service.backups(), name, call.service.keys(), call.now);
  if (!verified) throw backup_unknown();
  call.change([&](audit::Work& work) {
    work.record({"", "backup_verified", "database", js::serialize(js::object{{"digest", verified->digest}})});
  });
  return answer_json(to_json(*verified));
}

}  // namespace

void add_backup_routes(Api& api) {
  api.get("/backups", Permission::backups_manage, list);
  api.post("/backups", Permission::backups_manage, ask);
  http::BodyRule patient = http::BodyRule::memory();
  patient.request_time = std::chrono::minutes(30);
  api.post("/backups/{name}/verification", Permission::backups_manage, verify, patient);
}

}  // namespace tanfang::app::server
