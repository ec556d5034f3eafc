// Foreign bytes as the content of a parcel, and as its envelope: they are read or refused, never more.
#include <boost/json.hpp>

#include "app/field/parcels.h"
#include "base/problem.h"
#include "platform/crypto/base64.h"
#include "platform/crypto/envelope.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tanfang;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  app::field::Parcel parcel;
  parcel.content = text;
  parcel.clock_off = static_cast<std::int64_t>(size) * 40'000'000;
  try {
    boost::json::object content = app::field::content_of(parcel);
    for (const auto& [name, value] : content) {
      if (!value.is_string()) continue;
      app::field::moved_instant(parcel, std::string_view(value.get_string()));
      app::field::moved_date(parcel, std::string_view(value.get_string()));
    }
  } catch (const Problem&) {
  }
  static const crypto::EnvelopeKeys keys = crypto::make_envelope_keys();
  static const crypto::Envelope good = crypto::seal_envelope(keys.public_key, "{}", "");
  auto bytes = crypto::from_base64(text);
  if (bytes && crypto::to_base64(*bytes) != text) __builtin_trap();
  crypto::Envelope envelope = good;
  envelope.data = text;
  if (crypto::open_envelope(keys.private_key, envelope, "")) __builtin_trap();
  return 0;
}
