// Reading the JSON of key files, with refusals that never quote them. Only for the files of this folder.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

namespace tanfang::crypto {

/// The object whose `format` is `format`. Throws Problem `keys.malformed`.
boost::json::object key_document(std::string_view text, std::string_view format);
/// The bytes that member `name` gives in hexadecimal; `length` 0 takes any. Throws Problem `keys.malformed`.
std::string key_bytes(const boost::json::object& object, std::string_view name, std::size_t length);

}  // namespace tanfang::crypto
