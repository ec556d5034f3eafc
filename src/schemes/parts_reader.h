// Parts that the common files and a scheme's file write in the same way.
#pragma once

#include "schemes/table.h"

namespace tanfang::schemes {

FactDeclaration read_fact(Table& table);
DefinitionDraft read_definition(Table& table);
DefinitionDraft read_score(Table& table);
SettingDraft read_setting(Table& table);
Festival read_festival(Table& table);
Labelled read_labelled(Table& table);

/// `06-30` as month and day; false where it is no day of a leap year.
bool read_month_day(std::string_view text, int& month, int& day);

/// The whole file as a table; nullopt with the mistake noted where it is no TOML.
std::optional<toml::Node> read_toml(const std::string& path, Mistakes& mistakes);

}  // namespace tanfang::schemes
