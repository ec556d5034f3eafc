// A request as the rest of the house sees it: plain values, read whole, every limit already held.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "platform/http/file.h"

namespace tanfang::http {

enum class Method { get, head, post, put, patch, del, options };

/// `GET`, `DELETE` …
std::string_view name_of(Method method);
std::optional<Method> method_named(std::string_view name);

/// A header field, a parameter of a path, query or form, or a cookie.
struct Field {
  std::string name;
  std::string value;
  bool operator==(const Field&) const = default;
};

/// The first of that name, or nullptr. Names of header fields are compared by `find_header`, without regard to case.
const std::string* find_field(const std::vector<Field>& fields, std::string_view name);
const std::string* find_header(const std::vector<Field>& fields, std::string_view name);

/// One part of a multipart form. Parts with a file name lie in `file`, the others in `text` (valid UTF-8).
struct Part {
  std::string name;
  std::string file_name;
  std::string content_type;
  std::string text;
  std::shared_ptr<File> file;
};

struct Request {
  Method method = Method::get;
  /// Given by a trusted proxy as `X-Request-Id`, else made: 8 to 64 letters, digits, `-` and `_`.
  std::string id;
  /// The pattern of the route, never the path: what logs and metrics may show.
  std::string route;
  /// Decoded segments; none is empty, `.` or `..` or holds a slash, a control character or invalid UTF-8.
  std::vector<std::string> path;
  std::vector<Field> path_parameters;
  /// As sent, without `?`; read it with `parse_query`.
  std::string query;
  std::vector<Field> headers;
  /// By the route's rule for bodies one of these three.
  std::string body;
  std::shared_ptr<File> file;
  std::vector<Part> parts;
  /// Address of the peer, for limits by address; never log it.
  std::string peer;
  bool secure = false;
  Instant received;

  const std::string* header(std::string_view name) const { return find_header(headers, name); }
  /// A named segment of the route. Throws std::out_of_range where the route has none of that name.
  const std::string& path_parameter(std::string_view name) const;
  const Part* part(std::string_view name) const;
  /// The media type of the body in lower case without parameters, or "".
  std::string media_type() const;
};

}  // namespace tanfang::http
