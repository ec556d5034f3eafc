// Drawing of archives, part by part: gathered in a snapshot, drawn outside of any transaction, kept in a short one.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "app/archives/archive_index.h"
#include "app/archives/archive_parts.h"
#include "app/archives/archives.h"
#include "app/archives/archives_store.h"
#include "app/archives/part_drawing.h"
#include "platform/crypto/file_digest.h"
#include "registry/for_paper.h"
#include "visits/for_paper.h"

namespace tanfang::app::archives {
namespace {

namespace js = boost::json;

constexpr int kLinesAtOnce = 500;

class Making {
 public:
  Making(const jobs::Run& run, const PrintingGround& ground, Archive archive)
      : run_(run), ground_(ground), archive_(std::move(archive)) {
    run_.ground.database.read(
        [&](db::Session& session) { places_.emplace(session, archive_.area, china_date(archive_.asked_at)); });
  }

  /// False where it was taken away, or another run finished it, meanwhile.
  bool make() {
    std::int64_t page = 1;
    read([&](db::Session& session) { page = store::next_page(session, archive_); });
    PartDrawing drawing(archive_, page, [this](std::int64_t after) { return gather(after); });
    run_.step();
    while (auto part = drawing.next()) {
      if (!keep(*part)) return false;
      run_.step();
    }
    return finish();
  }

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

  std::optional<GatheredPart> gather(std::int64_t after) {
    GatheredPart part;
    read([&](db::Session& session) {
      part = {store::load_next_part(session, archive_, after), {}, {}};
      const crypto::KeyRing& keys = run_.ground.keys;
      Openers open{[&](const registry::PersonKey& key) { return registry::unmask_person(session, keys, key); },
                   [&](const std::string& county, Id id) {
                     visits::Visit visit = visits::unseal_visit(session, keys, county, id);
                     part.opened.emplace_back(visit.id, visit.person);
                     return visit;
                   },
                   [&](const registry::PersonKey& key, const std::string& digest) {
                     return visits::unseal_attachment(session, keys, key.county, digest).content;
                   }};
      Gathering by{session, keys, ground_, open, *places_};
      for (const store::Filed& each : part.records) {
        part.sheets.push_back(gather_visit(by, by.open.visit(archive_.county, each.visit)));
      }
    });
    if (part.records.empty()) return std::nullopt;
    return part;
  }

  /// Not where another run finished it, or somebody in it was erased, meanwhile.
  bool waits(db::Session& session) const {
    auto now = store::find_archive(session, archive_.county, archive_.id);
    return now && now->state == "waiting";
  }

  bool keep(const DrawnPart& part) {
    const store::Filed& first = part.records.front();
    std::string village = places_->name(first.village, first.village.size());
    bool mine = true;
    write([&](audit::Work& work) {
      mine = waits(work.session);
      for (const store::Filed& each : part.records) mine = mine && store::note_drawn(work.session, archive_, each);
      if (!mine) return;
      for (int copy = 1; copy <= archive_.copies; ++copy) {
        keep_part(work.session, work.keys, archive_, number_of(copy, first.part),
                  name_of(archive_.copies, copy, first.part, village), part.copies[static_cast<std::size_t>(copy) - 1]);
      }
      store::count_done(work.session, archive_, static_cast<std::int64_t>(part.records.size()));
      for (const auto& [visit, person] : part.opened) {
        work.record({archive_.county, "form_printed", "visit:" + format_id(visit),
                     js::serialize(js::object{{"person", format_id(person)},
                                              {"archive", format_id(archive_.id)},
                                              {"copies", archive_.copies},
                                              {"masked", false}})});
      }
    });
    return mine;
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
            on.iso(),    form == nullptr ? visit.form : form->title.zh,      filed.page,
            filed.pages};
  }

  bool finish() {
    read([&](db::Session& session) { archive_.pages = store::next_page(session, archive_) - 1; });
    std::string place = places_->name(archive_.area, 9);
    if (archive_.area.size() == 12) place += places_->name(archive_.area, 12);
    Cover cover{
        place,          archive_.month, format_id(archive_.id), archive_.asked_by, archive_.asked_at, archive_.records,
        archive_.pages, archive_.copies};
    std::string index = draw_index(cover, [this](IndexLine& line) { return next_line(line); });
    std::int64_t parts = 1;
    bool mine = false;
    run_.ground.database.write([&](db::Session& session) {
      mine = waits(session);
      if (!mine) return;
      keep_part(session, run_.ground.keys, archive_, 0, "000-封面与目录.pdf", index);
      parts = store::count_parts(session, archive_);
    });
    if (!mine) return false;
    archive_.parts = parts;
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
      if (mine) work.record({archive_.county, kind, "archive:" + format_id(archive_.id), js::serialize(details)});
    });
    return mine;
  }

  const jobs::Run& run_;
  const PrintingGround& ground_;
  Archive archive_;
  std::optional<PlaceNames> places_;
  std::vector<IndexLine> lines_;
  std::size_t at_ = 0;
};

}  // namespace

std::string make_archives(const jobs::Run& run, const PrintingGround& ground) {
  std::vector<Archive> waiting;
  run.ground.database.read([&](db::Session& session) { waiting = store::load_waiting(session); });
  int done = 0;
  for (const Archive& archive : waiting) {
    Making making(run, ground, archive);
    try {
      done += making.make();
    } catch (const Problem& problem) {
      making.fail(problem);
    }
  }
  return fmt::format("archives={} done={}", waiting.size(), done);
}

}  // namespace tanfang::app::archives
