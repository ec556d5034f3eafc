// Drafts of schemes: begun, read, saved, checked, deleted, by whoever manages the schemes of a county.
#include "app/server/routes/draft_routes.h"

#include <boost/json.hpp>

#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/scheme_lint.h"
#include "app/server/server_problems.h"
#include "registry/registry.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

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
  response.set("ETag", draft_tag(draft));
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

/// Of the version in force today: as it was published in the county, or from its folder.
drafts::Files files_of_scheme(const Call& call, const std::string& id) {
  auto known = known_schemes(call);
  const schemes::Scheme& scheme = known->get(id, call.today());
  drafts::Files files;
  call.read([&](db::Session& session) {
    for (auto& published : registry::load_published_schemes(session, draft_county(call))) {
      if (published.scheme == id && published.in_force == scheme.in_force) files = std::move(published.files);
    }
  });
  return files.empty() ? drafts::files_of_folder(scheme.folder) : files;
}

http::Response begin(const Call& call) {
  Body body(call);
  std::string based_on = body.optional_text("based_on").value_or("");
  std::string scheme = body.optional_text("scheme").value_or(based_on);
  drafts::FileChanges given = read_files(body, false);
  body.finish();
  drafts::Files files;
  if (!based_on.empty()) files = files_of_scheme(call, based_on);
  for (auto& [path, text] : given) files[path] = std::move(*text);
  http::Response response = call.write([&](audit::Work& work) {
    return answer_head(drafts::begin_draft(work, draft_county(call), scheme, based_on, files), 201);
  });
  response.set("Location",
               std::string(kRoot) + "/scheme-drafts/" + std::string(js::parse(response.body).at("id").as_string()));
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
    response.set("ETag", draft_tag(draft));
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
    require_match(call.request, draft_tag(draft));
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
  response.set("ETag", draft_tag(draft));
  return response;
}

}  // namespace

std::string draft_tag(const drafts::Draft& draft) { return "\"" + draft.digest.substr(0, 32) + "\""; }

drafts::Shelves draft_shelves(const Call& call) {
  return {call.service.shipped(), call.service.further_schemes(), call.service.upload_folder()};
}

std::shared_ptr<const schemes::SchemeSet> known_schemes(const Call& call) {
  if (call.principal.area.size() < 6) return call.service.classifier().schemes();
  std::shared_ptr<const registry::CountyPolicy> policy;
  call.read([&](db::Session& session) {
    policy = call.service.classifier().policy_of(session, call.principal.area.substr(0, 6));
  });
  return {policy, &policy->schemes()};
}

std::string draft_county(const Call& call) {
  std::string county = call.county_of_area("");
  call.require(Permission::schemes_manage, county);
  return county;
}

Id draft_asked(const Call& call) { return call.path_id("draft").value_or(Id{}); }

void add_draft_routes(Api& api) {
  api.get("/scheme-drafts", Permission::schemes_manage, list);
  api.post("/scheme-drafts", Permission::schemes_manage, begin);
  api.get("/scheme-drafts/{draft}", Permission::schemes_manage, show);
  api.patch("/scheme-drafts/{draft}", Permission::schemes_manage, save);
  api.del("/scheme-drafts/{draft}", Permission::schemes_manage, remove);
  api.add({http::Method::post, "/scheme-drafts/{draft}/lint", Access::needs({Permission::schemes_manage}), lint, {}});
  add_simulation_routes(api);
  add_publication_routes(api);
}

}  // namespace tanfang::app::server
