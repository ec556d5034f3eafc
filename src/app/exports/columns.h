// The columns of a list of people as data: where each value comes from and by which words or codes it is told.
//
// A template is `exports/<name>.toml` of a scheme's folder (docs/exports.md); the register takes its columns from the
// scheme's registration form instead.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "forms/forms.h"
#include "schemes/schemes.h"

namespace tanfang::app::exports {

struct PeopleColumn {
  std::string heading;
  std::string source;  // docs/exports.md names them; empty: `text` in every row, or nothing
  std::string text;
  std::map<std::string, std::string> codes;  // the value's own word -> what is written
  bool as_text = false;                      // a number or a date is written as text
  double width = 0;                          // characters; 0: by the source
};

struct Template {
  std::string id;  // linzi-2022/left_behind: the folder's name and the file's
  Words title;
  std::string cite;
  std::vector<std::string> categories;  // who is in one of them; empty: everybody
  std::vector<PeopleColumn> columns;
};

inline constexpr std::size_t kMostColumns = 200;

/// Whether a value can come from there.
bool is_source(std::string_view source, const schemes::Vocabulary& facts);

/// Reads one file; what is wrong is added to `messages`.
Template read_template(std::string_view text, const std::string& id, const std::string& file,
                       const schemes::Vocabulary& facts, std::vector<forms::LintMessage>& messages);

/// By id. The templates of every scheme folder below `folders`. Throws Problem `export.invalid` with file and line.
using Templates = std::map<std::string, Template, std::less<>>;
Templates load_templates(const std::vector<std::string>& folders, const schemes::Vocabulary& facts);
/// Everything wrong with the templates of one scheme folder.
std::vector<forms::LintMessage> lint_templates(const std::string& scheme_folder, const schemes::Vocabulary& facts);

}  // namespace tanfang::app::exports
