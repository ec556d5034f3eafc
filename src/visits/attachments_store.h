// Rows of attachments and of the records that name them. Inside the room only; digests are 64 hexadecimal digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "visits/visits.h"

namespace tanfang::visits::store {

struct StoredAttachment {
  Id id;
  std::string media_type;
  std::string content;  // encrypted
  std::string put_by;
};
std::optional<StoredAttachment> find_attachment(db::Session& session, const std::string& county,
                                                const std::string& digest);
bool has_attachment(db::Session& session, const std::string& county, const std::string& digest);
void insert_attachment(db::Session& session, const std::string& county, const std::string& digest,
                       const StoredAttachment& attachment, Instant now);
/// Counts the bytes among those of the day. False where there would be more than `most`.
bool count_bytes_of_day(db::Session& session, const std::string& put_by, Date day, std::int64_t bytes,
                        std::int64_t most);
/// It counts as put now.
void touch_attachment(db::Session& session, const std::string& county, const std::string& digest, Instant now);

/// False where the record names it already.
bool insert_link(db::Session& session, const std::string& county, Id visit, const std::string& digest);
void insert_links(db::Session& session, const PreparedVisit& visit);
/// Ascending.
std::vector<std::string> attachments_of_visit(db::Session& session, const std::string& county, Id visit);
/// Notes that the picture was taken out of the record, or, where it is put back, forgets it.
void note_taken_out(db::Session& session, const std::string& county, Id visit, const std::string& digest);
void forget_taken_out(db::Session& session, const std::string& county, Id visit, const std::string& digest);
/// Whether one of the pictures was taken out of the record.
bool names_taken_out(db::Session& session, const std::string& county, Id visit,
                     const std::vector<std::string>& digests);
/// Takes the link away, and the content where no record names it any more. False where the record did not name it.
bool delete_link(db::Session& session, const std::string& county, Id visit, const std::string& digest);
/// Keeps when a paper copy came to the record (`attached`) or was taken away (`detached`).
void note_paper(db::Session& session, const std::string& county, Id id, Id visit, std::string_view what, Instant at);
/// Takes away all that the record names, and when its paper came and went.
void delete_attachments_of_visit(db::Session& session, const std::string& county, Id visit);
/// Those put before `before` that no record names; how many.
std::int64_t delete_unnamed(db::Session& session, const std::string& county, Instant before);

}  // namespace tanfang::visits::store
