// TOML to forms and vocabularies, every mistake with its line. Inside the room only.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "forms/forms.h"

namespace tanfang::forms {

/// Collects what is wrong in one file.
class Mistakes {
 public:
  Mistakes(std::string file, std::vector<LintMessage>& messages) : file_(std::move(file)), messages_(messages) {}
  void error(int line, std::string zh, std::string en);
  void warning(int line, std::string zh, std::string en);

 private:
  std::string file_;
  std::vector<LintMessage>& messages_;
};

/// A form with what could be read of it. `id` is `<scheme>/<file name>`.
Form read_form(std::string_view text, const std::string& id, Mistakes& mistakes);
/// Adds the file's indicators and scales to `vocabulary`; a code that is there already is a mistake.
void read_vocabulary(std::string_view text, Vocabulary& vocabulary, Mistakes& mistakes);

/// Names that a scheme knows and its forms' conditions may use.
struct SchemeNames {
  std::set<std::string> seasons;
  std::set<std::string> facts;
  struct Written {
    std::string name;
    int line = 1;
  };
  Written scheme;                   // its id
  std::vector<Written> indicators;  // `supplement`: what the text asks for and no annex holds
};
/// Adds the ids of the file's `[[season]]` and `[[fact]]` tables, and what its head says; a file that cannot be read
/// adds none.
void read_scheme_names(std::string_view text, SchemeNames& names);

/// What one form says against its vocabulary and its supplement (null where it names none that can be read).
void check_form(const Form& form, const Form* supplement, const Vocabulary& vocabulary, const SchemeNames& names,
                Mistakes& mistakes);
/// Puts the options of scales into the fields that name them, so that checking answers looks nothing up.
void resolve_scales(Form& form, const Vocabulary& vocabulary);

}  // namespace tanfang::forms
