// Attachments: evidence to records, by the SHA-256 of its content.
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

using identity::Permission;

/// The county that the principal records visits in.
std::string county_of_sender(const Call& call) {
  if (call.principal.area.size() < 6) throw invalid_request({field_missing("area")});
  return call.principal.area.substr(0, 6);
}

http::Response put(const Call& call) {
  std::string county = county_of_sender(call);
  auto most = static_cast<std::size_t>(call.service.settings().limits.attachment_bytes);
  std::string content = call.request.file ? call.request.file->content(most) : std::string();
  bool fresh = false;
  call.change([&](audit::Work& work) {
    fresh = visits::put_attachment(work, county, call.request.path_parameter("digest"), content);
  });
  http::Response response = http::no_content();
  response.status = fresh ? 201 : 200;
  return response;
}

/// For whoever may read a record that names it; the look stands in the trail.
http::Response show(const Call& call) {
  std::string digest = call.request.path_parameter("digest");
  if (!visits::is_digest(digest)) throw visits::unknown_attachment();
  visits::Attachment shown;
  call.change([&](audit::Work& work) {
    for (const auto& person : visits::people_of_attachment(work.session, call.principal.area, digest)) {
      std::string area = registry::area_of(work.session, person);
      if (!identity::reaches(call.principal, area, Permission::visits_read)) continue;
      shown = visits::show_attachment(work, person, digest);
      return;
    }
    throw visits::unknown_attachment();
  });
  http::Response response;
  response.status = 200;
  response.body = std::move(shown.content);
  response.set("Content-Type", shown.media_type);
  response.set("Content-Disposition", "inline");
  return response;
}

}  // namespace

void add_attachment_routes(Api& api) {
  // The edge holds it to the settings' limit for attachments.
  api.add({http::Method::put, "/attachments/{digest}", Access::needs({Permission::visits_record}), put,
           http::BodyRule::file(0)});
  api.get("/attachments/{digest}", Permission::attachments, show);
}

}  // namespace tanfang::app::server
