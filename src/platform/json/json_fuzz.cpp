// Foreign bytes: one JSON document must be read or refused.
#include <boost/json.hpp>
#include <cstdint>

#include "base/problem.h"
#include "platform/json/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    boost::json::value read = tanfang::json::parse(std::string_view(reinterpret_cast<const char*>(data), size));
    if (tanfang::json::parse(boost::json::serialize(read)) != read) __builtin_trap();
  } catch (const tanfang::Problem&) {
  }
  return 0;
}
