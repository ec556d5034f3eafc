// For tests and fuzzers: small files made on the spot.
#pragma once

#include <zip.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace tanfang::excel {

/// A folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tanfang-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = pattern;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(file(name), std::ios::binary) << bytes;
    return file(name);
  }

 private:
  std::string path_;
};

using Parts = std::map<std::string, std::string>;

inline void write_package(const std::string& path, const Parts& parts) {
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (archive == nullptr) throw std::runtime_error("zip_open");
  for (const auto& [name, content] : parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    if (zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) throw std::runtime_error("zip_file_add");
  }
  if (zip_close(archive) != 0) throw std::runtime_error("zip_close");
}

struct TestSheet {
  std::string name = "台账";
  std::string rows;        // the XML of the rows
  std::string after = "";  // behind the rows, such as merges
  std::string state = "visible";
};

/// The parts of a book with these sheets.
inline Parts book_parts(const std::vector<TestSheet>& sheets, const std::string& strings = "",
                        const std::string& styles = "", const std::string& properties = "") {
  const std::string kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const std::string kRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  auto relations = [](const std::string& inner) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inner +
           "</Relationships>";
  };
  auto relation = [&](const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + kRelation + "/" + type + "\" Target=\"" + target + "\"/>";
  };
  Parts parts;
  parts["_rels/.rels"] = relations(relation("rId1", "officeDocument", "xl/workbook.xml"));
  std::string list;
  std::string targets =
      relation("strings", "sharedStrings", "sharedStrings.xml") + relation("styles", "styles", "/xl/styles.xml");
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    std::string number = std::to_string(i + 1);
    list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" state=\"" + sheets[i].state +
            "\" r:id=\"sheet" + number + "\"/>";
    targets += relation("sheet" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    parts["xl/worksheets/sheet" + number + ".xml"] = "<worksheet xmlns=\"" + kMain + "\"><sheetData>" + sheets[i].rows +
                                                     "</sheetData>" + sheets[i].after + "</worksheet>";
  }
  parts["xl/workbook.xml"] = "<workbook xmlns=\"" + kMain + "\" xmlns:r=\"" + kRelation + "\">" + properties +
                             "<sheets>" + list + "</sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] = relations(targets);
  if (!strings.empty()) parts["xl/sharedStrings.xml"] = "<sst xmlns=\"" + kMain + "\">" + strings + "</sst>";
  if (!styles.empty()) parts["xl/styles.xml"] = "<styleSheet xmlns=\"" + kMain + "\">" + styles + "</styleSheet>";
  return parts;
}

}  // namespace tanfang::excel
