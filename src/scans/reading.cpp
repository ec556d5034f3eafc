// From a file to its pages, and from the code on a page to its place.
#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "paper/paper.h"
#include "platform/pictures/pictures.h"
#include "scans/scans.h"
#include "scans/scans_store.h"
#include "scans/sealed.h"
#include "visits/for_scans.h"

namespace tanfang::scans {
namespace {

constexpr std::string_view kWanted = "TF1|";  // how a code of ours begins (paper::code_text)
constexpr std::size_t kLongestForm = 120;
constexpr std::int64_t kMostAttempts = 3;
/// Pages read at a time: a minute or so, then other jobs have their turn.
constexpr std::int64_t kPagesAtOnce = 20;
/// Of one file among them, so that a pile does not keep a single page waiting.
constexpr std::int64_t kPagesOfOne = 5;

/// The codes of ours among those on a page; the same sheet seen twice is one.
std::vector<paper::PageCode> codes_of(const pictures::Page& page) {
  std::vector<paper::PageCode> found;
  for (const std::string& text : page.codes) {
    auto code = paper::read_code(text);
    if (code && code->form.size() <= kLongestForm) found.push_back(std::move(*code));
  }
  return found;
}

/// Whether the person lives where the batch is from. Nothing else of them is used.
bool lives_in(db::Session& session, const Page& page, Id person) {
  return registry::find_person(session, page.county, person).has_value() &&
         registry::area_of(session, {page.county, person}).starts_with(page.area);
}

/// The record into which the same paper, sent for another area, was entered already.
Id entered_before(audit::Work& work, const Page& page, const std::string& digest) {
  for (const Page& copy : store::copies_of(work.session, page)) {
    if (copy.state != State::attached) continue;
    visits::Visit record = visits::standing_record(work.session, work.keys, page.county, copy.visit);
    if (record.person != page.person) continue;
    if (visits::has_room_for_paper(work.session, page.county, record.id, digest)) return record.id;
  }
  return {};
}

/// What a code leads to beside what the page says: the record to attach it to, or whose it was until somebody took it
/// out.
struct Place {
  Id record;
  Id former;
};

/// `digest`: of the picture.
void place_by_code(audit::Work& work, const paper::PageCode& code, const std::string& digest, Page& page,
                   Place& place) {
  page.form = code.form;
  page.form_version = code.version;
  page.leaf = code.page;
  Id person = parse_id(code.person).value_or(Id{});
  Id visit = parse_id(code.record).value_or(Id{});
  page.why = Why::unknown;
  if (visit.value != 0) {
    auto county = visits::find_county_of_visit(work.session, page.county, visit);
    if (!county) return;
    bool taken_out = visits::was_taken_out(work.session, page.county, visit, digest);
    visits::Visit record = visits::standing_record(work.session, work.keys, page.county, visit);
    visit = record.id;
    Id owner = record.person;
    if (!lives_in(work.session, page, owner) || (person.value != 0 && person != owner)) return;
    page.why = Why::detached;
    if (taken_out || visits::was_taken_out(work.session, page.county, visit, digest)) {
      place.former = owner;
      return;
    }
    page.why = Why::full;
    if (!visits::has_room_for_paper(work.session, page.county, visit, digest)) return;
    person = owner;
    place.record = visit;
  } else if (person.value == 0) {
    page.why = Why::no_person;
    return;
  } else if (!lives_in(work.session, page, person)) {
    return;
  }
  page.person = person;
  page.why = Why::none;
  page.state = State::waiting;
  if (place.record.value == 0) place.record = entered_before(work, page, digest);
  if (place.record.value != 0) return;
  if (store::was_detached_from(work.session, page, person)) {
    place.former = person;
    page.person = Id{};
    page.why = Why::detached;
    page.state = State::unclear;
    return;
  }
  if (auto sheet = store::find_open_sheet(work.session, page)) page.sheet = *sheet;
}

/// Writes the page down and, where the code names a record, attaches it.
void take_page(audit::Work& work, const Batch& batch, std::int64_t number, const std::optional<pictures::Page>& drawn,
               Why why) {
  Key key{batch.county, batch.id};
  // One that had been drawn stays when a file is read again for those that had not.
  if (!store::count_page(work.session, key, number) || store::has_page(work.session, key, number)) {
    return work.unchanged();
  }
  Page page;
  page.county = batch.county;
  page.id = work.new_id();
  page.batch = batch.id;
  page.number = number;
  page.area = batch.area;
  page.why = why;
  page.sheet = page.id;
  page.read_at = work.now;
  Place place;
  if (drawn) {
    std::vector<paper::PageCode> codes = codes_of(*drawn);
    page.why = codes.empty() ? Why::no_code : Why::several_codes;
    std::string digest = crypto::to_hex(crypto::sha256(drawn->jpeg));
    if (codes.size() == 1) place_by_code(work, codes.front(), digest, page, place);
  }
  store::insert_page(work.session, page, drawn ? seal(work.keys, kPicture, page.id, drawn->jpeg) : "");
  if (place.former.value != 0) store::keep_former(work.session, page, place.former);
  work.record({page.county, "scan_page_read", "scan:" + format_id(page.id),
               fmt::format(R"({{"batch":"{}","page":{},"state":"{}","why":"{}"}})", format_id(batch.id), number,
                           to_text(page.state), to_text(page.why))});
  if (place.record.value == 0) return;
  page.has_picture = true;
  attach_sheet(work, page, place.record);
}

class BatchReader {
 public:
  BatchReader(const Reading& reading, Batch batch) : reading_(reading), batch_(std::move(batch)) {}

