// Checking scheme folders that were sent.
#pragma once

#include <boost/json/fwd.hpp>
#include <mutex>
#include <string>

#include "app/drafts/drafts.h"
#include "app/server/call.h"

namespace tanfang::app::server {

/// Held while a folder is checked: one at a time, because a folder may be made to be slow.
std::mutex& lint_turn();

/// `{"ok", "findings"}`: what `tanfang schemes lint` says of the files as the folder of scheme `name`. Throws Problem
/// `lint.busy` while another folder is checked.
boost::json::object findings_of(const Call& call, const std::string& name, drafts::Files files);

}  // namespace tanfang::app::server
