#include "ledgers/row_check.h"

#include <algorithm>

#include "base/area_code.h"
#include "base/citizen_number.h"
#include "base/text.h"
#include "ledgers/plain_words.h"
#include "ledgers/written_date.h"

namespace tanfang::ledgers {
namespace {

constexpr int kElderlyFrom = 60;
constexpr std::size_t kFewestDigits = 15;  // of a citizen number, also of one cut short
constexpr std::size_t kMostOfDate = 8;
constexpr std::size_t kLongestLoneName = 4;  // characters

bool is_han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) || c == U'·' ||
         c == U'〇';
}

/// A name as it is written elsewhere: 王 五 and 王　五 are 王五; the point in names of minorities is one.
std::string plain_name(const std::string& written) {
  std::string name = half_width(written);
  for (std::string_view point : {"•", "‧", "∙", "．", "・", "●", "。"}) name = replaced(name, point, "·");
  std::string closed = without_spaces(name);
  auto points = code_points(closed);
  return std::all_of(points.begin(), points.end(), is_han) ? closed : trimmed(name);
}

std::string plain_phone(const std::string& written) {
  std::string phone = compact(written);
  std::string digits;
  for (char c : phone) {
    if (c >= '0' && c <= '9') digits += c;
  }
  bool mobile = digits.size() == 11 && digits[0] == '1' && phone.size() <= 15;
  return mobile ? digits : phone;
}

/// 张三13812345678, 张三（138…）.
void split_name_phone(const std::string& text, registry::Contact& contact) {
  std::string plain = compact(text);
  std::size_t digit = plain.find_first_of("0123456789");
  contact.name = plain.substr(0, digit);
  if (digit != std::string::npos) {
    std::size_t end = plain.find_last_of("0123456789");
    contact.phone = plain.substr(digit, end - digit + 1);
  }
  for (std::string_view mark : {"(", ":", "：", ",", "、", "/", "电话", "，"}) {
    while (contact.name.ends_with(mark)) contact.name.erase(contact.name.size() - mark.size());
  }
}

}  // namespace

::tanfang::Words reason_words(std::string_view code) {
  struct Entry {
    std::string_view code, zh, en;
  };
  static constexpr Entry kEntries[] = {
      {"name.missing", "没有姓名，请补填", "the name is missing; fill it in"},
      {"citizen_number.length", "身份证号不是18位，请核对", "the citizen number has not 18 characters; check it"},
      {"citizen_number.checksum", "身份证号校验不符（有数字写错），请核对",
       "the citizen number's check character does not agree (a digit is wrong); check it"},
      {"citizen_number.lost_digits", "身份证号被表格存成了数字，末几位已丢失，请改为文本格式重新填写",
       "the sheet kept the citizen number as a number and lost its last digits; type it again as text"},
      {"birth_date.mismatch", "出生日期与身份证号不一致，请核对",
       "the birth date disagrees with the citizen number; check both"},
      {"sex.mismatch", "性别与身份证号不一致，请核对", "the sex disagrees with the citizen number; check both"},
      {"date.unreadable", "出生日期读不懂，请写成 1942-10-21 这样的形式",
       "the birth date cannot be read; write it like 1942-10-21"},
      {"age.not_elderly", "导入当日未满60周岁", "under 60 on the day of import"},
      {"area.unknown", "导入区域内没有这个村（社区），请核对名称",
       "there is no such village in the area; check its name"},
      {"area.ambiguous", "导入区域内有同名的村（社区），请加写镇（街道）名称",
       "the area has two villages of that name; add the town's name"},
      {"duplicate.in_file", "与本表前面某一行的身份证号重复", "the same citizen number stands in an earlier row"},
      {"registered.elsewhere", "此人已在别处登记，已向当地提出转入申请",
       "registered elsewhere; a transfer has been proposed there"},
      {"person.not_found", "没有找到此人，请核对姓名和身份证号", "no such person; check name and citizen number"},
      {"value.unknown", "有读不懂的内容，已按“未知”处理", "a value could not be read and was left unknown"},
  };
  for (const Entry& entry : kEntries) {
    if (entry.code == code) return {std::string(entry.zh), std::string(entry.en)};
  }
  return {std::string(code), std::string(code)};
}

