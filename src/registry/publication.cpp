#include "registry/publication.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/json/json.h"
#include "registry/publication_problems.h"
#include "registry/publication_store.h"

namespace tanfang::registry {

void publish_scheme(audit::Work& work, const PublishedScheme& published) {
  auto known = store::load_published(work.session, published.county);
  bool there = std::any_of(known.begin(), known.end(), [&](const PublishedScheme& other) {
    return other.scheme == published.scheme && other.in_force == published.in_force;
  });
  if (there) throw problems::scheme_published(published.scheme, published.in_force.iso());
  store::insert_published(work.session, published);
  std::string scheme;
  json::append_quoted(scheme, published.scheme);
  work.record({published.county, "scheme_published", "scheme:" + published.scheme,
               fmt::format(R"({{"scheme":{},"in_force":"{}","digest":"{}"}})", scheme, published.in_force.iso(),
                           published.digest)});
}

std::vector<PublishedScheme> load_published_schemes(db::Session& session, std::string_view county) {
  auto found = store::load_published(session, county);
  for (PublishedScheme& published : found) store::load_files(session, published);
  return found;
}

}  // namespace tanfang::registry
