// `classify` line by line: one JSON object in, one out, in the same order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schemes/schemes.h"

namespace tanfang::app {

class LineClassifier {
 public:
  /// `today` is the date of evaluation of lines that have no `on`.
  LineClassifier(const schemes::SchemeSet& set, std::string scheme, Date today);
  /// Appends the answer to one line, or what is wrong with it; false where it was refused.
  bool answer(std::string_view line, std::string& out);

 private:
  struct Refusal {
    std::string code;
    std::string field;
    Words text;
  };
  void classify_line(std::string_view line, std::string& id, std::string& out);
  void write(const schemes::Scheme& scheme, Date on, std::string_view id, std::string& out);

  const schemes::SchemeSet& set_;
  std::string scheme_;
  Date today_;
  schemes::Facts facts_;
  schemes::Verdict verdict_;
};

/// Answers many lines with `workers` threads; the order is kept. Adds the number of refused lines to `refused`.
std::string answer_lines(std::vector<LineClassifier>& workers, const std::vector<std::string_view>& lines,
                         std::size_t& refused);

}  // namespace tanfang::app
