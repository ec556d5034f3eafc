#include "registry/people.h"

#include <array>

namespace tanfang::registry {
namespace {

constexpr std::array<std::string_view, 5> kSources = {"ledger", "visit", "department", "clerk", "transfer"};

}  // namespace

std::string_view to_text(Source source) { return kSources[static_cast<std::size_t>(source)]; }

std::optional<Source> parse_source(std::string_view text) {
  for (std::size_t i = 0; i < kSources.size(); ++i) {
    if (kSources[i] == text) return static_cast<Source>(i);
  }
  return std::nullopt;
}

}  // namespace tanfang::registry
