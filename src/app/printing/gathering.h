// What a print will bear, gathered inside a transaction and drawn behind it, so that nobody who writes waits for
// drawing.
#pragma once

#include <boost/json.hpp>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/printing/prefilled.h"
#include "paper/paper.h"

namespace tanfang::app {

struct PrintingGround {
  const forms::Catalog& forms;
  const paper::Layouts& layouts;
  const registry::Classifier& classifier;
};

/// The sheets of one print, with the answers they point to.
struct Gathered {
  Gathered() = default;
  Gathered(Gathered&&) = default;
  Gathered& operator=(Gathered&&) = default;
  Gathered(const Gathered&) = delete;
  Gathered& operator=(const Gathered&) = delete;

  std::vector<paper::Sheet> sheets;
  std::deque<boost::json::object> answers;  // where they are, they stay
};

/// How files, records and pictures are opened: whoever gives them keeps the trail.
struct Openers {
  std::function<registry::Person(const registry::PersonKey&)> person;
  std::function<visits::Visit(const std::string& county, Id visit)> visit;
  std::function<std::string(const registry::PersonKey&, const std::string& digest)> attachment;
};

/// The names of villages and towns, each looked up once.
class PlaceNames {
 public:
  PlaceNames(db::Session& session, const std::string& area, Date today);
  /// Empty where the table has none. `digits`: 9 the town of the area, 12 the village.
  std::string name(const std::string& area, std::size_t digits) const;

 private:
  registry::AreaIndex areas_;
};

/// What prints of one transaction share.
struct Gathering {
  db::Session& session;
  const crypto::KeyRing& keys;
  const PrintingGround& ground;
  Openers open;
  const PlaceNames& places;
};

/// Throws Problem `print.form`.
const forms::Form& find_form(const PrintingGround& ground, const std::string& id);
/// Whether one sheet of the form holds a year of visits.
bool is_yearly(const forms::Form& form);

/// The form with the head data of the person's file, the rest empty.
Gathered gather_person(const Gathering& by, const forms::Form& form, const registry::PersonKey& key, Date on);

/// The record on its form, with the records of the year's other quarters where it is a year's sheet; its pictures, and
/// what the form's supplement was answered, on sheets of their own. Throws Problem `print.form` for a record without a
/// form.
Gathered gather_visit(const Gathering& by, const visits::Visit& visit);

}  // namespace tanfang::app
