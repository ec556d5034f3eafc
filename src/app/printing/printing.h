// A person's and a record's forms as PDF, each print kept in the trail. What is printed is gathered in a transaction
// and drawn by `draw` when that is over.
#pragma once

#include <string>
#include <vector>

#include "app/printing/gathering.h"
#include "audit/audit.h"

namespace tanfang::app {

/// A print before it is drawn.
struct Print {
  Gathered gathered;
  int copies = 1;
  Instant at;
};
/// As PDF. Outside of any transaction.
std::string draw(const Print& print);

/// The same pages as PNG, the first ones, to be looked at before it is printed.
std::vector<std::string> draw_pictures(const Print& print);

/// The empty form. Throws Problem `print.form`.
std::string print_blank(const PrintingGround& ground, const std::string& form, int copies, Instant now);

/// The form with the head data of the person's file, the rest empty. `reason`: unmasked, as `reveal_person` asks;
/// empty: masked. Records `form_printed`. Throws Problem `print.form`, `person.unknown`.
Print print_person(audit::Work& work, const PrintingGround& ground, const registry::PersonKey& key,
                   const std::string& form, const std::string& reason, int copies);

/// A record on its form, with the supplement's answers and its pictures as sheets of their own; unmasked, for a reason
/// as `reveal_visit` asks. Where the form is a year's sheet, with the records of the year's other quarters. Records
/// `form_printed`. Throws Problem `print.form` for a record without a form, `visit.unknown`.
Print print_visit(audit::Work& work, const PrintingGround& ground, const std::string& county, Id visit,
                  const std::string& reason, int copies);

/// The form that the scheme of the person's area has for their file, else for visits. Throws Problem `print.form`.
std::string form_of_person(db::Session& session, const PrintingGround& ground, const registry::PersonKey& key,
                           Date today);

}  // namespace tanfang::app
