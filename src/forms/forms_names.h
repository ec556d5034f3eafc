// The words that form files use for kinds. Inside the room only.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "forms/forms.h"

namespace tanfang::forms {

template <typename Value, std::size_t Count>
using Names = std::array<std::pair<std::string_view, Value>, Count>;

inline constexpr Names<FieldKind, 13> kFieldKinds{{{"text", FieldKind::text},
                                                   {"integer", FieldKind::integer},
                                                   {"decimal", FieldKind::decimal},
                                                   {"date", FieldKind::date},
                                                   {"year_month", FieldKind::year_month},
                                                   {"choice", FieldKind::choice},
                                                   {"choices", FieldKind::choices},
                                                   {"yes_no", FieldKind::yes_no},
                                                   {"phone", FieldKind::phone},
                                                   {"citizen_number", FieldKind::citizen_number},
                                                   {"area", FieldKind::area},
                                                   {"signature", FieldKind::signature},
                                                   {"rows", FieldKind::rows}}};
inline constexpr Names<IndicatorKind, 4> kIndicatorKinds{{{"status", IndicatorKind::status},
                                                          {"number", IndicatorKind::number},
                                                          {"count_change", IndicatorKind::count_change},
                                                          {"code", IndicatorKind::code}}};
inline constexpr Names<Effect, 8> kEffects{{{"good", Effect::good},
                                            {"fair", Effect::fair},
                                            {"poor", Effect::poor},
                                            {"up", Effect::up},
                                            {"down", Effect::down},
                                            {"same", Effect::same},
                                            {"more", Effect::more},
                                            {"fewer", Effect::fewer}}};
inline constexpr Names<Status, 3> kStatuses{{{"poor", Status::poor}, {"fair", Status::fair}, {"good", Status::good}}};
inline constexpr Names<FilledBy, 3> kFilledBy{
    {{"person", FilledBy::person}, {"visit", FilledBy::visit}, {"office", FilledBy::office}}};
inline constexpr Names<FormUse, 3> kFormUses{
    {{"visit", FormUse::visit}, {"registration", FormUse::registration}, {"supplement", FormUse::supplement}}};
/// The methods of the schemes' vocabulary.
inline constexpr std::array<std::string_view, 6> kMethods{"home", "phone", "video", "encounter", "monitoring", "other"};

template <typename Value, std::size_t Count>
std::optional<Value> value_of(const Names<Value, Count>& names, std::string_view name) {
  for (const auto& [written, value] : names) {
    if (written == name) return value;
  }
  return std::nullopt;
}

template <typename Value, std::size_t Count>
std::string_view name_in(const Names<Value, Count>& names, Value value) {
  for (const auto& [written, known] : names) {
    if (known == value) return written;
  }
  return {};
}

}  // namespace tanfang::forms
