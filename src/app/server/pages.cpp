#include "app/server/pages.h"

#include <filesystem>
#include <memory>

#include "app/server/server_problems.h"
#include "platform/http/static_files.h"

namespace tanfang::app::server {
namespace {

// Scripts and styles only from here, none written into a page.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'";

http::Response redirect(const std::string& to) {
  http::Response response;
  response.status = 302;
  response.set("Location", to);
  return response;
}

/// One route for each name at the top of the folder: a route for whatever is asked would also answer the interface's
/// own paths that are not there. The pages themselves are behind `#`.
void add_field(http::Router& router, const std::string& folder) {
  auto field = std::make_shared<http::StaticFiles>(
      folder, http::StaticOptions{.fallback = "", .content_security_policy = kPolicy});
  router.get("/", [field](const http::Request& request) { return field->answer(request, "index.html"); });
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    if (name.starts_with('.') || name.ends_with(".gz")) continue;
    if (!entry.is_directory()) {
      router.get("/" + name, [field, name](const http::Request& request) { return field->answer(request, name); });
      continue;
    }
    router.get("/" + name + "/{page...}", [field, name](const http::Request& request) {
      return field->answer(request, name + "/" + request.path_parameter("page"));
    });
  }
}

}  // namespace

void add_pages(http::Router& router, const std::string& folder) {
  if (std::filesystem::is_directory(folder + "/field")) {
    add_field(router, folder + "/field");
  } else {
    router.get("/", [](const http::Request&) { return redirect("/desk/"); });
  }
  router.get("/desk", [](const http::Request&) { return redirect("/desk/"); });
  // Where a sign-on through an outside platform that was refused ends.
  router.get("/sign-in", [](const http::Request& request) { return redirect("/desk/sign-in?" + request.query); });
  if (!std::filesystem::is_directory(folder + "/desk")) {
    router.get("/desk/{page...}", [](const http::Request&) -> http::Response { throw pages_missing(); });
    return;
  }
  auto desk = std::make_shared<http::StaticFiles>(
      folder + "/desk", http::StaticOptions{.fallback = "index.html", .content_security_policy = kPolicy});
  router.get("/desk/{page...}",
             [desk](const http::Request& request) { return desk->answer(request, request.path_parameter("page")); });
}

}  // namespace tanfang::app::server
