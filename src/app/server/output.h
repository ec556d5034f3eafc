// What routes answer with.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/id.h"
#include "platform/http/response.h"

namespace tanfang::app::server {

inline http::Response answer_json(const boost::json::value& value, int status = 200) {
  return http::json_response(boost::json::serialize(value), status);
}
/// One page: `{"<name>":[…],"next":"…"}`; `next` is null on the last.
inline http::Response answer_page(const char* name, boost::json::array items, const std::string& next) {
  return answer_json(boost::json::object{
      {name, std::move(items)}, {"next", next.empty() ? boost::json::value(nullptr) : boost::json::value(next)}});
}
/// One page of at most `limit` items, the last of which is `last` as a cursor: only a full one has a page behind it.
inline http::Response answer_part(const char* name, boost::json::array items, int limit, const std::string& last) {
  bool full = items.size() == static_cast<std::size_t>(limit);
  return answer_page(name, std::move(items), full ? last : "");
}
inline boost::json::value time_or_null(const std::optional<Instant>& instant) {
  return instant ? boost::json::value(format_instant(*instant)) : boost::json::value(nullptr);
}
inline boost::json::value id_or_null(Id id) {
  return id.value == 0 ? boost::json::value(nullptr) : boost::json::value(format_id(id));
}

}  // namespace tanfang::app::server
