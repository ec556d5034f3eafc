// Forms as JSON objects that a desk or a phone draws and checks.
#pragma once

#include <boost/json/fwd.hpp>

#include "forms/forms.h"

namespace tanfang::app {

/// Id, version, use and title: for lists.
boost::json::object form_head_json(const forms::Form& form);
/// The whole form, its blocks, sections and fields; `supplement` is the form asked beside it, or nullptr.
boost::json::object form_json(const forms::Form& form, const forms::Form* supplement);

}  // namespace tanfang::app
