#include "platform/db/migration_sql.h"

#include <cctype>
#include <vector>

#include "base/text.h"

namespace tanfang::db {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// The end of the piece that begins at `at`: a comment, a quoted text, a word, or one character.
std::size_t end_of_piece(std::string_view sql, std::size_t at) {
  auto after = [&](std::string_view mark, std::size_t from) {
    std::size_t found = sql.find(mark, from);
    return found == std::string_view::npos ? sql.size() : found + mark.size();
  };
  if (sql.substr(at, 2) == "--") return after("\n", at);
  if (sql.substr(at, 2) == "/*") return after("*/", at + 2);
  if (sql[at] == '\'' || sql[at] == '"') return after(sql.substr(at, 1), at + 1);
  std::size_t end = at;
  while (end < sql.size() && is_word(sql[end])) ++end;
  return end == at ? at + 1 : end;
}

struct Translation {
  std::string out;
  std::string statement;  // the first two words of the statement
  int words = 0;
  bool drops_collation = false;  // its name comes next
  std::string last_word;
  bool keyed = false;  // the table has a primary key of its own, beside the columns
  bool wide = false;   // it holds bytes
  std::size_t last_word_at = 0;  // in `out`
  bool chooses = false;          // within the list of `column in (…)`
  std::vector<std::string_view> choices;

  void add_word(std::string_view piece) {
    std::string word = lower_ascii(piece);
    if (++words <= 2) statement += word + " ";
    if (word == "in" && statement == "create table ") {
      chooses = true;
      return;
    }
    last_word_at = out.size();
    last_word = last_word == "primary" && word == "key" ? "primary key" : word;
    wide = wide || word == "bytea";
    if (word == "bigint") {
      out += "integer";
    } else if (word == "bytea") {
      out += "blob";
    } else if (word == "double") {
      out += "real";
    } else if (word == "collate") {
      drops_collation = true;
    } else if (word != "precision") {
      out += piece;
    }
  }

  void add_other(std::string_view piece) {
    if (piece == "(" && last_word == "primary key") keyed = true;
    if (piece.front() != ' ') last_word.clear();
    if (drops_collation && piece.front() == '"') {
      drops_collation = false;
    } else {
      out += piece;
    }
  }

  void add_choice(std::string_view piece) {
    if (piece == ")") return end_choices();
    if (piece.front() == '\'' || is_word(piece.front())) choices.push_back(piece);
  }

  /// Of a list of three and more SQLite makes a table for each row that it checks.
  void end_choices() {
    std::string column = out.substr(last_word_at);
    out.resize(last_word_at);
    out += "(";
    for (std::size_t i = 0; i < choices.size(); ++i) {
      out += (i == 0 ? "" : " or ") + column + "= " + std::string(choices[i]);
    }
    out += ")";
    choices.clear();
    chooses = false;
  }

  void end_statement() {
    if (statement == "create table ") out += keyed && !wide ? " strict, without rowid" : " strict";
    out += ";";
    std::string done = std::move(out);
    *this = Translation();
    out = std::move(done);
  }
};

}  // namespace

std::string for_engine(std::string_view sql, std::string_view engine) {
  if (engine != "sqlite") return std::string(sql);
  Translation translation;
  for (std::size_t at = 0; at < sql.size();) {
    std::size_t end = end_of_piece(sql, at);
    std::string_view piece = sql.substr(at, end - at);
    if (translation.chooses) {
      translation.add_choice(piece);
    } else if (piece == ";") {
      translation.end_statement();
    } else if (is_word(piece.front())) {
      translation.add_word(piece);
    } else {
      translation.add_other(piece);
    }
    at = end;
  }
  return translation.out;
}

}  // namespace tanfang::db
