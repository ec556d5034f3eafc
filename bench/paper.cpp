// Filled record pages as PDF: drawn by two threads, beside Chromium and WeasyPrint on the same words as HTML; and a
// town's month as the program files it, from sealed records to the ZIP.
#include <fmt/format.h>

#include <atomic>
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench.h"
#include "bench_folder.h"
#include "county/invented_county.h"
#include "paper/paper.h"
#include "platform/db/sqlite.h"
#include "platform/pictures/raster.h"
#include "program_run.h"

namespace tanfang::bench {
namespace {

namespace js = boost::json;

constexpr int kPeople = 2'000;
constexpr std::int64_t kRecords = 2'000;  // of the town's month
constexpr int kThreads = 2;
constexpr int kDocuments = 20;  // of each thread
constexpr int kSheets = 100;    // of a document
const std::string kSource = TANFANG_SOURCE_DIR;

/// The forms of the county's records, filled as visitors fill them.
class Records {
 public:
  Records()
      : catalog_(forms::load_catalog({kSource + "/schemes"})),
        layouts_(paper::load_layouts({kSource + "/schemes"}, catalog_)),
        form_(*catalog_.find("luzhou-2023/visit")) {
    county::InventedVisits visits(kPeople);
    for (int i = 0; i < kSheets; ++i) {
      js::object answers = js::parse(visits.entry(i).answers).as_object();
      answers["visit_number"] = i + 1;
      answers["visit_date"] = "2024-03-01";
      answers_.push_back(std::move(answers));
    }
  }

  std::vector<paper::Sheet> sheets() const {
    std::vector<paper::Sheet> made;
    for (const js::object& answers : answers_) {
      paper::Sheet sheet{&form_, &layouts_.of(form_.id), {}};
      sheet.filling.answers = &answers;
      sheet.filling.person = "0A1B2C3D4E5F6";
      sheet.filling.record = "0000000000001";
      sheet.filling.name = "赵五";
      made.push_back(std::move(sheet));
    }
    return made;
  }

  /// The same words in a table, a page each.
  std::string html() const {
    std::string text =
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><style>@page{size:A4;margin:15mm}"
        "body{font:10.5pt 'Noto Serif CJK SC',serif}section{page-break-after:always}"
        "h1{font-size:16pt;text-align:center}table{width:100%;border-collapse:collapse}"
        "th,td{border:.5pt solid;padding:3pt}</style>";
    for (const js::object& answers : answers_) {
      text += "<section><h1>" + form_.title.zh + "</h1><table>";
      for (const forms::Section& section : form_.sections) {
        for (const forms::Field& field : section.fields) {
          text += "<tr><th>" + section.title.zh + "<th>" + field.label.zh + "<td>" + answer(field, answers);
        }
      }
      text += "</table></section>";
    }
    return text;
  }

 private:
  static std::string answer(const forms::Field& field, const js::object& answers) {
    const js::value* given = answers.if_contains(field.code);
    std::string plain = given == nullptr ? "" : given->is_string() ? given->as_string().c_str() : js::serialize(*given);
    if (field.options.empty()) return plain;
    std::string text;
    for (const forms::Option& option : field.options) {
      text += (plain.find(option.code) == plain.npos ? "□" : "☑") + option.label.zh + " ";
    }
    return text;
  }

