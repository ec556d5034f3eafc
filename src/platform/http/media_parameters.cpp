#include "platform/http/media_parameters.h"

#include <algorithm>

#include "base/text.h"

namespace tanfang::http {
namespace {

constexpr std::size_t kMostParameters = 10;

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes a quoted string from the front of `text`. Only `\"` is an escape: old browsers sent paths with bare
/// backslashes.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return value;
    }
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"') ++i;
    value += text[i];
  }
  return std::nullopt;
}

std::string take_until(std::string_view& text, char end) {
  std::size_t at = std::min(text.find(end), text.size());
  std::string taken(without_blanks(text.substr(0, at)));
  text.remove_prefix(at);
  return taken;
}

}  // namespace

std::optional<Media> parse_media(std::string_view text) {
  Media media;
  media.type = lower_ascii(take_until(text, ';'));
  if (media.type.empty()) return std::nullopt;
  while (!text.empty()) {
    text = without_blanks(text.substr(1));
    if (text.empty()) break;
    std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    std::string name = lower_ascii(without_blanks(text.substr(0, equals)));
    text = without_blanks(text.substr(equals + 1));
    std::optional<std::string> value = text.starts_with('"') ? take_quoted(text) : take_until(text, ';');
    text = without_blanks(text);
    bool good = value && (text.empty() || text.front() == ';') && !find_field(media.parameters, name) &&
                media.parameters.size() < kMostParameters;
    if (!good) return std::nullopt;
    media.parameters.push_back({std::move(name), *std::move(value)});
  }
  return media;
}

}  // namespace tanfang::http
