// Drawing of archives, a few records at a time: gathered in a snapshot, drawn outside of any transaction, kept in a short
// one. A file counts when it is whole: one that was cut short is drawn from its beginning.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "app/archives/archive_index.h"
#include "app/archives/archive_parts.h"
#include "app/archives/archives.h"
#include "app/archives/archives_problems.h"
#include "app/archives/archives_store.h"
#include "app/archives/part_drawing.h"
#include "platform/crypto/file_digest.h"
#include "platform/files/zip_stream.h"
#include "registry/for_paper.h"
#include "visits/for_paper.h"

namespace tanfang::app::archives {
namespace {

namespace js = boost::json;

constexpr int kLinesAtOnce = 500;
/// Of a group: what is gathered, drawn and encrypted at a time.
constexpr int kMostRecordsOfGroup = 40;
constexpr std::size_t kMostBytesOfGroup = 2u << 20;  // of pictures; one record may have more

std::size_t bytes_of(const Gathered& gathered) {
  std::size_t bytes = 0;
  for (const paper::Sheet& sheet : gathered.sheets) {
    for (const auto& [field, picture] : sheet.filling.signatures) bytes += picture.size();
    for (const paper::Photo& photo : sheet.photos) bytes += photo.content.size();
  }
  return bytes;
}

class Making {
 public:
  Making(const jobs::Run& run, const PrintingGround& ground, Archive archive)
      : run_(run), ground_(ground), archive_(std::move(archive)) {
    run_.ground.database.read(
        [&](db::Session& session) { places_.emplace(session, archive_.area, china_date(archive_.asked_at)); });
  }

  /// False where it was taken away, or another run finished it, meanwhile.
  bool make() {
    PartDrawing drawing(archive_, {[this](std::int64_t after) { return next_part(after); },
                                   [this](std::int64_t part, std::int64_t after) { return gather(part, after); }});
    recount();
    run_.step();
    while (auto group = drawing.next()) {
      if (!keep(*group)) return false;
      run_.step();
    }
    return finish();
  }

  /// It ends, and nothing of it is kept.
  void fail(const Problem& problem) {
    archive_.state = "failed";
    archive_.note =
        js::serialize(js::object{{"code", problem.code}, {"text", problem.text.zh}, {"text_en", problem.text.en}});
    end("archive_failed", {{"code", problem.code}});
  }

 private:
  void read(const std::function<void(db::Session&)>& look) { run_.ground.database.read(look); }

  /// In the name of whoever asked for it.
  void write(const std::function<void(audit::Work&)>& use_case) {
    run_.ground.database.write([&](db::Session& session) {
      audit::Work work(session, run_.now(), run_.ground.ids, archive_.asked_by, run_.ground.keys);
      use_case(work);
    });
  }

  /// What was drawn of a file that was cut short is drawn again.
  void recount() {
    write([&](audit::Work& work) { store::recount_done(work.session, archive_); });
  }

  std::optional<std::int64_t> next_part(std::int64_t after) {
    std::optional<std::int64_t> part;
    read([&](db::Session& session) { part = store::next_part(session, archive_, after); });
    return part;
  }

  GatheredGroup gather(std::int64_t part, std::int64_t after) {
    GatheredGroup group;
    read([&](db::Session& session) {
      group = {};
      const crypto::KeyRing& keys = run_.ground.keys;
      Openers open{[&](const registry::PersonKey& key) { return registry::unmask_person(session, keys, key); },
                   [&](const std::string& county, Id id) {
                     visits::Visit visit = visits::unseal_visit(session, keys, county, id);
                     group.opened.emplace_back(visit.id, visit.person);
                     return visit;
                   },
                   [&](const registry::PersonKey& key, const std::string& digest) {
                     return visits::unseal_attachment(session, keys, key.county, digest).content;
                   }};
      Gathering by{session, keys, ground_, open, *places_};
      auto records = store::load_part(session, archive_, part, after, kMostRecordsOfGroup + 1);
      std::size_t bytes = 0;
      for (const store::Filed& each : records) {
        if (group.records.size() == kMostRecordsOfGroup || bytes >= kMostBytesOfGroup) return;
        group.sheets.push_back(gather_visit(by, by.open.visit(archive_.county, each.visit)));
        group.records.push_back(each);
        bytes += bytes_of(group.sheets.back());
      }
      group.last = true;
    });
    return group;
  }