  forms::Catalog catalog_;
  paper::Layouts layouts_;
  const forms::Form& form_;
  std::vector<js::object> answers_;
};

void measure_drawing(Report& report, const Records& records) {
  std::vector<std::thread> threads;
  std::atomic<std::int64_t> bytes = 0;
  double seconds = seconds_of([&] {
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (int document = 0; document < kDocuments; ++document) {
          bytes += static_cast<std::int64_t>(paper::print_pdf(records.sheets(), 1, {}).size());
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  });
  constexpr double kPages = kThreads * kDocuments * kSheets;
  report.at_least("filled record pages drawn a second, two threads", kPages / seconds, "1/s", 400);
  report.note("bytes of a page", static_cast<double>(bytes) / kPages, "B");
}

/// Nothing where the program is not there.
void measure_peer(Report& report, const std::string& name, const std::string& command, double ours) {
  std::string program = command.substr(0, command.find(' '));
  if (std::system(("command -v " + program + " >/dev/null").c_str()) != 0) {
    fmt::print("  {}: not on this machine (Debian: apt-get install {}), left out\n", name, program);
    return;
  }
  bool good = false;
  double seconds = seconds_of([&] { good = std::system((command + " >/dev/null 2>&1").c_str()) == 0; });
  if (!good) throw std::runtime_error(name + " failed");
  report.note("100 of these pages, " + name, seconds, "s");
  report.at_least(name + "'s time ÷ ours", seconds / ours, "", 1);
}

void measure_peers(Report& report, const Records& records, const Folder& folder) {
  std::ofstream(folder.file("pages.html")) << records.html();
  std::string html = std::filesystem::absolute(folder.file("pages.html")).string();
  double ours = median_seconds_of(3, [&] { paper::print_pdf(records.sheets(), 1, {}); });
  report.note("100 of these pages, one thread", ours, "s");
  measure_peer(report, "Chromium",
               fmt::format("chromium-headless-shell --no-sandbox --disable-gpu --print-to-pdf={} file://{}",
                           folder.file("chromium.pdf"), html),
               ours);
  measure_peer(report, "WeasyPrint", fmt::format("weasyprint {} {}", html, folder.file("weasyprint.pdf")), ours);
}

/// What a phone takes: a photo of 1200 × 900 points, told from others by what stands behind its end, and a signature.
struct Pictures {
  std::string photo = pictures::encode_jpeg(noise(), kPhotoQuality);
  std::string signature;

  Pictures() {
    pdf::Document page([&](std::string png) { signature = std::move(png); }, kSignatureDots);
    for (int i = 0; i < 60; ++i) page.line(150 + 5 * i, 300 + 37 * i % 90, 155 + 5 * i, 300 + 37 * (i + 1) % 90, 3);
    page.end_page();
  }

 private:
  static constexpr int kPhotoQuality = 72;  // some 300 KB
  static constexpr double kSignatureDots = 40;
  static pictures::Raster noise() {
    pictures::Raster made{1200, 900, {}};
    std::uint32_t state = 1;
    for (int i = 0; i < 1200 * 900; ++i) {
      state = state * 1664525 + 1013904223;
      made.pixels.insert(made.pixels.end(), 3, static_cast<std::uint8_t>(96 + (i % 1200) / 20 + (state >> 26)));
    }
    return made;
  }
};

/// The month of the first town.
std::string record_month(const std::string& folder, const Pictures* pictures) {
  county::InventedCounty county(folder, kPeople);
  auto villages = registry::AreaIndex::from_csv(kSource + "/data/areas.csv", "510521").below("510521", 12);
  std::string town = villages.front().code.substr(0, 9);
  std::int64_t recorded = 0;
  for (std::int64_t key = 0; recorded < kRecords; ++key) {
    auto village = static_cast<std::size_t>(key % kPeople) % villages.size();
    if (!villages[village].code.starts_with(town)) continue;
    if (pictures == nullptr) {
      county.record_visit(key);
    } else {
      std::string mark = std::to_string(key);
      county.record_visit(key, pictures->signature + mark, {pictures->photo + mark});
    }
    ++recorded;
  }
  return town;
}

/// Of the one archive in the folder, of one copy.
std::int64_t pages_filed(const std::string& folder) {
  std::int64_t pages = 0;
  db::open_sqlite(folder + "/tanfang.db", {})->read([&](db::Session& session) {
    session.query("select pages from archives", {}, [&](const db::Row& row) { pages = row.integer(0); });
  });
  return pages;
}

void measure_month(Report& report, const Pictures* pictures) {
  Folder folder;
  std::string town = record_month(folder.path(), pictures);
  std::string zip = folder.file("month.zip");
  ProgramRun run = run_program({"--data", folder.path(), "--now", "2024-04-02T18:00", "print", "month", "--area", town,
                                "--month", "2024-03", "--reason", "月末归档", "--out", zip});
  constexpr int kCopies = 3;  // as the form's note says
  std::string with = pictures == nullptr ? "" : " with a signature and a photo on each record";
  auto pages = static_cast<double>(kCopies * pages_filed(folder.path()));
  report.note("its pages" + with, pages, "");
  report.note("a town's month filed" + with + ": records a second, three copies each", kRecords / run.seconds, "1/s");
  report.at_least("its pages a second" + with, pages / run.seconds, "1/s", 400);
  report.at_most("peak resident memory" + with, run.peak_megabytes, "MB", 100);
  report.note("the ZIP" + with, static_cast<double>(std::filesystem::file_size(zip)) / 1e6, "MB");
}

const Benchmark kPaper("paper", "filled record pages as PDF, and a town's month filed", [](Report& report) {
  Folder folder;
  Records records;
  measure_drawing(report, records);
  measure_peers(report, records, folder);
  measure_month(report, nullptr);
  Pictures pictures;
  report.note("bytes of a photo", static_cast<double>(pictures.photo.size()), "B");
  measure_month(report, &pictures);
});

}  // namespace
}  // namespace tanfang::bench
