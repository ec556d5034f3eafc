// Drafts of schemes: begun, read, saved, checked, deleted, by whoever manages the schemes of a county.
#include "app/server/routes/draft_routes.h"

#include <boost/json.hpp>

#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/scheme_lint.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

std::string tag_of(const drafts::Draft& draft) { return "\"" + draft.digest.substr(0, 32) + "\""; }

js::object head_json(const drafts::Draft& draft) {
  return {{"id", format_id(draft.id)},
          {"county", draft.county},
          {"scheme", draft.scheme},
          {"based_on", draft.based_on.empty() ? js::value(nullptr) : js::value(draft.based_on)},
          {"file_count", draft.files},
          {"bytes", draft.bytes},
          {"created_at", format_instant(draft.created_at)},
          {"created_by", draft.created_by},
          {"changed_at", format_instant(draft.changed_at)},
          {"changed_by", draft.changed_by}};
}

http::Response answer_head(const drafts::Draft& draft, int status = 200) {
  http::Response response = answer_json(head_json(draft), status);
  response.set("ETag", tag_of(draft));
  return response;
}

http::Response list(const Call& call) {
  js::array items;
  call.read([&](db::Session& session) {
    for (const auto& draft : drafts::list_drafts(session, draft_county(call))) items.push_back(head_json(draft));
  });
  return answer_page("drafts", std::move(items), "");
}

/// `files`: texts by path; null, where it may stand, for a file that goes.
drafts::FileChanges read_files(Body& body, bool may_remove) {
  drafts::FileChanges changes;
  const js::value* value = body.value("files");
  if (!value || value->is_null()) return changes;
  Words wanted{"文件路径到文字的对象", "an object of texts by path"};
  if (!value->is_object()) {
    body.refuse(field_type("files", wanted));
    return changes;
  }
  for (const auto& [path, text] : value->get_object()) {
    if (text.is_string()) {
      changes.emplace(path, std::string(text.get_string()));
    } else if (text.is_null() && may_remove) {
      changes.emplace(path, std::nullopt);
    } else {
      body.refuse(field_type("files", wanted));
    }
  }
  return changes;
}

http::Response begin(const Call& call) {
  Body body(call);
  std::string based_on = body.optional_text("based_on").value_or("");
  std::string scheme = body.optional_text("scheme").value_or(based_on);
  drafts::FileChanges given = read_files(body, false);
  body.finish();
  drafts::Files files;
  if (!based_on.empty()) {
    auto set = call.service.classifier().schemes();
    files = drafts::files_of_folder(set->get(based_on, call.today()).folder);
  }
  for (auto& [path, text] : given) files[path] = std::move(*text);
  http::Response response = call.write([&](audit::Work& work) {
    return answer_head(drafts::begin_draft(work, draft_county(call), scheme, based_on, files), 201);
  });
  response.set("Location",
               std::string(kRoot) + "/schemes/drafts/" + std::string(js::parse(response.body).at("id").as_string()));
  return response;
}

http::Response show(const Call& call) {
  http::Response response;
  call.read([&](db::Session& session) {
    drafts::Draft draft = drafts::load_draft(session, draft_county(call), draft_asked(call));
    js::object made = head_json(draft);
    js::object files;
    for (auto& [path, text] : drafts::load_files(session, draft.county, draft.id)) files[path] = text;
    made["files"] = std::move(files);
    response = answer_json(made);
    response.set("ETag", tag_of(draft));
  });
  return response;
}

http::Response save(const Call& call) {
  Body body(call);
  drafts::FileChanges changes = read_files(body, true);
  if (changes.empty()) body.refuse(field_missing("files"));
  body.finish();
  return call.write([&](audit::Work& work) {
    drafts::Draft draft = drafts::load_draft(work.session, draft_county(call), draft_asked(call));
    require_match(call.request, tag_of(draft));
    return answer_head(drafts::save_files(work, draft.county, draft.id, changes));
  });
}

http::Response remove(const Call& call) {
  return call.write([&](audit::Work& work) {
    drafts::delete_draft(work, draft_county(call), draft_asked(call));
    return http::no_content();
  });
}

http::Response lint(const Call& call) {
  drafts::Draft draft;
  drafts::Files files;
  call.read([&](db::Session& session) {
    draft = drafts::load_draft(session, draft_county(call), draft_asked(call));
    files = drafts::load_files(session, draft.county, draft.id);
  });
  http::Response response = answer_json(findings_of(call, draft.scheme, std::move(files)));
  response.set("ETag", tag_of(draft));
  return response;
}

}  // namespace

std::string draft_county(const Call& call) {
  std::string county = call.county_of_area("");
  call.require(Permission::schemes_manage, county);
  return county;
}

Id draft_asked(const Call& call) { return call.path_id("draft").value_or(Id{}); }

void add_draft_routes(Api& api) {
  api.get("/schemes/drafts", Permission::schemes_manage, list);
  api.post("/schemes/drafts", Permission::schemes_manage, begin);
  api.get("/schemes/drafts/{draft}", Permission::schemes_manage, show);
  api.patch("/schemes/drafts/{draft}", Permission::schemes_manage, save);
  api.del("/schemes/drafts/{draft}", Permission::schemes_manage, remove);
  api.add({http::Method::post, "/schemes/drafts/{draft}/lint", Access::needs({Permission::schemes_manage}), lint, {}});
  add_simulation_routes(api);
}

}  // namespace tanfang::app::server
