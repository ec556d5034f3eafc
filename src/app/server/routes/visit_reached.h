// The record that a route is about.
#pragma once

#include "app/server/call.h"
#include "visits/visits.h"

namespace tanfang::app::server {

/// The record of the path (`{visit}`), of somebody whom the principal reaches for `permission`; any other is unknown.
/// Throws Problem `visit.unknown`.
visits::Visit visit_of(const Call& call, db::Session& session, identity::Permission permission);

}  // namespace tanfang::app::server
