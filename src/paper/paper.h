// Paper: a scheme's form as the sheet that everybody recognises, empty or filled, from the same definition that the
// screens use.
//
// Where the annex is drawn otherwise than the form's grid says, `schemes/<scheme>/paper/<form>.toml` says so
// (docs/forms.md); a form without that file, also one without a grid, is drawn as a plain table. Long answers flow to a
// continuation sheet. Pure but `load_layouts` and `lint`, which read files.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/forms.h"
#include "platform/pdf/document.h"

namespace tanfang::paper {

/// A text above the table, with answers in it: `建档日期：{filed_on}`.
struct Line {
  std::string text;
  pdf::Align align = pdf::Align::left;
};

/// `{}` in a pattern is the field's own answer, `{code}` another's, `{code|words}` those words where it is not
/// answered;
/// `{.year}`, `{.month}` and `{.day}` are parts of a date.
struct FieldLayout {
  std::optional<std::string> label;  // where the annex words it otherwise; empty: none, the answer takes its place
  std::string pattern;
  bool inside = false;            // label and answer share one cell
  std::vector<std::string> also;  // fields printed in the same cell behind it
  int lines = 0;                  // a cell of so many lines, also when empty; 0: as the row has it
  int rows = 4;                   // of a table: so many at least
  std::string first;              // what numbers its first row (户主)
  std::vector<double> widths;     // of its columns, the number's first
};

struct SectionLayout {
  std::optional<std::string> title;  // empty: none
  bool shown = true;                 // false: its fields stand in lines
  bool stacked = false;              // each label stands above its answer
};

struct BlockLayout {
  std::optional<std::string> title;
  std::string side;  // pattern of the cell left of its rows
  bool page_before = false;
};

/// Fields below one another whose rows bear one common label at their left.
struct Group {
  std::string label;
  std::vector<std::string> fields;
  int columns = 2;  // of the fields' label columns
};

struct Layout {
  std::string title;            // the form's, where its lines are broken in a certain place
  double size = 10.5;           // of the letters, points
  double row = 22;              // least height of a row, points
  std::vector<double> columns;  // relative widths; empty: all the same
  std::vector<Line> lines;
  std::vector<Group> groups;
  std::map<std::string, FieldLayout, std::less<>> fields;
  std::map<std::string, SectionLayout, std::less<>> sections;
  std::map<std::string, BlockLayout, std::less<>> blocks;
};

class Layouts {
 public:
  /// That of the form, or the plain one.
  const Layout& of(std::string_view form) const;
  void add(std::string form, Layout layout);

 private:
  std::map<std::string, Layout, std::less<>> layouts_;
  Layout plain_;
};

/// Reads every scheme folder below `folders`, as `forms::load_catalog`. Throws Problem `paper.invalid` with file and
/// line where `lint` finds an error.
Layouts load_layouts(const std::vector<std::string>& folders, const forms::Catalog& catalog);
/// Everything wrong with the layouts of `scheme_folder`.
std::vector<forms::LintMessage> lint(const std::string& scheme_folder, const forms::Catalog& catalog);

/// What stands in a form. Nothing is checked: what is there is printed.
struct Filling {
  /// By field code, as records keep them, with what is prefilled; null: an empty form.
  const boost::json::object* answers = nullptr;
  /// Where a block is repeated for each quarter: the answers of its record, or null.
  std::vector<const boost::json::object*> quarters;
  /// For conditions (`box_when`).
  forms::Context context;
  std::map<std::string, std::string> signatures;  // field code to PNG
  std::string person;                             // ids for the code; empty on an empty form
  std::string record;
  std::string name;  // heads the continuation sheet
};

/// A picture of a record, PNG or JPEG, with when and where it was taken.
struct Photo {
  std::string content;
  std::string caption;
};

/// One form with its filling, and pictures behind it, four a page; several make up one paper, whose pages are counted
/// together.
struct Sheet {
  const forms::Form* form = nullptr;
  const Layout* layout = nullptr;
  Filling filling;
  std::vector<Photo> photos{};
};

/// Which of several copies, and what else the foot says.
struct Copy {
  int number = 1;
  int of = 1;
  /// Of the pile that the paper is part of: which volume (册) it stands in, or 0, and the number of its first page there.
  int volume = 0;
  int first_page = 1;
};
/// Sheets laid out once, to be drawn in any number of copies by the thread that laid them out. They must outlive it.
class LaidOut {
 public:
  explicit LaidOut(const std::vector<Sheet>& sheets);
  LaidOut(LaidOut&&) noexcept;
  ~LaidOut();
  int pages() const;
  void draw(pdf::Document& document, const Copy& copy) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};
/// Prints one copy of the sheets. How many pages.
int print(pdf::Document& document, const std::vector<Sheet>& sheets, const Copy& copy);
/// Prints the sheets `copies` times (at least once), each copy numbered where there are several. How many pages.
int print(pdf::Document& document, const std::vector<Sheet>& sheets, int copies);
/// The same into one document of its own.
std::string print_pdf(const std::vector<Sheet>& sheets, int copies, Instant made_at);

/// What the code on a page says.
struct PageCode {
  std::string form;
  int version = 0;
  std::string person;  // or empty
  std::string record;  // or empty
  int page = 1;
};
std::string code_text(const PageCode& code);
/// nullopt where it is none of ours.
std::optional<PageCode> read_code(std::string_view text);

}  // namespace tanfang::paper
