#include "platform/http/request.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace tanfang::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> kMethods{{{Method::get, "GET"},
                                                                       {Method::head, "HEAD"},
                                                                       {Method::post, "POST"},
                                                                       {Method::put, "PUT"},
                                                                       {Method::patch, "PATCH"},
                                                                       {Method::del, "DELETE"},
                                                                       {Method::options, "OPTIONS"}}};

bool same_name(std::string_view left, std::string_view right) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(), [&](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

std::string_view name_of(Method method) {
  for (const auto& [each, name] : kMethods) {
    if (each == method) return name;
  }
  return "";
}

std::optional<Method> method_named(std::string_view name) {
  for (const auto& [method, each] : kMethods) {
    if (each == name) return method;
  }
  return std::nullopt;
}

const std::string* find_field(const std::vector<Field>& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.name == name) return &field.value;
  }
  return nullptr;
}

const std::string* find_header(const std::vector<Field>& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (same_name(field.name, name)) return &field.value;
  }
  return nullptr;
}

const std::string& Request::path_parameter(std::string_view name) const {
  const std::string* value = find_field(path_parameters, name);
  if (!value) throw std::out_of_range("the route has no such parameter");
  return *value;
}

const Part* Request::part(std::string_view name) const {
  for (const Part& part : parts) {
    if (part.name == name) return &part;
  }
  return nullptr;
}

std::string Request::media_type() const {
  const std::string* type = header("content-type");
  return type ? lower_ascii(trimmed(std::string_view(*type).substr(0, type->find(';')))) : "";
}

}  // namespace tanfang::http
