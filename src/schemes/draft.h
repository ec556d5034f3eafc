// A scheme as it was read from its file, before its rules are compiled; and what all schemes share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemes/mistakes.h"
#include "schemes/schemes.h"

namespace tanfang::schemes {

struct RuleText {
  std::string text;  // empty: none was given
  Place place;
};

struct PointsDraft {
  RuleText when;
  RuleText points;
  std::string cite;
};

/// A named rule, a named number, or a score (a sum of points).
struct DefinitionDraft {
  std::string id;
  Words words;
  Words unit;
  std::string cite;
  RuleText rule;
  std::string variable;  // `of = "child in children"`: a rule about one entry
  std::string list;
  bool is_score = false;
  std::vector<PointsDraft> points;
  Place place;
  Place id_place;
  bool common = false;
};

struct SettingDraft {
  enum class Type { boolean, integer, choice, area, date };
  Setting setting;
  Type type = Type::integer;
  std::int64_t number = 0;  // boolean, integer, date
  std::string text;         // choice, area
  std::optional<std::int64_t> min, max;
  std::vector<std::string> values;
  Place place;
  Place id_place;
  Place values_place;
  bool common = false;
};

struct MethodDraft {
  RuleText when;
  MethodSet methods;
  std::string mark;
  std::string cite;
  Place place;
  Place mark_place;
};

struct OwedDraft {
  Owed owed;
  RuleText min, days, hours;  // a number or a setting's name
  RuleText when;
  std::vector<MethodDraft> methods;  // empty: the scheme's
  Place place;
  Place event_place;
};

struct CategoryDraft {
  Category category;
  RuleText rule;  // empty: the definition of its name
  Place place;
  Place id_place;

  /// Where its rule is written: elsewhere, unless it has one of its own.
  const Place& rule_place() const { return rule.text.empty() ? place : rule.place; }
};

struct TierDraft {
  Tier tier;
  RuleText rule;
  std::vector<OwedDraft> owed;
  Place place;
  Place id_place;

  const Place& rule_place() const { return rule.text.empty() ? place : rule.place; }
};

/// What stands in schemes/common: one vocabulary for all schemes.
struct Common {
  std::vector<FactDeclaration> facts;
  std::vector<DefinitionDraft> definitions;
  std::vector<SettingDraft> settings;
  std::vector<Labelled> categories;
  std::vector<Festival> festivals;
  std::vector<std::string> default_festivals;
  std::vector<Labelled> marks;
};

struct Draft {
  Scheme scheme;
  Place place;
  Place in_force_place;
  std::vector<FactDeclaration> facts;
  std::vector<Place> fact_places;  // of their ids
  std::vector<Place> event_places;
  std::vector<DefinitionDraft> definitions;
  std::vector<SettingDraft> settings;
  RuleText eligible;
  std::string eligible_cite;
  std::vector<CategoryDraft> categories;
  std::vector<TierDraft> tiers;
  std::vector<MethodDraft> methods;
  RuleText first_visit_days;
  RuleText epidemic_multiplier;
  std::string case_table;  // path, empty where there is none
};

}  // namespace tanfang::schemes
