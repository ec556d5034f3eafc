#include "app/printing/printing.h"

#include <boost/json.hpp>

#include "app/printing/printing_problems.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

constexpr double kDots = 150;  // an inch: a printer's page is still read well
constexpr std::size_t kMostPictures = 20;

/// Each look stands in the trail, for the reason; without one files stay masked.
Openers with_trail(audit::Work& work, const std::string& reason) {
  return {[&work, reason](const registry::PersonKey& key) {
            return reason.empty() ? registry::load_person(work.session, work.keys, key)
                                  : registry::reveal_person(work, key, {}, reason);
          },
          [&work, reason](const std::string& county, Id visit) {
            return visits::reveal_visit(work, county, visit, reason);
          },
          [&work](const registry::PersonKey& key, const std::string& digest) {
            return visits::show_attachment(work, key, digest).content;
          }};
}

void note(audit::Work& work, const std::string& county, const std::string& subject, const forms::Form& form, int copies,
          bool masked) {
  work.record({county, "form_printed", subject,
               js::serialize(js::object{{"form", form.id}, {"copies", copies}, {"masked", masked}})});
}

}  // namespace

std::string draw(const Print& print) { return paper::print_pdf(print.gathered.sheets, print.copies, print.at); }

std::vector<std::string> draw_pictures(const Print& print) {
  std::vector<std::string> pages;
  pdf::Document document(
      [&](std::string png) {
        if (pages.size() < kMostPictures) pages.push_back(std::move(png));
      },
      kDots);
  paper::print(document, print.gathered.sheets, paper::Copy{});
  return pages;
}

std::string print_blank(const PrintingGround& ground, const std::string& id, int copies, Instant now) {
  const forms::Form& form = find_form(ground, id);
  return paper::print_pdf({paper::Sheet{&form, &ground.layouts.of(id), {}, {}}}, copies, now);
}

Print print_person(audit::Work& work, const PrintingGround& ground, const registry::PersonKey& key,
                   const std::string& id, const std::string& reason, int copies) {
  const forms::Form& form = find_form(ground, id);
  PlaceNames places(work.session, registry::area_of(work.session, key), work.today());
  Gathering by{work.session, work.keys, ground, with_trail(work, reason), places};
  Print print{gather_person(by, form, key, work.today()), copies, work.now};
  note(work, key.county, "person:" + format_id(key.id), form, copies, reason.empty());
  return print;
}

Print print_visit(audit::Work& work, const PrintingGround& ground, const std::string& county, Id id,
                  const std::string& reason, int copies) {
  Openers open = with_trail(work, reason);
  visits::Visit visit = open.visit(county, id);
  const forms::Form& form = find_form(ground, visit.form);
  PlaceNames places(work.session, registry::area_of(work.session, {county, visit.person}), work.today());
  Print print{gather_visit({work.session, work.keys, ground, open, places}, visit), copies, work.now};
  note(work, county, "visit:" + format_id(id), form, copies, false);
  return print;
}

std::string form_of_person(db::Session& session, const PrintingGround& ground, const registry::PersonKey& key,
                           Date today) {
  auto policy = ground.classifier.policy_of(session, key.county);
  for (const schemes::Scheme* scheme : policy->in_force(registry::area_of(session, key), today)) {
    for (forms::FormUse use : {forms::FormUse::registration, forms::FormUse::visit}) {
      for (const forms::Form* form : ground.forms.all()) {
        if (form->use == use && form->id.starts_with(scheme->id + "/")) return form->id;
      }
    }
  }
  throw unknown_form();
}

}  // namespace tanfang::app
