// An answer as the rest of the house gives it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request.h"

namespace tanfang {
class Problem;
}

namespace tanfang::http {

class EventStream;

/// Status, header fields and one of: `body`, a `file` sent from the disk, or a stream of `events`. The edge adds
/// Content-Length, Date, X-Request-Id, the security headers and `Cache-Control: no-store` where they are not set.
struct Response {
  int status = 200;
  std::vector<Field> headers;
  std::string body;
  std::shared_ptr<File> file;
  std::shared_ptr<EventStream> events;

  /// Sets a field in place of any of that name. Throws std::invalid_argument where name or value could break the
  /// header.
  Response& set(std::string_view name, std::string value);
  /// Adds a field beside others of that name (Set-Cookie). Throws as `set`.
  Response& add(std::string_view name, std::string value);
  const std::string* header(std::string_view name) const { return find_header(headers, name); }
};

/// 204.
Response no_content();
/// `body` is a JSON text.
Response json_response(std::string body, int status = 200);
Response text_response(std::string body, std::string content_type = "text/plain; charset=utf-8");
Response file_response(std::shared_ptr<File> file, std::string content_type);
/// Asks the browser to save the answer under `file_name` (RFC 6266, any UTF-8).
void offer_download(Response& response, std::string_view file_name);
/// 200 with `text/event-stream` in UTF-8.
Response event_response(std::shared_ptr<EventStream> events);
/// RFC 9457 `application/problem+json`: type, title, status, code, detail and detail_en, request and the fields.
Response problem_response(const Problem& problem, std::string_view request_id);

/// Whether one of the entity tags of an `If-Match` or `If-None-Match` header (`*` counts) names `etag`. Compared
/// weakly: a compressed answer weakens its tag, and our tags name a state and not its bytes.
bool names_etag(std::string_view header, std::string_view etag);

/// The reason phrase of a status in Chinese and in English.
std::string_view phrase_of(int status);
std::string_view chinese_phrase_of(int status);

}  // namespace tanfang::http
