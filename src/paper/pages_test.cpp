// Where texts stand in their cells.
#include "paper/pages.h"

#include <gtest/gtest.h>

#include "paper/paper_testing.h"

namespace tanfang::paper {
namespace {

using boost::json::object;

TEST(PaperPages, NoTextLeavesItsCell) {
  for (const forms::Form* form : catalog().all()) {
    for (State state : {State::empty, State::typical, State::overfull}) {
      object answers = answers_of(*form, state);
      Sheet sheet = sheet_of(*form, answers, state);
      std::size_t number = 0;
      for (const Page& page : make_pages(sheet)) {
        ++number;
        for (const PageCell& cell : page.cells) {
          for (const Placed& text : cell.texts) {
            EXPECT_LE(text.text.width(), cell.box.width) << form->id << " page " << number << " row " << cell.row;
            EXPECT_LE(text.text.height(), cell.box.height + 1) << form->id << " page " << number << " row " << cell.row;
          }
        }
      }
    }
  }
}

TEST(PaperPages, WhatIsWrittenIntoALongOptionFlowsToTheNextLine) {
  object answers{{"disease", "severe"}, {"disease_name", long_text(100)}};
  Sheet sheet = sheet_of(*catalog().find("national-2022/record"), answers, State::typical);
  std::string text = without_breaks(poppler("pdftotext -raw @ -", print_pdf({sheet}, 1, {})));
  EXPECT_NE(text.find("严重疾病名称：" + long_text(100)), std::string::npos) << text;
}

}  // namespace
}  // namespace tanfang::paper