  /// Not where another run finished it, or somebody in it was erased, meanwhile.
  bool waits(db::Session& session) const {
    auto now = store::find_archive(session, archive_.county, archive_.id);
    return now && now->state == "waiting";
  }

  bool keep(const DrawnGroup& group) {
    bool mine = true;
    write([&](audit::Work& work) {
      mine = waits(work.session) && store::is_open(work.session, archive_, group.part);
      for (int copy = 1; mine && copy <= archive_.copies; ++copy) mine = keep_copy(work, group, copy);
      if (mine) store::count_done(work.session, archive_, group.count);
      if (mine && group.last) mine = close(work, group);
    });
    return mine;
  }

  /// What is left of a file that was cut short goes with the first piece.
  bool keep_copy(audit::Work& work, const DrawnGroup& group, int copy) {
    std::int64_t file = file_of(copy, group.part), number = number_of(file, group.piece);
    if (group.piece == 0) {
      store::delete_file(work.session, archive_, file);
      villages_[group.part] = village_of(work.session, group.part);
    }
    auto kept =
        keep_piece(work.session, work.keys, archive_,
                   {number, name_of(archive_.copies, copy, group.part, villages_.at(group.part)),
                    group.copies[static_cast<std::size_t>(copy) - 1], group.last});
    if (kept) kept_[number] = *kept;
    return kept.has_value();
  }

  std::string village_of(db::Session& session, std::int64_t part) const {
    std::string village = store::load_part(session, archive_, part, 0, 1).at(0).village;
    return places_->name(village, village.size());
  }

  /// The file is whole: the pieces are those of this run, and its records are noted as printed.
  bool close(audit::Work& work, const DrawnGroup& group) {
    for (int copy = 1; copy <= archive_.copies; ++copy) {
      auto pieces = store::load_pieces(work.session, archive_, file_of(copy, group.part));
      bool same = std::all_of(pieces.begin(), pieces.end(), [&](const store::Piece& piece) {
        auto mine = kept_.find(piece.number);
        return mine != kept_.end() && mine->second == piece.hash;
      });
      if (!same || static_cast<std::int64_t>(pieces.size()) != group.piece + 1) return false;
    }
    for (const store::Filed& each : group.records) {
      if (!store::note_drawn(work.session, archive_, each)) return false;
    }
    for (const auto& [visit, person] : group.opened) {
      work.record({archive_.county, "form_printed", "visit:" + format_id(visit),
                   js::serialize(js::object{{"person", format_id(person)},
                                            {"archive", format_id(archive_.id)},
                                            {"copies", archive_.copies},
                                            {"masked", false}})});
    }
    return true;
  }

  bool next_line(IndexLine& line) {
    if (at_ == lines_.size()) {
      run_.step();
      std::int64_t after = lines_.empty() ? 0 : lines_.back().number;
      lines_.clear();
      at_ = 0;
      read([&](db::Session& session) {
        for (const store::Filed& each : store::load_records(session, archive_, after, kLinesAtOnce)) {
          lines_.push_back(line_of(session, each));
        }
      });
    }
    if (at_ == lines_.size()) return false;
    line = lines_[at_++];
    return true;
  }

  IndexLine line_of(db::Session& session, const store::Filed& filed) {
    visits::Visit visit = visits::load_visit(session, run_.ground.keys, archive_.county, filed.visit);
    Date on = china_date(visit.started_at);
    auto standing = registry::load_standing(session, {archive_.county, filed.person}, on, on);
    const forms::Form* form = ground_.forms.find(visit.form);
    return {filed.place, places_->name(filed.village, filed.village.size()), standing.name,
            on.iso(),    form == nullptr ? visit.form : form->title.zh,      filed.part,
            filed.page,  filed.pages};
  }

