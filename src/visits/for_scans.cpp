#include "visits/for_scans.h"

#include <fmt/format.h>

#include <algorithm>

#include "visits/attachment_keeping.h"
#include "visits/attachments_store.h"
#include "visits/for_paper.h"
#include "visits/visits_problems.h"
#include "visits/visits_rules.h"

namespace tanfang::visits {
namespace {

void note_paper(audit::Work& work, const Visit& record, const char* what, const char* event,
                const std::string& digest) {
  store::note_paper(work.session, record.county, work.new_id(), record.id, what, work.now);
  work.record({record.county, event, "visit:" + format_id(record.id), fmt::format(R"({{"attachment":"{}"}})", digest)});
}

}  // namespace

Visit standing_record(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id visit) {
  Visit record = load_visit(session, keys, county, visit);
  while (record.corrected_by.value != 0) record = load_visit(session, keys, county, record.corrected_by);
  return record;
}

bool has_room_for_paper(db::Session& session, const std::string& county, Id visit, const std::string& digest) {
  std::vector<std::string> named = store::attachments_of_visit(session, county, visit);
  return named.size() < kMostAttachments || std::find(named.begin(), named.end(), digest) != named.end();
}

bool was_taken_out(db::Session& session, const std::string& county, Id visit, const std::string& digest) {
  return store::names_taken_out(session, county, visit, {digest});
}

void require_not_taken_out(db::Session& session, const std::string& county, Id visit,
                           const std::vector<std::string>& attachments) {
  if (store::names_taken_out(session, county, visit, attachments)) throw paper_taken_out();
}

Id attach_paper(audit::Work& work, const std::string& county, Id visit, const std::string& digest,
                std::string_view picture) {
  Visit record = load_visit(work.session, work.keys, county, visit);
  // Paper has limits of its own, and the job that reads it sends for every county.
  keep_attachment(work, county, digest, picture, std::nullopt);
  if (store::insert_link(work.session, county, visit, digest)) {
    store::forget_taken_out(work.session, county, visit, digest);
    note_paper(work, record, "attached", "visit_paper_attached", digest);
  }
  return record.person;
}

std::string detach_paper(audit::Work& work, const std::string& county, Id visit, const std::string& digest,
                         const std::function<bool(Id visit)>& is_kept) {
  std::string picture = unseal_attachment(work.session, work.keys, county, digest).content;
  Visit record = load_visit(work.session, work.keys, county, visit);
  Id person = record.person;
  bool kept = false;
  for (Id at = record.corrects; at.value != 0;) {
    Visit before = load_visit(work.session, work.keys, county, at);
    if (before.person != person) break;
    kept = kept || is_kept(at);
    at = before.corrects;
  }
  while (record.person == person) {
    kept = kept || is_kept(record.id);
    if (!kept && store::delete_link(work.session, county, record.id, digest)) {
      store::note_taken_out(work.session, county, record.id, digest);
      note_paper(work, record, "detached", "visit_paper_detached", digest);
    }
    if (record.corrected_by.value == 0) break;
    record = load_visit(work.session, work.keys, county, record.corrected_by);
  }
  return picture;
}

}  // namespace tanfang::visits