  /// At most so many pages.
  std::int64_t read(std::int64_t most) {
    load_file();
    Why why = Why::none;
    if (!batch_.pages) open_file(why);
    std::int64_t count = 0;
    for (std::int64_t number = batch_.pages_read + 1; number <= *batch_.pages; ++number, ++count) {
      if (count == most) return count;
      reading_.step();
      std::optional<pictures::Page> drawn;
      if (why == Why::none && begin()) drawn = draw(number);
      reading_.write(
          [&](audit::Work& work) { take_page(work, batch_, number, drawn, why == Why::none ? Why::undrawn : why); });
    }
    finish();
    return count;
  }

 private:
  /// In memory alone.
  void load_file() {
    std::optional<store::Part> part;
    for (std::int64_t number = 0;; ++number) {
      reading_.database.read([&](db::Session& session) { part = store::find_part(session, key(), number); });
      if (!part) return;
      file_.write(open(reading_.keys, kContent, part->id, part->content));
    }
  }

  /// Whether it is worth another try: what ended the process, or ran out of its time, does so again.
  bool begin() {
    std::int64_t attempts = 0;
    reading_.write([&](audit::Work& work) {
      attempts = store::begin_page(work.session, key());
      work.unchanged();
    });
    return attempts <= kMostAttempts;
  }

  /// A file that cannot be opened is one page that somebody must look at.
  void open_file(Why& why) {
    batch_.pages = 1;
    if (batch_.kind == "pdf") {
      auto pages = begin() ? pictures::count_pages(file_) : std::nullopt;
      if (!pages) why = Why::file;
      if (pages && *pages > pictures::kMostPages) why = Why::pages;
      if (pages && why == Why::none) batch_.pages = *pages;
    }
    // Kept only where it can be read on from there.
    if (why != Why::none) return;
    reading_.write([&](audit::Work& work) {
      store::set_pages(work.session, key(), *batch_.pages);
      work.unchanged();
    });
  }

  std::optional<pictures::Page> draw(std::int64_t number) {
    if (batch_.kind == "pdf") return pictures::read_pdf_page(file_, static_cast<int>(number), kWanted);
    return pictures::read_picture(file_, kWanted);
  }

  void finish() {
    reading_.write([&](audit::Work& work) {
      store::set_pages(work.session, key(), *batch_.pages);
      store::end_reading(work.session, key());
      work.record({batch_.county, "scan_read", "scans:" + format_id(batch_.id),
                   fmt::format(R"({{"pages":{}}})", *batch_.pages)});
    });
  }

  Key key() const { return {batch_.county, batch_.id}; }

  const Reading& reading_;
  Batch batch_;
  pictures::MemoryFile file_;
};

/// One a transaction, as they came.
void delete_parts(const Reading& reading, const std::function<std::vector<Key>(db::Session&)>& find) {
  for (;;) {
    std::vector<Key> parts;
    reading.database.read([&](db::Session& session) { parts = find(session); });
    if (parts.empty()) return;
    for (const Key& part : parts) {
      reading.step();
      reading.write([&](audit::Work& work) {
        store::delete_part(work.session, part);
        work.unchanged();
      });
    }
  }
}

Read read_batches(const Reading& reading, std::exception_ptr& failed) {
  Read done;
  std::vector<Batch> batches;
  reading.database.read([&](db::Session& session) { batches = store::unread_batches(session); });
  for (Batch& batch : batches) {
    if (done.pages == kPagesAtOnce) break;
    std::int64_t most = std::min(kPagesOfOne, kPagesAtOnce - done.pages);
    try {
      std::int64_t read = BatchReader(reading, std::move(batch)).read(most);
      done.pages += read;
      done.more = done.more || read == most;  // also where it was its last page: another look finds nothing
    } catch (const Failure&) {
      failed = std::current_exception();  // the others do not wait for it
    } catch (const Problem&) {
      failed = std::current_exception();
    }
  }
  return done;
}

}  // namespace

Read read_waiting(const Reading& reading) {
  std::exception_ptr failed;
  Read done = read_batches(reading, failed);
  delete_parts(reading, store::unneeded_parts);
  if (failed && !done.more) std::rethrow_exception(failed);
  return done;
}

std::int64_t drop_files(const Reading& reading, const std::string& county, Instant before) {
  delete_parts(reading, [&](db::Session& session) { return store::abandoned_parts(session, county, before); });
  std::int64_t gone = 0;
  reading.write([&](audit::Work& work) {
    gone = store::delete_empty(work.session, county, before);
    work.unchanged();
  });
  return gone;
}

}  // namespace tanfang::scans
