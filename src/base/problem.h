// The one way to refuse: a Problem says which field, why, and how to mend it, in Chinese and English.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace tanfang {

/// The same words in both languages of the product.
struct Words {
  std::string zh;
  std::string en;
  bool operator==(const Words&) const = default;
};

/// One field that is wrong. `field` is the path a caller sent (`facts.birth_date`); `code` is stable and dotted
/// (`citizen_number.checksum`); `text` says the reason and the mend and never repeats personal data.
struct FieldProblem {
  std::string field;
  std::string code;
  Words text;
};

/// A refusal that changes nothing. Use cases throw it; only the outermost caller turns it into an exit code or an
/// HTTP answer (`status`). Anything else that is thrown is a failure, not a refusal.
class Problem : public std::exception {
 public:
  Problem(std::string code, int status, Words text, std::vector<FieldProblem> fields = {})
      : code(std::move(code)), status(status), text(std::move(text)), fields(std::move(fields)) {}
  const char* what() const noexcept override { return text.en.c_str(); }

  std::string code;
  int status;
  Words text;
  std::vector<FieldProblem> fields;
};

/// A disk, a database or a lost connection failed. The work was rolled back and may be tried again.
class Failure : public std::exception {
 public:
  explicit Failure(std::string text) : text_(std::move(text)) {}
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

}  // namespace tanfang
