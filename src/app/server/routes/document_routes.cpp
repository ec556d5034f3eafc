// The government document behind a scheme: attached by a county, opened at a clause's page.
#include <boost/json.hpp>

#include "app/server/api.h"
#include "app/server/documents_store.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/preconditions.h"
#include "app/server/routes/draft_routes.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::size_t kLargest = 32 << 20;  // a scanned document
constexpr std::size_t kMostClauses = 500;
constexpr std::size_t kLongestClause = 60;
constexpr std::int64_t kMostPages = 2000;

std::string own_county(const Call& call) { return call.county_of_area(call.principal.area); }

/// Of any version: the document outlives an amendment.
std::string scheme_of(const Call& call) {
  const std::string& id = call.request.path_parameter("scheme");
  auto set = known_schemes(call);
  for (const auto& scheme : set->all()) {
    if (scheme->id == id) return id;
  }
  return set->get(id, call.today()).id;
}

std::string context(Id document) { return "scheme_documents.content:" + format_id(document); }

void record(audit::Work& work, const std::string& county, const char* kind, const std::string& scheme) {
  work.record({county, kind, "scheme:" + scheme, "{}"});
}

/// Of the document and its pages; of none where there is none.
std::string tag_of(const std::optional<store::SchemeDocument>& document) {
  return etag_of(document ? document->hash + document->pages : "");
}

http::Response put(const Call& call) {
  std::string county = own_county(call);
  call.require(Permission::schemes_manage, county);
  std::string scheme = scheme_of(call);
  std::string content = call.request.file ? call.request.file->content(kLargest) : std::string();
  if (!content.starts_with("%PDF-")) throw document_kind();
  std::string hash = crypto::sha256(content);
  call.change([&](audit::Work& work) {
    auto known = store::find_document(work.session, county, scheme);
    if (known && known->hash == hash) return work.unchanged();
    require_match_if(known.has_value(), call.request, tag_of(known));
    store::SchemeDocument document{work.new_id(), hash, static_cast<std::int64_t>(content.size()), "{}", work.now};
    std::string sealed = work.keys.field_cipher()->encrypt(content, context(document.id));
    store::put_document(work.session, county, scheme, document, sealed, work.actor);
    record(work, county, "scheme_document_attached", scheme);
  });
  return http::no_content();
}

/// For a page of its own in the browser: `…/document#page=3`.
http::Response show(const Call& call) {
  std::string county = own_county(call);
  std::string scheme = scheme_of(call);
  http::Response response;
  call.read([&](db::Session& session) {
    auto document = store::find_document(session, county, scheme);
    if (!document) throw document_unknown();
    response.body = call.service.keys().field_cipher()->decrypt(store::load_document(session, county, document->id),
                                                                context(document->id));
  });
  response.status = 200;
  response.set("Content-Type", "application/pdf");
  response.set("Content-Disposition", "inline");
  return response;
}

http::Response remove(const Call& call) {
  std::string county = own_county(call);
  call.require(Permission::schemes_manage, county);
  std::string scheme = scheme_of(call);
  call.change([&](audit::Work& work) {
    auto document = store::find_document(work.session, county, scheme);
    if (!document) return work.unchanged();
    store::delete_document(work.session, county, document->id);
    record(work, county, "scheme_document_removed", scheme);
  });
  return http::no_content();
}

http::Response show_pages(const Call& call) {
  std::string county = own_county(call);
  std::string scheme = scheme_of(call);
  std::optional<store::SchemeDocument> document;
  call.read([&](db::Session& session) { document = store::find_document(session, county, scheme); });
  js::object told{{"attached", document.has_value()}, {"pages", js::object()}};
  if (document) {
    told["bytes"] = document->bytes;
    told["attached_at"] = format_instant(document->put_at);
    told["pages"] = js::parse(document->pages);
  }
  http::Response response = answer_json(told);
  response.set("ETag", tag_of(document));
  return response;
}

std::string read_pages(Body& body) {
  const js::value* given = body.value("pages");
  bool good = given && given->is_object() && given->get_object().size() <= kMostClauses;
  if (good) {
    for (const auto& [clause, page] : given->get_object()) {
      bool number = page.is_int64() && page.get_int64() >= 1 && page.get_int64() <= kMostPages;
      good = good && number && !clause.empty() && clause.size() <= kLongestClause * 3;
    }
  }
  if (good) return js::serialize(*given);
  body.refuse(field_type("pages", {"条款到页码（1 至 2000）的对象", "an object of pages (1 to 2000) by clause"}));
  return {};
}

http::Response set_pages(const Call& call) {
  std::string county = own_county(call);
  call.require(Permission::schemes_manage, county);
  Body body(call);
  std::string pages = read_pages(body);
  body.finish();
  std::string scheme = scheme_of(call);
  return call.write([&](audit::Work& work) {
    auto document = store::find_document(work.session, county, scheme);
    if (!document) throw document_unknown();
    require_match(call.request, tag_of(document));
    if (document->pages == pages) {
      work.unchanged();
    } else {
      store::set_pages(work.session, county, document->id, pages);
      record(work, county, "scheme_pages_set", scheme);
    }
    return http::no_content();
  });
}

}  // namespace

void add_document_routes(Api& api) {
  const std::string path = "/schemes/{scheme}/document";
  api.add({http::Method::put, path, Access::needs({Permission::schemes_manage}), put, http::BodyRule::file(kLargest)});
  api.get(path, Permission::schemes_read, show);
  api.del(path, Permission::schemes_manage, remove);
  api.get(path + "/pages", Permission::schemes_read, show_pages);
  api.put(path + "/pages", Permission::schemes_manage, set_pages);
}

}  // namespace tanfang::app::server
