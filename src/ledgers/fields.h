// The fields that a ledger's column may hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tanfang::ledgers {

enum class Field : std::uint8_t {
  ignore,
  serial,
  // who and where
  name,
  citizen_number,
  sex,
  birth_date,
  age,
  phone,
  address,
  residence_area,
  residence_area_code,
  area_path,
  town,
  county,
  // another person's columns; the column's role says whose
  contact_name,
  contact_phone,
  contact_relation,
  contact_name_phone,
  // facts
  hukou_kind,
  hukou_area,
  lives_at_hukou_place,
  hukou_place_left,
  residence_kind,
  lives_in_institution,
  has_spouse,
  living_with,
  children,
  children_count,
  children_lives_in,
  children_away_half_year,
  children_away,
  children_returns_within_half_year,
  ability,
  disability_grade,
  disease_or_disability,
  health_note,
  disability_note,
  physical_health,
  mental_health,
  dementia,
  bedridden,
  limited_mobility,
  mobility_good,
  lost_ability_to_work,
  ability_to_work,
  has_carer,
  welfare,
  welfare_low_income,
  welfare_low_income_margin,
  welfare_destitute,
  special_family,
  willing,
  home_visit_consent,
  entrusted,
  other_need,
  life_difficulty,
  own_fact,  // of a scheme; the column's role is its name
  // what the ledger claims
  claim_category,
  claim_tier,
  claim_living_alone,
  claim_empty_nest,
  claim_left_behind,
  claim_impaired,
  claim_severely_disabled,
  claim_advanced_age,
  claim_solitary,
  claim_bereaved,
};

/// `children.lives_in`, `claim.category`, …; contact fields are `contact.name` and so on.
std::string_view to_text(Field field);
std::optional<Field> parse_field(std::string_view text);

/// A column of a ledger and what it holds.
struct Column {
  int index = 0;
  std::string heading;  // as the mapping shows it: the lowest heading, with the group above where that one stands twice
  Field field = Field::ignore;
  std::string role;    // contact fields: emergency, supporter, …
  bool known = false;  // the heading was recognised, also where the column is ignored
  std::string tick{};  // a column to be ticked: the value that its heading names

  /// `citizen_number`, `emergency.phone`.
  std::string target() const;
};

/// The reverse of `Column::target`; fills field and role. False for a word that names no field.
bool parse_target(std::string_view target, Column& column);

}  // namespace tanfang::ledgers
