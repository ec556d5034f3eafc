// A draft of a scheme comes into force: asked for by one account, decided by another.
#include <boost/json.hpp>

#include "app/drafts/drafts_problems.h"
#include "app/drafts/publications.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/draft_routes.h"
#include "app/server/routes/scheme_lint.h"
#include "app/server/server_problems.h"
#include "base/text.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::size_t kLongestReason = 500;

js::object to_json(const drafts::Publication& publication) {
  return {{"draft", format_id(publication.draft)},
          {"state", publication.state},
          {"in_force", publication.in_force.iso()},
          {"digest", publication.digest},
          {"asked_at", format_instant(publication.asked_at)},
          {"asked_by", publication.asked_by},
          {"decided_at", time_or_null(publication.decided_at)},
          {"decided_by", publication.decided_by.empty() ? js::value(nullptr) : js::value(publication.decided_by)},
          {"reason", publication.reason.empty() ? js::value(nullptr) : js::value(publication.reason)}};
}

struct Whole {
  drafts::Draft draft;
  drafts::Files files;
};

/// The draft that the caller saw, as `If-Match` says.
Whole load_seen(const Call& call, db::Session& session) {
  Whole whole;
  whole.draft = drafts::load_draft(session, draft_county(call), draft_asked(call));
  require_match(call.request, draft_tag(whole.draft));
  whole.files = drafts::load_files(session, whole.draft.county, whole.draft.id);
  return whole;
}

http::Response ask(const Call& call) {
  Body body(call);
  Date in_force = body.date("in_force");
  body.finish();
  Whole whole;
  call.read([&](db::Session& session) {
    whole = load_seen(call, session);
    drafts::require_open(session, whole.draft.county, whole.draft.id);
    drafts::require_publishable(session, draft_shelves(call), whole.draft, whole.files, in_force, call.today());
  });
  if (!findings_of(call, whole.draft.scheme, whole.files).at("ok").as_bool()) throw drafts::problems::draft_invalid();
  return call.write([&](audit::Work& work) {
    load_seen(call, work.session);
    return answer_json(to_json(drafts::ask_publication(work, whole.draft, in_force)), 201);
  });
}

http::Response show(const Call& call) {
  js::object made;
  call.read([&](db::Session& session) {
    drafts::Draft draft = drafts::load_draft(session, draft_county(call), draft_asked(call));
    auto publication = drafts::find_publication(session, draft.county, draft.id);
    if (!publication) throw drafts::problems::publication_unknown();
    made = to_json(*publication);
  });
  return answer_json(made);
}

http::Response approve(const Call& call) {
  call.read([&](db::Session& session) {
    Whole whole = load_seen(call, session);
    auto asked = drafts::find_publication(session, whole.draft.county, whole.draft.id);
    if (!asked || asked->state != "asked") throw drafts::problems::publication_unknown();
    // Days may have gone by, and other versions come, since it was asked for.
    drafts::require_publishable(session, draft_shelves(call), whole.draft, whole.files, asked->in_force, call.today());
  });
  http::Response response = call.write([&](audit::Work& work) {
    Whole whole = load_seen(call, work.session);
    return answer_json(to_json(drafts::approve_publication(work, whole.draft, whole.files)));
  });
  call.service.jobs().wake();
  return response;
}

http::Response reject(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  if (length_of(reason) > kLongestReason)
    body.refuse(field_type("reason", {"不超过 500 字", "500 characters at most"}));
  body.finish();
  return call.write([&](audit::Work& work) {
    drafts::Draft draft = drafts::load_draft(work.session, draft_county(call), draft_asked(call));
    return answer_json(to_json(drafts::reject_publication(work, draft, reason)));
  });
}

}  // namespace

void add_publication_routes(Api& api) {
  api.get("/scheme-drafts/{draft}/publication", Permission::schemes_manage, show);
  api.post("/scheme-drafts/{draft}/publication", Permission::schemes_manage, ask);
  api.add({http::Method::post,
           "/scheme-drafts/{draft}/approval",
           Access::needs({Permission::schemes_manage}),
           approve,
           {}});
  api.post("/scheme-drafts/{draft}/rejection", Permission::schemes_manage, reject);
}

}  // namespace tanfang::app::server
