#include "platform/http/percent.h"

#include <algorithm>

#include "base/text.h"
#include "platform/http/http_problems.h"

namespace tanfang::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string read_segment(std::string_view raw) {
  auto segment = percent_decoded(raw);
  if (!segment || !is_plain_text(*segment) || *segment == "." || *segment == ".." ||
      segment->find_first_of("/\\") != std::string::npos) {
    throw bad_target();
  }
  return *segment;
}

std::vector<Field> parse_pairs(std::string_view text, const ParameterLimits& limits, const char* where) {
  std::vector<Field> fields;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('&'), text.size());
    std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    bool good = name && value && !name->empty() && name->size() <= limits.name_bytes &&
                value->size() <= limits.value_bytes && fields.size() < limits.count && is_plain_text(*name) &&
                is_valid_utf8(*value) && value->find('\0') == std::string::npos;
    if (!good) throw bad_parameters(where);
    fields.push_back({*std::move(name), *std::move(value)});
  }
  return fields;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      auto byte = static_cast<unsigned char>(c);
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

bool is_plain_text(std::string_view text) {
  auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return std::none_of(text.begin(), text.end(), control) && is_valid_utf8(text);
}

Target parse_target(std::string_view target) {
  if (target.starts_with("http://") || target.starts_with("https://")) {
    std::size_t path = target.find_first_of("/?", target.find("//") + 2);
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) throw bad_target();
  Target read;
  std::size_t question = std::min(target.find('?'), target.size());
  read.query = target.substr(std::min(question + 1, target.size()));
  std::string_view rest = target.substr(1, question - 1);
  while (!rest.empty()) {
    std::size_t slash = std::min(rest.find('/'), rest.size());
    if (slash == 0) throw bad_target();
    read.path.push_back(read_segment(rest.substr(0, slash)));
    bool ends_in_slash = slash + 1 == rest.size();
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    if (ends_in_slash) read.path.emplace_back();
  }
  return read;
}

std::vector<Field> parse_query(std::string_view query, const ParameterLimits& limits) {
  return parse_pairs(query, limits, "query");
}

std::vector<Field> parse_form(std::string_view body, const ParameterLimits& limits) {
  return parse_pairs(body, limits, "form");
}

}  // namespace tanfang::http
