#include "visits/for_scans.h"

#include <fmt/format.h>

#include "visits/attachments_store.h"
#include "visits/for_paper.h"
#include "visits/visits_rules.h"

namespace tanfang::visits {

bool has_room_for_paper(db::Session& session, const std::string& county, Id visit) {
  return store::attachments_of_visit(session, county, visit).size() < kMostAttachments;
}

Id attach_paper(audit::Work& work, const std::string& county, Id visit, const std::string& digest,
                std::string_view picture) {
  Visit record = load_visit(work.session, work.keys, county, visit);
  put_attachment(work, county, digest, picture);
  store::insert_link(work.session, county, visit, digest);
  work.record(
      {county, "visit_paper_attached", "visit:" + format_id(visit), fmt::format(R"({{"attachment":"{}"}})", digest)});
  return record.person;
}

std::string detach_paper(audit::Work& work, const std::string& county, Id visit, const std::string& digest,
                         const std::function<bool(Id visit)>& is_kept) {
  std::string picture = unseal_attachment(work.session, work.keys, county, digest).content;
  for (Id at = visit; at.value != 0;) {
    Visit record = load_visit(work.session, work.keys, county, at);
    if (!is_kept(at) && store::delete_link(work.session, county, at, digest)) {
      work.record(
          {county, "visit_paper_detached", "visit:" + format_id(at), fmt::format(R"({{"attachment":"{}"}})", digest)});
    }
    at = record.corrected_by;
  }
  return picture;
}

}  // namespace tanfang::visits
