// The needs that a record tells. Inside the folder only.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "forms/forms.h"

namespace tanfang::app::exports {

struct Need {
  std::string label;
  std::string words;        // as written, or empty
  std::optional<bool> met;  // where the form asks
};

/// Chosen of the list `needs` (the words beside 其他 with it); written into a field whose `need.…` indicator says
/// whether it is met; or written into a field that is called `…_needs`.
std::vector<Need> needs_of(const forms::Form& form, const boost::json::object& answers);

}  // namespace tanfang::app::exports
