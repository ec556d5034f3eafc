#include "registry/pinyin.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/problem.h"
#include "base/text.h"
#include "platform/files/files.h"

namespace tanfang::registry {
namespace {

/// The syllables of one character or of a word that is read as a whole, separated by spaces.
using Readings = std::unordered_map<std::string, std::string>;

/// Transliteration takes 85 µs a name; a character's reading depends only on whether it opens the name, so each is
/// asked for once.
class PinyinTable {
 public:
  PinyinTable() {
    UErrorCode error = U_ZERO_ERROR;
    UParseError place;
    rules_.reset(
        icu::Transliterator::createInstance("Han-Latin/Names; Latin-ASCII; Lower()", UTRANS_FORWARD, place, error));
    if (U_FAILURE(error)) throw Failure(std::string("ICU has no pinyin of names: ") + u_errorName(error));
    read_corrections(files::read_whole(files::shipped_folder() + "/data/pinyin.csv"));
  }

  Pinyin of(std::string_view name) {
    std::vector<char32_t> points = code_points(name);
    Pinyin pinyin;
    for (std::size_t i = 0; i < points.size();) {
      std::size_t taken = 0;
      const std::string& reading = reading_at(points, i, taken);
      append(pinyin, reading);
      i += taken;
    }
    return pinyin;
  }

 private:
  void read_corrections(const std::string& text) {
    for (const std::string& line : split(text, '\n')) {
      std::vector<std::string> fields = split(line, ',');
      if (fields.size() != 3 || fields[0] == "place") continue;
      (fields[0] == "surname" ? first_ : later_).emplace(fields[1], fields[2]);
      if (fields[0] == "any") first_.emplace(fields[1], fields[2]);
    }
  }

  const std::string& reading_at(const std::vector<char32_t>& points, std::size_t at, std::size_t& taken) {
    std::string text;
    append_utf8(text, points[at]);
    if (at == 0 && points.size() > 1) {
      std::string two = text;
      append_utf8(two, points[1]);
      if (auto found = first_.find(two); found != first_.end()) {
        taken = 2;
        return found->second;
      }
    }
    taken = 1;
    Readings& readings = at == 0 ? first_ : later_;
    auto found = readings.find(text);
    if (found == readings.end()) found = readings.emplace(text, transliterate(text, at == 0)).first;
    return found->second;
  }

  std::string transliterate(const std::string& character, bool opens_name) const {
    // Behind another surname a character is read as in a given name: 张单 is zhang dan.
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(opens_name ? character : "张" + character);
    rules_->transliterate(text);
    std::string reading;
    text.toUTF8String(reading);
    constexpr std::string_view kBefore = "zhang";
    return opens_name ? reading : reading.substr(std::min(kBefore.size(), reading.size()));
  }

  static void append(Pinyin& pinyin, std::string_view reading) {
    bool opens_syllable = true;
    for (char c : reading) {
      if (c == ' ') opens_syllable = true;
      if (c < 'a' || c > 'z') continue;
      pinyin.full += c;
      if (opens_syllable) pinyin.initials += c;
      opens_syllable = false;
    }
  }

  std::unique_ptr<icu::Transliterator> rules_;
  Readings first_;
  Readings later_;
};

}  // namespace

Pinyin pinyin_of(std::string_view name) {
  static std::mutex mutex;
  std::scoped_lock lock(mutex);
  static PinyinTable table;
  return table.of(name);
}

std::string plain_pinyin_query(std::string_view typed) {
  std::string text = lower_ascii(without_spaces(half_width(typed)));
  for (std::string_view with : {"ü", "Ü", "ǚ", "ǜ", "ǘ", "ǖ"}) text = replaced(text, with, "u");
  // `nyu` stays: it is also wenyu.
  for (std::string_view written : {"lv", "lyu"}) text = replaced(text, written, "lu");
  text = replaced(text, "nv", "nu");
  std::string plain;
  for (char c : text) {
    if (c >= 'a' && c <= 'z') plain += c;
  }
  return plain;
}

}  // namespace tanfang::registry
