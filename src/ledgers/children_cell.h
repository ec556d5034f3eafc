// A cell's say on children: how many, where they live, or that there are none.
#pragma once

#include <string>

#include "ledgers/row_facts.h"
#include "ledgers/words.h"

namespace tanfang::ledgers {

/// `2`, `一子二女`, `同镇`, `1人同镇，2人县外`, `县外（广东）`. A province or city reads `@` and the beginning of its
/// code.
Said read_children(const Words& words, Field field, const std::string& text);

/// Where a place of `read_children` lies for who lives in the village `area`: `@51` is elsewhere unless it is their
/// own.
std::string place_seen_from(const std::string& area, const std::string& place);

/// What a written place means for the children of who lives in `area`; `code` is that of the place, or empty.
Said children_in(const std::string& area, const std::string& code);

/// A whole number of people in Chinese or Arabic words (`2个`, `一子二女`, `三`), or -1.
int count_in(const std::string& plain);

}  // namespace tanfang::ledgers
