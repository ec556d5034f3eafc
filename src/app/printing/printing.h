// What stands in a person's and a record's forms, from the rooms that know it; every print is kept in the trail.
#pragma once

#include <string>

#include "audit/audit.h"
#include "forms/forms.h"
#include "paper/paper.h"
#include "registry/registry.h"
#include "visits/visits.h"

namespace tanfang::app {

struct PrintingGround {
  const forms::Catalog& forms;
  const paper::Layouts& layouts;
  const registry::Classifier& classifier;
};

/// The empty form. Throws Problem `print.form`.
std::string print_blank(const PrintingGround& ground, const std::string& form, int copies, Instant now);

/// The form with the head data of the person's file, the rest empty. `reason`: unmasked, as `reveal_person` asks;
/// empty: masked. Records `form_printed`. Throws Problem `print.form`, `person.unknown`.
std::string print_person(audit::Work& work, const PrintingGround& ground, const registry::PersonKey& key,
                         const std::string& form, const std::string& reason, int copies);

/// A record on its form, with the supplement's answers as a sheet of its own; unmasked, for a reason as `reveal_visit`
/// asks. Where the form is a year's sheet, with the records of the year's other quarters. Records `form_printed`.
/// Throws Problem `print.form` for a record without a form, `visit.unknown`.
std::string print_visit(audit::Work& work, const PrintingGround& ground, const std::string& county, Id visit,
                        const std::string& reason, int copies);

/// The form that the scheme of the person's area has for their file, else for visits. Throws Problem `print.form`.
std::string form_of_person(db::Session& session, const PrintingGround& ground, const registry::PersonKey& key,
                           Date today);

}  // namespace tanfang::app