  /// False where the archive was taken away meanwhile.
  bool keep_index(Cover cover, int copy) {
    cover.copy = copy;
    lines_.clear();
    at_ = 0;
    std::string index = draw_index(cover, [this](IndexLine& line) { return next_line(line); });
    bool mine = false;
    run_.ground.database.write([&](db::Session& session) {
      mine = waits(session);
      if (!mine) return;
      keep_piece(session, run_.ground.keys, archive_,
                 {number_of(file_of(copy, 0), 0), name_of(archive_.copies, copy, 0, "封面与目录"), index, true});
    });
    return mine;
  }

  bool keep_indices() {
    std::string place = places_->name(archive_.area, 9);
    if (archive_.area.size() == 12) place += places_->name(archive_.area, 12);
    Cover cover{place,           archive_.month,  format_id(archive_.id), archive_.asked_by, archive_.asked_at,
                archive_.records, archive_.pages, 0,                      1,                 archive_.copies};
    read([&](db::Session& session) {
      cover.volumes = store::load_records(session, archive_, archive_.records - 1, 1).at(0).part;
    });
    for (int copy = 1; copy <= archive_.copies; ++copy) {
      if (!keep_index(cover, copy)) return false;
    }
    return true;
  }

  bool finish() {
    read([&](db::Session& session) { archive_.pages = store::count_pages(session, archive_); });
    recount();
    if (!keep_indices()) return false;
    store::Kept kept;
    read([&](db::Session& session) { kept = store::count_kept(session, archive_); });
    if (!files::fits_zip(kept.files, kept.bytes)) throw problems::too_many_bytes();
    archive_.parts = kept.files;
    crypto::RunningSha256 digest;
    std::int64_t bytes = 0;
    Verification made;
    read([&](db::Session& session) {
      made = read_parts(session, run_.ground.keys, archive_, [&](std::string_view piece) {
        digest.add(piece);
        bytes += static_cast<std::int64_t>(piece.size());
      });
    });
    if (!made.faults.empty()) throw Failure("an archive just made cannot be read");
    archive_.hash = digest.finish();
    archive_.bytes = bytes;
    archive_.state = "done";
    return end("archive_filed", {{"sha256", crypto::to_hex(archive_.hash)},
                                 {"area", archive_.area},
                                 {"month", archive_.month},
                                 {"records", archive_.records},
                                 {"pages", archive_.pages},
                                 {"bytes", archive_.bytes}});
  }

  bool end(const char* kind, const js::object& details) {
    archive_.ended_at = run_.now();
    bool mine = false;
    write([&](audit::Work& work) {
      mine = store::finish(work.session, archive_);
      if (mine && archive_.state == "failed") store::delete_files(work.session, archive_.county, archive_.id);
      if (mine) work.record({archive_.county, kind, "archive:" + format_id(archive_.id), js::serialize(details)});
    });
    return mine;
  }

  const jobs::Run& run_;
  const PrintingGround& ground_;
  Archive archive_;
  std::optional<PlaceNames> places_;
  std::map<std::int64_t, std::string> villages_;  // by part
  std::map<std::int64_t, std::string> kept_;      // hashes of the pieces of this run, by number
  std::vector<IndexLine> lines_;
  std::size_t at_ = 0;
};

bool made_or_refused(const jobs::Run& run, const PrintingGround& ground, const Archive& archive) {
  Making making(run, ground, archive);
  try {
    return making.make();
  } catch (const Problem& problem) {
    making.fail(problem);
    return false;
  }
}

}  // namespace

std::string make_archives(const jobs::Run& run, const PrintingGround& ground) {
  std::vector<Archive> waiting;
  run.ground.database.read([&](db::Session& session) { waiting = store::load_waiting(session); });
  int done = 0;
  std::exception_ptr failed;
  for (const Archive& archive : waiting) {
    try {
      done += made_or_refused(run, ground, archive);
    } catch (const jobs::Interrupted&) {
      throw;
    } catch (const std::exception&) {
      failed = std::current_exception();  // the others do not wait for it
    }
  }
  if (failed) std::rethrow_exception(failed);
  return fmt::format("archives={} done={}", waiting.size(), done);
}

}  // namespace tanfang::app::archives
