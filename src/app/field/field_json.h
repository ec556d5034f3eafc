// What a phone is told of its account and of the key it seals for.
#pragma once

#include <boost/json/fwd.hpp>

#include "app/field/field_keys.h"
#include "identity/identity.h"

namespace tanfang::app::field {

/// A village with its town before it, a wider area alone. Throws Problem `area.unknown`.
std::string area_name(db::Session& session, const std::string& area, Date today);
/// Villages of a county or town, by code: `area`, `name` and the name of its `town`. Empty for any other area.
boost::json::array villages_json(db::Session& session, const std::string& area, Date today);
/// Login, name, role and area with its full name.
boost::json::object account_json(db::Session& session, const identity::Account& account, Date today);
boost::json::object to_json(const PublicKey& key);
/// `{"zh":…,"en":…}`
boost::json::object to_json(const Words& words);

}  // namespace tanfang::app::field
