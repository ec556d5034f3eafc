// The tables of words in data/ledgers: how counties head their columns and what they write in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ledgers/fields.h"

namespace tanfang::ledgers {

/// What a heading was recognised as.
struct HeadingMatch {
  Field field = Field::ignore;
  std::string role;      // of a contact field
  int strength = 0;      // 0 unknown, 1 a part of the heading, 2 a person's title, 3 the whole heading
  bool generic = false;  // asked of any person: name, phone, …
  bool another = false;  // of a person who is neither the elder nor a contact: a visitor, a clerk
};

/// Words that name fields and people.
class HeadingWords {
 public:
  /// `group`: the headings above, which may say whose column it is.
  HeadingMatch match(std::string_view heading, std::string_view group) const;
  /// The contact field of a role for a generic field of the elder, or ignore.
  static Field contact_field(Field field);

 private:
  friend class Words;
  struct Role {
    std::string id;
    bool contact = false;
  };
  struct RoleWord {
    std::string word;
    std::size_t role;
  };
  struct Part {
    Field field;
    bool generic;
    std::vector<std::string> parts;
    std::vector<std::string> except;
  };
  const RoleWord* role_inside(std::string_view plain) const;
  HeadingMatch of_role(std::size_t role, Field field) const;
  HeadingMatch match_prefixed(std::string_view form) const;
  HeadingMatch match_part(std::string_view form, const RoleWord* group) const;

  std::unordered_map<std::string, Field> fields_;
  std::unordered_map<std::string, Field> generics_;
  std::vector<Role> roles_;
  std::vector<RoleWord> role_words_;  // longest first
  std::vector<Part> parts_;
};

/// Words of one kind of value.
class WordTable {
 public:
  /// The value a plain text stands for; nullptr for a word it does not know. `?` stands for nothing.
  const std::string* find(const std::string& plain) const;
  /// Reads several words from one plain text, the longest first, fillers passed over. False where something is left
  /// that no word knows; `values` then holds what was understood.
  bool scan(std::string_view plain, std::vector<std::string>& values) const;
  /// Whether some word stands for the value.
  bool gives(const std::string& value) const { return known_values_.contains(value); }

  /// The length of the longest filler that the text begins with.
  std::size_t filler_at(std::string_view plain) const;
  /// The length of the longest word that the text begins with; `value` becomes what it stands for.
  std::size_t word_at(std::string_view plain, const std::string*& value) const;

  void add(const std::string& word, const std::string& value);
  void add_filler(const std::string& word);

 private:
  std::unordered_map<std::string, std::string> values_;
  std::unordered_set<std::string> known_values_;
  std::unordered_set<std::string> filler_;
  std::size_t longest_ = 0;
};

class Words {
 public:
  /// Reads `columns.toml` and `values.toml` of a folder. Throws Failure where one is malformed.
  static Words load(const std::string& folder);

  const HeadingWords& headings() const { return headings_; }
  /// Throws Failure for a name that values.toml lacks.
  const WordTable& table(const std::string& name) const;
  /// A cell that says nothing (`/`, 不详).
  bool is_blank(std::string_view text) const;
  /// The beginning of a row that is no person's: totals, signatures, remarks.
  bool begins_footer(std::string_view text) const;
  /// The length of the word of disability (肢体, 残疾人) that a plain text begins with, 0 for none.
  std::size_t disability_kind_at(std::string_view plain) const;

 private:
  void load_headings(const std::string& path);
  void load_values(const std::string& path);

  HeadingWords headings_;
  std::unordered_map<std::string, WordTable> tables_;
  std::unordered_set<std::string> blank_;
  std::vector<std::string> footers_;
  WordTable disability_kinds_;
};

}  // namespace tanfang::ledgers
