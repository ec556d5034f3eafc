// Schemes and verdicts as text for people, and as JSON.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "schemes/schemes.h"

namespace tanfang::app {

/// The text of one language.
const std::string& in_language(const Words& words, bool english);

/// `每半月 1 次`.
std::string often_text(const schemes::Scheme& scheme, const schemes::Obligation& owed, bool english);
/// `每半月 1 次，方式：上门`.
std::string owed_text(const schemes::Scheme& scheme, const schemes::Obligation& owed, bool english);

/// The whole scheme, readable.
std::string scheme_text(const schemes::Scheme& scheme, bool english);
boost::json::object scheme_json(const schemes::Scheme& scheme);

/// A verdict with all its reasons, readable.
std::string verdict_text(const schemes::Scheme& scheme, const schemes::Facts& facts, Date on, bool english);

}  // namespace tanfang::app
