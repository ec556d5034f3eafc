#include "ledgers/fields.h"

#include <array>
#include <utility>

namespace tanfang::ledgers {
namespace {

constexpr std::pair<Field, std::string_view> kFields[] = {
    {Field::ignore, "ignore"},
    {Field::serial, "serial"},
    {Field::name, "name"},
    {Field::citizen_number, "citizen_number"},
    {Field::sex, "sex"},
    {Field::birth_date, "birth_date"},
    {Field::age, "age"},
    {Field::phone, "phone"},
    {Field::address, "address"},
    {Field::residence_area, "residence_area"},
    {Field::residence_area_code, "residence_area_code"},
    {Field::area_path, "area_path"},
    {Field::town, "town"},
    {Field::county, "county"},
    {Field::contact_name, "contact.name"},
    {Field::contact_phone, "contact.phone"},
    {Field::contact_relation, "contact.relation"},
    {Field::contact_name_phone, "contact.name_phone"},
    {Field::hukou_kind, "hukou_kind"},
    {Field::hukou_area, "hukou_area"},
    {Field::lives_at_hukou_place, "lives_at_hukou_place"},
    {Field::hukou_place_left, "hukou_place_left"},
    {Field::residence_kind, "residence_kind"},
    {Field::lives_in_institution, "lives_in_institution"},
    {Field::has_spouse, "has_spouse"},
    {Field::living_with, "living_with"},
    {Field::children, "children"},
    {Field::children_count, "children.count"},
    {Field::children_lives_in, "children.lives_in"},
    {Field::children_away_half_year, "children.away_half_year"},
    {Field::children_away, "children.away"},
    {Field::children_returns_within_half_year, "children.returns_within_half_year"},
    {Field::ability, "ability"},
    {Field::disability_grade, "disability_grade"},
    {Field::disease_or_disability, "disease_or_disability"},
    {Field::health_note, "health_note"},
    {Field::disability_note, "disability_note"},
    {Field::physical_health, "physical_health"},
    {Field::mental_health, "mental_health"},
    {Field::dementia, "dementia"},
    {Field::bedridden, "bedridden"},
    {Field::limited_mobility, "limited_mobility"},
    {Field::mobility_good, "mobility_good"},
    {Field::lost_ability_to_work, "lost_ability_to_work"},
    {Field::ability_to_work, "ability_to_work"},
    {Field::has_carer, "has_carer"},
    {Field::welfare, "welfare"},
    {Field::welfare_low_income, "welfare.low_income"},
    {Field::welfare_low_income_margin, "welfare.low_income_margin"},
    {Field::welfare_destitute, "welfare.destitute"},
    {Field::special_family, "special_family"},
    {Field::willing, "willing"},
    {Field::home_visit_consent, "home_visit_consent"},
    {Field::entrusted, "entrusted"},
    {Field::other_need, "other_need"},
    {Field::life_difficulty, "life_difficulty"},
    {Field::claim_category, "claim.category"},
    {Field::claim_tier, "claim.tier"},
    {Field::claim_living_alone, "claim.living_alone"},
    {Field::claim_empty_nest, "claim.empty_nest"},
    {Field::claim_left_behind, "claim.left_behind"},
    {Field::claim_impaired, "claim.impaired"},
    {Field::claim_severely_disabled, "claim.severely_disabled"},
    {Field::claim_advanced_age, "claim.advanced_age"},
    {Field::claim_solitary, "claim.solitary"},
    {Field::claim_bereaved, "claim.bereaved"},
};

constexpr std::array<std::string_view, 6> kContactRoles = {"emergency", "supporter",     "child",
                                                           "helper",    "family_doctor", "first_contact"};

}  // namespace

std::string_view to_text(Field field) {
  for (const auto& [known, text] : kFields) {
    if (known == field) return text;
  }
  return "ignore";
}

std::optional<Field> parse_field(std::string_view text) {
  for (const auto& [field, known] : kFields) {
    if (known == text) return field;
  }
  return std::nullopt;
}

std::string Column::target() const {
  if (field == Field::own_fact) return role;
  std::string text(to_text(field));
  if (role.empty()) return text;
  return role + text.substr(text.find('.'));
}

bool parse_target(std::string_view target, Column& column) {
  for (std::string_view role : kContactRoles) {
    if (!target.starts_with(role) || target.size() <= role.size() || target[role.size()] != '.') continue;
    auto field = parse_field("contact" + std::string(target.substr(role.size())));
    if (!field) return false;
    column.field = *field;
    column.role = role;
    return true;
  }
  auto field = parse_field(target);
  if (!field || target.starts_with("contact.")) return false;
  column.field = *field;
  column.role.clear();
  return true;
}

}  // namespace tanfang::ledgers