RowChecker::RowChecker(const Words& words, const Layout& layout, const Mapping& mapping, VillageFinder& villages,
                       Date today)
    : words_(words),
      layout_(layout),
      mapping_(mapping),
      villages_(villages),
      today_(today),
      facts_(words, layout, mapping),
      name_(layout.find(Field::name)),
      number_(layout.find(Field::citizen_number)),
      sex_(layout.find(Field::sex)),
      birth_date_(layout.find(Field::birth_date)),
      phone_(layout.find(Field::phone)),
      address_(layout.find(Field::address)),
      village_(layout.find(Field::residence_area)),
      village_code_(layout.find(Field::residence_area_code)),
      path_(layout.find(Field::area_path)),
      town_(layout.find(Field::town)) {
  for (const Column& column : layout.columns) {
    if (!column.role.empty()) contacts_.push_back(&column);
  }
}

const excel::Cell& RowChecker::cell(const excel::Row& row, const Column* column) const {
  static const excel::Cell kEmpty;
  if (column == nullptr || static_cast<std::size_t>(column->index) >= row.cells.size()) return kEmpty;
  return row.cells[static_cast<std::size_t>(column->index)];
}

std::string RowChecker::text(const excel::Row& row, const Column* column) const {
  std::string written = trimmed(cell(row, column).text);
  return words_.is_blank(written) ? std::string() : written;
}

/// A table of several pages has its headings on each.
bool RowChecker::repeats_heading(const std::string& text, Field field) const {
  HeadingMatch match = words_.headings().match(text, "");
  return match.strength == 3 && match.field == field && match.role.empty();
}

/// Titles and headings stand again where a page begins.
bool RowChecker::repeats_top(const excel::Row& row) const {
  return std::any_of(layout_.top.begin(), layout_.top.end(), [&](const std::map<int, std::string>& texts) {
    bool any = false;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      std::string text = compact(row.cells[i].text);
      if (text.empty()) continue;
      auto known = texts.find(static_cast<int>(i));
      if (known == texts.end() || known->second != text) return false;
      any = true;
    }
    return any;
  });
}

/// 单位负责人：张三, 审核意见：…, a date alone: what stands below a table, in whatever column it was written.
bool RowChecker::is_signature(const excel::Row& row, const std::string& first) const {
  constexpr std::size_t kLongestLabel = 45;  // bytes
  auto labelled = [&](const std::string& text) {
    std::size_t colon = std::min(text.find(':'), text.find("："));
    return (colon != std::string::npos && colon > 0 && colon <= kLongestLabel) || words_.begins_footer(text);
  };
  if (labelled(first) || labelled(compact(cell(row, name_).text)) || labelled(compact(cell(row, number_).text))) {
    return true;
  }
  auto filled = [](const excel::Cell& one) { return !compact(one.text).empty(); };
  if (std::count_if(row.cells.begin(), row.cells.end(), filled) != 1) return false;
  auto only = read_date(*std::find_if(row.cells.begin(), row.cells.end(), filled));
  return only.kind == WrittenDate::Kind::day || only.kind == WrittenDate::Kind::month;
}

bool RowChecker::is_nobody(const excel::Row& row) const {
  std::string number = compact(cell(row, number_).text);
  std::string name = compact(cell(row, name_).text);
  if (!number.empty() && repeats_heading(number, Field::citizen_number)) return true;
  bool numbered = digits_in(number) >= kFewestDigits;
  if (!numbered && !name.empty() && repeats_heading(name, Field::name)) return true;
  if (!numbered && repeats_top(row)) return true;
  std::string first;
  int filled = 0;
  int in_order = 0;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    std::string text = compact(row.cells[i].text);
    if (text.empty()) continue;
    if (first.empty()) first = text;
    ++filled;
    in_order += text == std::to_string(filled) ? 1 : 0;
  }
  if (filled >= 3 && in_order == filled) return true;  // 1 2 3 … under the headings
  if (!numbered && (words_.begins_footer(first) || words_.begins_footer(name))) return true;
  if (digits_in(number) <= kMostOfDate && is_signature(row, first)) return true;
  if (filled == 1 && number.empty() && length_of(first) > kLongestLoneName) return true;  // a remark
  // 张三 alone is a person without a number even where there is a village 张三村.
  bool may_head = name.empty() || name.find("村") != std::string::npos || name.find("社区") != std::string::npos;
  if (filled == 1 && number.empty() && may_head && !villages_.section_named(first).empty()) return true;
  if (!number.empty() || !name.empty()) return false;
  int said = 0;
  for (const Column& column : layout_.columns) {
    bool place = column.field == Field::serial || column.field == Field::residence_area ||
                 column.field == Field::town || column.field == Field::county || column.field == Field::area_path ||
                 column.field == Field::ignore || column.field == Field::residence_area_code;
    if (!place && !compact(text_at(row, column.index)).empty()) ++said;
  }
  return said < 2;
}

