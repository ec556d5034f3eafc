// Foreign bytes: one JSON document must be read or refused.
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <cstdint>

#include "base/problem.h"
#include "platform/json/json.h"

namespace {

namespace js = boost::json;

/// A number of more digits than a double holds may come back with another last bit.
bool same(const js::value& left, const js::value& right) {
  if (left.is_double() && right.is_double()) {
    return std::abs(left.get_double() - right.get_double()) <= 1e-15 * std::abs(left.get_double());
  }
  if (left.is_array() && right.is_array()) {
    return std::equal(left.get_array().begin(), left.get_array().end(), right.get_array().begin(),
                      right.get_array().end(), same);
  }
  if (left.is_object() && right.is_object()) {
    return std::equal(left.get_object().begin(), left.get_object().end(), right.get_object().begin(),
                      right.get_object().end(), [](const auto& one, const auto& other) {
                        return one.key() == other.key() && same(one.value(), other.value());
                      });
  }
  return left == right;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    boost::json::value read = tanfang::json::parse(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!same(tanfang::json::parse(js::serialize(read)), read)) __builtin_trap();
  } catch (const tanfang::Problem&) {
  }
  return 0;
}
