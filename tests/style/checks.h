// The rules of the house that a program can hold: each check takes a file's text and names its breaches.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tanfang::style {

struct File {
  std::string path;  // from the root of the tree, e.g. src/visits/visits.h
  std::string text;
};

struct Breach {
  std::string path;
  int line;
  std::string what;
};

/// Room → rooms whose headers it may include.
using IncludeTable = std::map<std::string, std::set<std::string>>;

/// Reads the lines `| room | rooms it includes |` of the table under the heading "Include table".
IncludeTable read_include_table(std::string_view architecture);
/// Reads the `room(name INCLUDES …)` lines of src/CMakeLists.txt.
IncludeTable read_build_table(std::string_view cmake_lists);

std::vector<Breach> check_includes(const File& file, const IncludeTable& table);
std::vector<Breach> check_lengths(const File& file);
std::vector<Breach> check_banned_words(const File& file);
std::vector<Breach> check_sql_place(const File& file);
/// The dotted codes of refusals in a *_problems.h.
std::set<std::string> refusal_codes(const File& file);

/// The functions of a *_problems.h whose Chinese text says what is wrong and not what to do about it: none of the words
/// that ask for something stands in it.
std::vector<Breach> check_mends(const File& file);

/// What a document names as a test between backticks: `Suite.Test`, `SuiteTest` (any of its tests), or a path below
/// tests/. A name that ends in … is the beginning of one.
std::set<std::string> named_tests(std::string_view document);
/// Whether the text of all tests has a test of that name; paths are not asked here.
bool has_test(std::string_view tests, const std::string& name);

}  // namespace tanfang::style
