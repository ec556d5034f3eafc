#include "schemes/tokens.h"

#include "base/text.h"
#include "schemes/expression.h"

namespace tanfang::schemes {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<Token> split() {
    while (skip_space(), at_ < text_.size()) next();
    add(Token::Kind::end, at_);
    return std::move(tokens_);
  }

 private:
  char here(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  int column() const { return static_cast<int>(length_of(text_.substr(0, at_))) + 1; }

  void add(Token::Kind kind, std::size_t end) {
    int from = column();
    tokens_.push_back({kind, std::string(text_.substr(at_, end - at_)), from});
    at_ = end;
  }

  void skip_space() {
    while (at_ < text_.size() && (here() == ' ' || here() == '\n' || here() == '\t' || here() == '\r')) ++at_;
  }

  bool is_date() const {
    static constexpr std::string_view kForm = "dddd-dd-dd";
    for (std::size_t i = 0; i < kForm.size(); ++i) {
      if (kForm[i] == 'd' ? !is_digit(here(i)) : here(i) != '-') return false;
    }
    return !is_digit(here(kForm.size()));
  }

  void next() {
    std::size_t end = at_;
    if (is_letter(here())) {
      while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
      add(Token::Kind::name, end);
    } else if (is_date()) {
      add(Token::Kind::date, at_ + 10);
    } else if (is_digit(here())) {
      while (end < text_.size() && is_digit(text_[end])) ++end;
      if (end < text_.size() && is_letter(text_[end])) {
        throw ExpressionMistake{column(), {"名称不能以数字开头", "a name cannot begin with a digit"}};
      }
      add(Token::Kind::number, end);
    } else if (here() == '"' || here() == '\'') {
      quoted();
    } else {
      sign();
    }
  }

  void quoted() {
    std::size_t close = text_.find(here(), at_ + 1);
    if (close == std::string_view::npos) throw ExpressionMistake{column(), {"引号没有结束", "a quote is not closed"}};
    int from = column();
    tokens_.push_back({Token::Kind::text, std::string(text_.substr(at_ + 1, close - at_ - 1)), from});
    at_ = close + 1;
  }

  void sign() {
    static constexpr std::string_view kSigns[] = {"!=", "<=", ">=", "==", "=", "<", ">", "(", ")",
                                                  ",",  ":",  ".",  "+",  "-", "*", "≥", "≤", "≠"};
    for (std::string_view sign : kSigns) {
      if (text_.substr(at_, sign.size()) != sign) continue;
      add(Token::Kind::sign, at_ + sign.size());
      std::string& text = tokens_.back().text;
      if (text == "==") text = "=";
      if (text == "≥") text = ">=";
      if (text == "≤") text = "<=";
      if (text == "≠") text = "!=";
      return;
    }
    refuse_sign();
  }

  [[noreturn]] void refuse_sign() const {
    std::string_view rest = text_.substr(at_);
    if (rest.starts_with("&&")) throw ExpressionMistake{column(), {"请写 and，不用 &&", "write and instead of &&"}};
    if (rest.starts_with("||")) throw ExpressionMistake{column(), {"请写 or，不用 ||", "write or instead of ||"}};
    if (rest.starts_with("!")) throw ExpressionMistake{column(), {"请写 not，不用 !", "write not instead of !"}};
    if (rest.starts_with("/")) throw ExpressionMistake{column(), {"规则中没有除法", "there is no division in rules"}};
    if (rest.starts_with("[")) throw ExpressionMistake{column(), {"列举取值请用圆括号", "list values in ( )"}};
    throw ExpressionMistake{column(),
                            {"规则中不能有这个符号；中文标点请改为英文标点", "this sign cannot stand in a rule"}};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> split_tokens(std::string_view text) { return Splitter(text).split(); }

}  // namespace tanfang::schemes