void RowChecker::check_name(const excel::Row& row, CheckedRow& out) const {
  std::string written = text(row, name_);
  out.person.name = plain_name(written);
  if (out.person.name == "无") out.person.name.clear();
  if (out.person.name.empty()) out.reasons.emplace_back("name.missing");
  if (out.person.name != cell(row, name_).text) out.repaired = true;
}

void RowChecker::check_number(const excel::Row& row, CheckedRow& out) const {
  const excel::Cell& written = cell(row, number_);
  bool numeric = written.kind == excel::CellKind::number && written.number >= 1e15;
  auto reading = read_citizen_number(written.text, numeric);
  out.has_number = reading.number.has_value();
  if (!out.has_number) out.reasons.push_back(reading.reason);
  out.repaired = out.repaired || reading.repaired;

  WrittenDate birth = text(row, birth_date_).empty() ? WrittenDate{} : read_date(cell(row, birth_date_));
  if (birth.kind == WrittenDate::Kind::unreadable) out.reasons.emplace_back("date.unreadable");
  std::string sex_text = text(row, sex_);
  const std::string* sex = sex_text.empty() ? nullptr : words_.table("sex").find(plain_value(sex_text));
  if (!sex_text.empty() && sex == nullptr) out.unreadable.push_back(sex_->index);
  if (out.has_number) {
    out.person.citizen_number = reading.number->text;
    out.person.birth_date = reading.number->birth_date;
    out.person.sex = reading.number->sex;
    out.born = reading.number->birth_date;
    if (birth.kind != WrittenDate::Kind::unreadable && !birth.agrees_with(*out.born)) {
      out.reasons.emplace_back("birth_date.mismatch");
    }
    if (sex != nullptr && *sex != (reading.number->sex == Sex::male ? "male" : "female")) {
      out.reasons.emplace_back("sex.mismatch");
    }
  } else {
    out.born = birth.date();
  }
  if (out.born && full_years(*out.born, today_) < kElderlyFrom) out.reasons.emplace_back("age.not_elderly");
}

void RowChecker::check_place(const excel::Row& row, const std::string& section, CheckedRow& out) {
  std::string code = compact(cell(row, village_code_).text);
  WrittenPlace place{text(row, village_), text(row, town_), text(row, path_), text(row, address_)};
  if (is_area_code(code) && code.size() == 12) place.village = code;
  if (place.village.empty()) place.village = section;
  bool nothing = place.village.empty() && place.path.empty();
  if (nothing && !mapping_.residence_area.empty()) place.village = mapping_.residence_area;
  const registry::AreaMatch& match = villages_.find(place);
  if (match.kind == registry::AreaMatch::Kind::unknown) out.reasons.emplace_back("area.unknown");
  if (match.kind == registry::AreaMatch::Kind::ambiguous) out.reasons.emplace_back("area.ambiguous");
  out.person.area = match.code;
}

void RowChecker::read_contacts(const excel::Row& row, CheckedRow& out) const {
  for (const Column* column : contacts_) {
    std::string written = text(row, column);
    if (written.empty() || written == "无") continue;
    auto& contacts = out.person.contacts;
    auto contact =
        std::find_if(contacts.begin(), contacts.end(), [&](const auto& one) { return one.kind == column->role; });
    if (contact == contacts.end()) {
      contacts.push_back({column->role, {}, {}, {}, {}});
      contact = contacts.end() - 1;
    }
    if (column->field == Field::contact_name) contact->name = plain_name(written);
    if (column->field == Field::contact_phone) contact->phone = plain_phone(written);
    if (column->field == Field::contact_relation) contact->relation = written;
    if (column->field == Field::contact_name_phone) split_name_phone(written, *contact);
  }
  std::erase_if(out.person.contacts, [](const auto& contact) { return contact.name.empty() && contact.phone.empty(); });
}

CheckedRow RowChecker::check(const excel::Row& row, const std::string& section) {
  CheckedRow out;
  out.number = row.number;
  check_name(row, out);
  check_number(row, out);
  check_place(row, section, out);
  if (std::string phone = text(row, phone_); !phone.empty() && phone != "无") {
    out.person.phone = plain_phone(phone);
    if (*out.person.phone != cell(row, phone_).text) out.repaired = true;
  }
  if (std::string address = text(row, address_); !address.empty()) out.person.address = address;
  read_contacts(row, out);
  RowFacts facts =
      facts_.read(row, out.person.area, [&](const std::string& text) { return villages_.hukou_code(text); });
  out.person.facts = std::move(facts.facts);
  out.claims = std::move(facts.claims);
  for (int column : facts.unreadable) out.unreadable.push_back(column);
  return out;
}

}  // namespace tanfang::ledgers
