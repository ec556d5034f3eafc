// `classify` line by line: one JSON object in, one out, in the same order.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <thread>
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
  void write(const schemes::Scheme& scheme, std::string_view id, std::string& out);

  const schemes::SchemeSet& set_;
  std::string scheme_;
  Date today_;
  schemes::Facts facts_;
  schemes::Assessment assessment_;
  std::unique_ptr<unsigned char[]> arena_;  // for the JSON of one line
};

/// Many lines, answered by as many threads as there are workers; the order is kept.
class Batch {
 public:
  Batch() = default;
  ~Batch() { join(); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  /// Takes `rest` (an unfinished line) and what it can read; keeps the whole lines and leaves the unfinished one in
  /// `rest`. False at the end of the input, where the last line counts as whole.
  bool read(std::string& rest);
  void start(std::vector<LineClassifier>& workers);
  /// Waits for the answers and writes them to stdout. Returns how many lines were refused. Does nothing twice.
  std::size_t finish();
  void join();
  std::size_t size() const { return lines_.size(); }

 private:
  void work(LineClassifier& worker, std::size_t part, std::size_t parts);

  std::string text_;
  std::vector<std::string_view> lines_;
  std::vector<std::string> answers_;
  std::vector<std::size_t> refused_;
  std::vector<std::thread> threads_;
};

}  // namespace tanfang::app
