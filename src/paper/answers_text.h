// Answers as they are written on paper. Inside the room only.
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "paper/paper.h"

namespace tanfang::paper {

/// A written answer; `together` are bytes that should stay on one line.
struct Written {
  std::string text;
  std::vector<pdf::Span> together;
  bool fixed = false;  // made of the form's own words only
};

class AnswersText {
 public:
  AnswersText(const forms::Form& form, const Layout& layout, const Filling& filling);

  /// From now on the answers of this quarter (1 to 4), of 0: those of the filling.
  void use_quarter(int quarter);
  /// With its boxes, by its pattern, with the fields behind it.
  Written of(const forms::Field& field) const;
  /// In words, without boxes; empty where it is not answered.
  std::string words_of(const forms::Field& field, const boost::json::value* answer) const;
  std::string fill(std::string_view pattern, const forms::Field* own) const;
  const boost::json::value* answer(std::string_view code) const;

 private:
  std::string placeholder(std::string_view inner, const forms::Field* own) const;
  std::string date_part(std::string_view part, const forms::Field* own) const;
  Written boxes(const forms::Field& field) const;
  std::vector<std::string> chosen(const forms::Field& field, const boost::json::value* answer) const;
  bool ticked(const forms::Option& option, const std::vector<std::string>& chosen, const forms::Field& field) const;
  std::string label_of(const forms::Option& option) const;
  void append_also(const forms::Field& field, std::string& text) const;

  const forms::Form& form_;
  const Layout& layout_;
  const Filling& filling_;
  const boost::json::object* answers_;
  int quarter_ = 0;
};

/// The layout's word on a field; the plain one where it has none.
const FieldLayout& layout_of(const Layout& layout, std::string_view field);

}  // namespace tanfang::paper
