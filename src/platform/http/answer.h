// From the house's Response to the bytes of an HTTP/1.1 answer.
#pragma once

#include <string>
#include <string_view>

#include "platform/http/request.h"
#include "platform/http/response.h"

namespace tanfang::http {

/// Turns 200 into 304 where `If-None-Match` names the ETag, and compresses text above 1 KB for clients that take gzip.
/// Bytes stay in `response`; costs processor time, so it runs on a handler thread.
void finish_answer(Response& response, const Request& request);

struct HeadFacts {
  std::string_view request_id;
  Instant now;
  bool keep_alive = true;
  bool secure = false;
};
/// Status line and header fields up to the empty line, with what every answer bears.
std::string answer_head(const Response& response, const HeadFacts& facts);
/// Length of the body that follows the head (and, for HEAD, would follow it).
std::uint64_t body_length(const Response& response);
/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
std::string http_date(Instant instant);

}  // namespace tanfang::http
