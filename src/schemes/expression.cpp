#include "schemes/expression.h"

#include <algorithm>
#include <charconv>

#include "schemes/tokens.h"

namespace tanfang::schemes {
namespace {

using Kind = Expression::Kind;

constexpr int kDeepest = 48;
constexpr std::size_t kLongest = 4000;

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Expression whole() {
    Expression rule = any();
    if (here().kind != Token::Kind::end) {
      refuse("这里多出了“" + here().text + "”，是否缺少 and 或 or",
             "\"" + here().text + "\" is too much here; is and or or missing before it?");
    }
    return rule;
  }

 private:
  const Token& here(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  bool is_word(std::string_view word, std::size_t ahead = 0) const {
    return here(ahead).kind == Token::Kind::name && here(ahead).text == word;
  }
  bool is_sign(std::string_view sign, std::size_t ahead = 0) const {
    return here(ahead).kind == Token::Kind::sign && here(ahead).text == sign;
  }
  bool take_word(std::string_view word) {
    if (!is_word(word)) return false;
    ++at_;
    return true;
  }
  bool take_sign(std::string_view sign) {
    if (!is_sign(sign)) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void refuse(std::string zh, std::string en) const {
    throw ExpressionMistake{here().column, {std::move(zh), std::move(en)}};
  }
  void expect_sign(std::string_view sign) {
    if (take_sign(sign)) return;
    std::string found = here().kind == Token::Kind::end ? "" : here().text;
    refuse("这里应为“" + std::string(sign) + "”" + (found.empty() ? "，规则已结束" : "，而不是“" + found + "”"),
           "expected \"" + std::string(sign) + "\" here" +
               (found.empty() ? ", the rule ends" : ", not \"" + found + "\""));
  }
  void expect_word(std::string_view word) {
    if (!take_word(word)) refuse("这里应为 " + std::string(word), "expected \"" + std::string(word) + "\" here");
  }
  std::string expect_name() {
    if (here().kind != Token::Kind::name) refuse("这里应为名称", "expected a name here");
    return tokens_[at_++].text;
  }
  Expression made(Kind kind, std::string text = {}) const {
    Expression out;
    out.kind = kind;
    out.text = std::move(text);
    out.column = here().column;
    return out;
  }

  Expression any() { return joined("or", Kind::any, &Parser::all); }
  Expression all() { return joined("and", Kind::all, &Parser::unary); }

  Expression joined(std::string_view word, Kind kind, Expression (Parser::*part)()) {
    Expression first = (this->*part)();
    if (!is_word(word)) return first;
    Expression out = made(kind);
    out.column = first.column;
    out.parts.push_back(std::move(first));
    while (take_word(word)) out.parts.push_back((this->*part)());
    return out;
  }

  Expression unary() {
    if (++depth_ > kDeepest) refuse("规则嵌套过深", "the rule is nested too deeply");
    Expression out = unary_inside();
    --depth_;
    return out;
  }

  Expression unary_inside() {
    if (is_word("not")) {
      Expression out = made(Kind::negate);
      ++at_;
      out.parts.push_back(unary());
      return out;
    }
    if (is_word("every") || is_word("some")) return quantified();
    return comparison();
  }

  Expression truth(bool value) const {
    Expression out = made(Kind::truth);
    out.number = value;
    return out;
  }

  /// `child in children where …`, the variable into `out.text`, list and filter into its parts.
  void members(Expression& out) {
    out.text = expect_name();
    expect_word("in");
    Expression list = made(Kind::name);
    list.text = expect_name();
    out.parts.push_back(std::move(list));
    out.parts.push_back(take_word("where") ? any() : truth(true));
  }

  Expression quantified() {
    bool every = is_word("every");
    Expression out = made(every ? Kind::every : Kind::some);
    ++at_;
    members(out);
    if (take_sign(":")) {
      out.parts.push_back(any());
    } else if (every) {
      refuse("every 之后要用冒号写出每一项应满足的条件",
             "every needs a colon and what must hold of each: every child in children: …");
    } else {
      out.parts.push_back(truth(true));
    }
    return out;
  }

  Expression comparison() {
    Expression left = sum();
    static constexpr std::string_view kSigns[] = {"=", "!=", "<=", ">=", "<", ">"};
    for (std::string_view sign : kSigns) {
      if (!is_sign(sign)) continue;
      Expression out = made(Kind::compare, std::string(sign));
      ++at_;
      out.parts.push_back(std::move(left));
      out.parts.push_back(sum());
      return out;
    }
    if (is_word("is")) return is_what(std::move(left));
    bool negated = is_word("not") && (is_word("in", 1) || is_word("holds", 1));
    if (negated) ++at_;
    if (is_word("in")) return maybe_not(negated, in_what(std::move(left)));
    if (is_word("holds")) return maybe_not(negated, holds_what(std::move(left)));
    return left;
  }

  static Expression maybe_not(bool negated, Expression inner) {
    if (!negated) return inner;
    Expression out;
    out.kind = Kind::negate;
    out.column = inner.column;
    out.parts.push_back(std::move(inner));
    return out;
  }

  Expression is_what(Expression left) {
    Expression out = made(Kind::compare, "=");
    ++at_;
    bool negated = take_word("not");
    if (take_word("empty")) {
      out.kind = Kind::empty;
      out.parts.push_back(std::move(left));
    } else if (is_word("known") || is_word("unknown")) {
      if (is_word("unknown")) negated = !negated;
      ++at_;
      out.kind = Kind::call;
      out.text = "known";
      out.parts.push_back(std::move(left));
    } else {
      out.parts.push_back(std::move(left));
      out.parts.push_back(sum());
    }
    return maybe_not(negated, std::move(out));
  }

  void values(Expression& out) {
    expect_sign("(");
    do out.parts.push_back(sum());
    while (take_sign(","));
    expect_sign(")");
  }

  Expression in_what(Expression left) {
    Expression out = made(Kind::in);
    ++at_;
    if (is_sign("(")) {
      out.parts.push_back(std::move(left));
      values(out);
      return out;
    }
    // `low_income in welfare` says the same as `welfare holds low_income`.
    out.kind = Kind::holds;
    out.text = "any";
    out.parts.push_back(sum());
    out.parts.push_back(std::move(left));
    return out;
  }

  Expression holds_what(Expression left) {
    Expression out = made(Kind::holds, "any");
    ++at_;
    out.parts.push_back(std::move(left));
    if ((is_word("any") || is_word("all") || is_word("none")) && is_word("of", 1)) {
      out.text = here().text;
      at_ += 2;
      values(out);
    } else if (is_sign("(")) {
      refuse("holds 之后请写 any of、all of 或 none of", "write any of, all of or none of after holds");
    } else {
      out.parts.push_back(sum());
    }
    return out;
  }

  Expression sum() {
    Expression left = product();
    while (is_sign("+") || is_sign("-")) {
      Expression out = made(is_sign("+") ? Kind::add : Kind::subtract);
      ++at_;
      out.parts.push_back(std::move(left));
      out.parts.push_back(product());
      left = std::move(out);
    }
    return left;
  }

  Expression product() {
    Expression left = factor();
    while (is_sign("*")) {
      Expression out = made(Kind::multiply);
      ++at_;
      out.parts.push_back(std::move(left));
      out.parts.push_back(factor());
      left = std::move(out);
    }
    return left;
  }

  Expression factor() {
    const Token& token = here();
    switch (token.kind) {
      case Token::Kind::number:
        return with_unit(number());
      case Token::Kind::date:
        return date();
      case Token::Kind::text: {
        Expression out = made(Kind::text, token.text);
        ++at_;
        return out;
      }
      case Token::Kind::name:
        return named();
      case Token::Kind::sign:
        return signed_factor();
      case Token::Kind::end:
        break;
    }
    refuse("规则在这里意外结束", "the rule ends too early");
  }

  Expression signed_factor() {
    if (take_sign("(")) {
      if (++depth_ > kDeepest) refuse("规则嵌套过深", "the rule is nested too deeply");
      Expression out = any();
      --depth_;
      expect_sign(")");
      return out;
    }
    if (is_sign("-") && here(1).kind == Token::Kind::number) {
      Expression out = made(Kind::minus);
      ++at_;
      out.parts.push_back(number());
      return out;
    }
    refuse("这里不能有“" + here().text + "”", "\"" + here().text + "\" cannot stand here");
  }

  Expression number() {
    Expression out = made(Kind::number);
    const std::string& digits = here().text;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.number);
    if (error != std::errc() || digits.size() > 12)
      refuse("数字过大，最多 12 位", "the number is too large; at most 12 digits");
    ++at_;
    return out;
  }

  Expression with_unit(Expression number) {
    for (std::string_view unit : {"day", "month", "year"}) {
      if (!is_word(unit) && !is_word(std::string(unit) + "s")) continue;
      Expression out = made(Kind::duration, std::string(unit) + "s");
      ++at_;
      out.parts.push_back(std::move(number));
      return out;
    }
    return number;
  }

  Expression date() {
    Expression out = made(Kind::date);
    auto read = Date::parse(here().text);
    if (!read) refuse("没有这一天", "there is no such day");
    out.date = *read;
    ++at_;
    return out;
  }

  Expression named() {
    if (is_word("true") || is_word("false")) {
      Expression out = truth(is_word("true"));
      ++at_;
      return out;
    }
    refuse_keyword();
    Expression out = made(Kind::name, here().text);
    ++at_;
    if (take_sign(".")) out.text += "." + expect_name();
    if (is_sign("(") && out.text == "count") return counted(std::move(out));
    if (!take_sign("(")) return out;
    out.kind = Kind::call;
    if (take_sign(")")) return out;
    do out.parts.push_back(any());
    while (take_sign(","));
    expect_sign(")");
    return out;
  }

  void refuse_keyword() const {
    static constexpr std::string_view kWords[] = {"and", "or",    "in",   "where", "holds", "is",
                                                  "of",  "every", "some", "all",   "none",  "empty"};
    for (std::string_view word : kWords) {
      if (is_word(word)) refuse("这里不能有 " + here().text, "\"" + here().text + "\" cannot stand here");
    }
  }

  /// `count(child in children where child.alive)` or `count(children)`.
  Expression counted(Expression out) {
    out.kind = Kind::count;
    expect_sign("(");
    if (is_word("in", 1)) {
      members(out);
    } else {
      Expression list = made(Kind::name);
      list.text = expect_name();
      out.text.clear();
      out.parts.push_back(std::move(list));
      out.parts.push_back(truth(true));
    }
    expect_sign(")");
    return out;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Expression parse_expression(std::string_view text) {
  if (text.size() > kLongest) throw ExpressionMistake{1, {"规则超过 4000 字节", "the rule is longer than 4000 bytes"}};
  return Parser(split_tokens(text)).whole();
}

}  // namespace tanfang::schemes
