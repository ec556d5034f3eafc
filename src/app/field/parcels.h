// What phones send, opened: one function a kind, called inside the transaction that also keeps the receipt.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/problem.h"
#include "identity/identity.h"
#include "planning/planning.h"
#include "registry/registry.h"
#include "visits/visits.h"

namespace tanfang::app::field {

/// A parcel as it was opened. `content` is JSON, for an attachment its bytes.
struct Parcel {
  identity::Principal sender;  // the account of the phone, with the permissions of its role
  Id device;
  std::string kind;
  std::string key;  // the sender's idempotency key, 1 to 100 characters
  std::string content;
  /// What its times are moved by, in milliseconds: 0 where the phone's clock is right within five minutes.
  std::int64_t clock_off = 0;
  std::string accepted_by;  // the login of the office that accepted it from what was set aside; "" where none had to
  std::string doubt = {};   // why it would have been set aside, of a kind that never is
};

/// `repeated`: the thing itself had arrived before by another way.
struct Verdict {
  Id id;
  bool repeated = false;
  std::optional<bool> applied = {};  // of a proposal: done at once, by right
  std::vector<FieldProblem> notices = {};
};

/// Does what the parcel asks, and records it or says unchanged. Throws Problem where it is refused for good.
using KindFunction = Verdict (*)(audit::Work&, const visits::Ground&, const Parcel&);
/// nullptr for a kind that nobody knows.
KindFunction find_kind(std::string_view kind);
/// Their names.
std::vector<std::string> parcel_kinds();

/// The content as a JSON object. Throws Problem `parcel.content`, `json.…`.
boost::json::object content_of(const Parcel& parcel);
/// A time of the content, moved by the clock; nullopt where it is none.
std::optional<Instant> moved_instant(const Parcel& parcel, std::string_view text);
/// By how many days a clock's days are moved: to the nearest, as the hour at which they were written is not known.
int days_off(std::int64_t clock_off);
/// A day of the content, moved where the clock was off by days.
std::optional<Date> moved_date(const Parcel& parcel, std::string_view text);

}  // namespace tanfang::app::field
