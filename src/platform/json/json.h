// JSON from outside, read with limits, and the small conveniences that the rooms share.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

namespace tanfang::json {

/// Parses one document. Throws Problem `json.malformed`, `json.duplicate_key` or `json.too_deep` (more than 32 levels),
/// with the field's path where it is known; also refuses invalid UTF-8.
boost::json::value parse(std::string_view text);
/// The same into given storage, which must outlive the value.
boost::json::value parse(std::string_view text, boost::json::storage_ptr storage);

/// Appends `value` as JSON without spaces.
void append(std::string& out, const boost::json::value& value);
/// Appends `text` as a quoted JSON string.
void append_quoted(std::string& out, std::string_view text);

}  // namespace tanfang::json
