// Every form, empty, typical and overfull, against what it was when somebody looked at it. Written anew where
// TANFANG_WRITE_GOLDEN is set: look at the difference before keeping it.
#include <gtest/gtest.h>
#include <unistd.h>

#include "paper/paper_testing.h"

namespace tanfang::paper {
namespace {

const std::string kGolden = TANFANG_SOURCE_DIR "/src/paper/golden/";

std::string golden_name(const std::string& id, const char* state) {
  return replaced(id, "/", "-") + "-" + state + ".txt";
}

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(PaperGolden, EveryFormReadsAsItDid) {
  bool write = std::getenv("TANFANG_WRITE_GOLDEN") != nullptr;
  const char* folder = std::getenv("TANFANG_WRITE_GOLDEN");
  for (const forms::Form* form : catalog().all()) {
    for (auto [state, name] :
         {std::pair{State::empty, "empty"}, {State::typical, "typical"}, {State::overfull, "overfull"}}) {
      std::string pdf = pdf_of(*form, state);
      std::string text = poppler("pdftotext -layout @ -", pdf);
      std::string path = kGolden + golden_name(form->id, name);
      if (write) {
        std::ofstream(path, std::ios::binary) << text;
        std::ofstream(std::string(folder) + "/" + golden_name(form->id, name) + ".pdf", std::ios::binary) << pdf;
      } else {
        EXPECT_EQ(text, read(path)) << path;
      }
    }
  }
}

}  // namespace
}  // namespace tanfang::paper
