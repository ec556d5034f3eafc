// What must hold of every form on paper, shipped or new.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "paper/paper_testing.h"
#include "platform/crypto/base64.h"

namespace tanfang::paper {
namespace {

using boost::json::object;

std::string raw_text(const std::string& pdf) { return poppler("pdftotext -raw @ -", pdf); }
TEST(Paper, IsReadInTheOrderOfTheAnnex) {
  EXPECT_TRUE(in_order(without_breaks(raw_text(pdf_of(*catalog().find("yicheng-2023/record"), State::empty))),
                       {"特殊困难老年人探访关爱服务记录表",
                        "年月日",
                        "一、探访对象基本情况",
                        "家庭住址",
                        "是否居住在户籍所在地",
                        "□是□否",
                        "被探访人姓名",
                        "联系电话",
                        "紧急联系人",
                        "联系电话",
                        "是否残疾",
                        "残疾人证号",
                        "是否独居、空巢",
                        "是否留守",
                        "是否失能",
                        "是否计划生育特殊家庭老年人",
                        "二、家庭基本情况",
                        "序号姓名性别公民身份号码与户主关系健康状况",
                        "户主",
                        "2",
                        "3",
                        "三、家庭生活条件",
                        "饮水是否安全",
                        "生活用电是否安全",
                        "住房是否安全",
                        "家庭每月收入（元）",
                        "四、已享受帮扶情况",
                        "□党政机关、群团组织□乡镇（街道）、村（居）民委员会□企业□社会组织□专业社会工作者□志愿者□其他",
                        "帮扶责任人",
                        "帮扶措施：",
                        "五、探访情况",
                        "次开展探访",
                        "探访方式",
                        "□电话问候□上门探访□互联网音（视）频探访□其他",
                        "家庭人口□无变化□增加__人□减少__人",
                        "表达能力□无变化□较好□较差",
                        "疾病状况□无变化□严重疾病名称：__□转好",
                        "燃气安全□安全□较安全□不安全",
                        "消防安全",
                        "个人卫生",
                        "家庭卫生",
                        "室内环境",
                        "老年人服务需求：",
                        "实施关爱服务建议：",
                        "探访人员（签字）",
                        "被探访人（签字）",
                        "信息录入人（签字）",
                        "年月日",
                        "六、关爱服务情况",
                        "次开展关爱",
                        "关爱服务情况：",
                        "服务人员签字（盖章）",
                        "年月日",
                        "老年人服务满意度评价：",
                        "备注：此表一式两份"}));
  EXPECT_TRUE(in_order(without_breaks(raw_text(pdf_of(*catalog().find("anshan-2020/visits"), State::empty))),
                       {"被巡访人基本情况", "姓名", "性别□男□女", "类别□留守□特困□独居□空巢□其他", "巡访人基本情况",
                        "巡访人员类别□村（居）干部□志愿者□邻里□亲属□其他", "巡访时间、内容及方式", "第一季度",
                        "具体巡访时间", "巡访方式□实地□电话", "健康状况表达能力行动能力疾病状况□正常□一般□较差",
                        "第二季度", "第三季度", "第四季度", "邻里关系"}));
  EXPECT_TRUE(in_order(
      without_breaks(raw_text(pdf_of(*catalog().find("luzhou-2023/registration"), State::empty))),
      {"建档日期：年月日", "□孤寡老年人□独居老年人□空巢老年人□留守老年人□失能老年人（包括中、重）",
       "□重残老年人（残疾证号：__）□计划生育特殊家庭老年人□重点对象□一般对象", "□能力完好□轻度失能□中度失能□重度失能",
       "□特困人员□低保、低保边缘", "是否经常探访", "户主", "5", "家庭每月领取养老保险、社会救助和社会福利补贴等情况",
       "有领取养老保险", "享受社会救助", "每月补贴金额"}));
}

TEST(Paper, WhoHasItReadAloudHearsItInOrder) {
  object answers = answers_of(*catalog().find("luzhou-2023/visit"), State::overfull);
  Sheet sheet = sheet_of(*catalog().find("luzhou-2023/visit"), answers, State::overfull);
  sheet.photos = {{"GIF89a", "2024-03-01 09:01"}};
  std::string pdf = print_pdf({sheet}, 1, {});
  std::string about = poppler("pdfinfo @ 2>&1", pdf);
  EXPECT_TRUE(in_order(without_breaks(about), {"Title:四川省特殊困难老年人探访关爱服务记录表", "Tagged:yes"})) << about;
  EXPECT_EQ(about.find("Error"), std::string::npos) << about;
  EXPECT_NE(pdf.find("/Lang (zh-CN)"), std::string::npos);
  EXPECT_NE(pdf.find("/DisplayDocTitle true"), std::string::npos);
  std::string heard = heard_from(pdf);
  EXPECT_TRUE(
      in_order(heard, {"Document", "H1(block)\"四川省特殊困难老年人探访关爱服务记录表\"", "Table(block)",
                       "P(block)\"第1页共4页\"", "H1(block)\"四川省特殊困难老年人探访关爱服务记录表（续页）\"",
                       "P(block)\"姓名：欧阳𠮷䶮\"", "H1(block)\"四川省特殊困难老年人探访关爱服务记录表（照片）\"",
                       "TD\"照片未能打印", "TD\"2024-03-0109:01\"", "P(block)\"第4页共4页\""}))
      << heard;
  // What poppler tells of an element ends at a ticked box, so the boxes are heard on an empty form.
  heard = heard_from(pdf_of(*catalog().find("luzhou-2023/visit"), State::empty));
  EXPECT_TRUE(in_order(heard, {"TRTH\"健康状况\"TH\"表达能力\"TD\"□无变化□较好□较差\"TRTH\"行动能力\"",
                               "TRTH\"精神状态\"TH\"情绪状态\"TD\"□无变化□较好□较差\"",
                               "TRTH\"居住环境\"TH\"室内环境\"", "TRTD\"关爱服务情况："}))
      << heard;
}

TEST(Paper, ANewSchemesFormNeedsNothingBesideIt) {
  forms::Form form;
  form.id = "somewhere-2030/visit";
  form.title = {"某县探访表", "Visits"};
  forms::Section section;
  section.title = {"情况", "Findings"};
  forms::Field field;
  field.code = "mood";
  field.label = {"情绪", "Mood"};
  field.kind = forms::FieldKind::choice;
  field.options.resize(1);
  field.options[0].code = "good";
  field.options[0].label = {"好", "Good"};
  section.fields = {field};
  form.sections = {section};
  object answers{{"mood", "good"}};
  EXPECT_EQ(without_breaks(raw_text(pdf_of(form, State::empty))), "某县探访表情况情绪□好第1页共1页");
  EXPECT_EQ(without_breaks(raw_text(print_pdf({sheet_of(form, answers, State::typical)}, 1, {}))),
            "某县探访表情况情绪☑好第1页共1页");
}

TEST(Paper, NothingOfALongAnswerIsCut) {
  for (const char* id : {"luzhou-2023/visit", "linzi-2022/collection", "yicheng-2023/record"}) {
    object answers = answers_of(*catalog().find(id), State::overfull);
    std::string text = raw_text(print_pdf({sheet_of(*catalog().find(id), answers, State::overfull)}, 1, {}));
    std::string code = std::string(id) == "linzi-2022/collection" ? "notes" : "care_suggested";
    std::string given(answers.at(code).as_string());
    std::string printed = replaced(without_breaks(text), "（下转续页）", "");
    EXPECT_NE(text.find("（续页）"), std::string::npos) << id;
    std::size_t head = printed.find(given.substr(0, 60));
    ASSERT_NE(head, std::string::npos) << id;
    EXPECT_NE(printed.find(given.substr(given.size() - 300)), std::string::npos) << id;
  }
}

TEST(Paper, TwentyOfAHouseholdStandInTheTable) {
  std::string text = raw_text(pdf_of(*catalog().find("luzhou-2023/registration"), State::overfull));
  std::size_t rows = 0;
  for (std::size_t at = 0; (at = text.find("51052119410203001X", at)) != std::string::npos; ++at) ++rows;
  EXPECT_EQ(rows, 20);
}

TEST(Paper, TwentyOfAHouseholdStandInTheRecordEachOnce) {
  const forms::Form& form = *catalog().find("national-2022/record");
  object answers = answers_of(form, State::overfull);
  std::vector<std::string> rows;
  boost::json::array& household = answers.at("household").as_array();
  ASSERT_EQ(household.size(), 20u);
  for (std::size_t i = 0; i < household.size(); ++i) {
    std::string number = std::to_string(101 + i);
    object& row = household[i].as_object();
    row["name"] = "王家" + number;
    row["citizen_number"] = "510521194103020" + number;
    row["relation"] = "亲" + number;
    row["health"] = "病" + number;
    std::string ordinal = i == 0 ? "户主" : std::to_string(i + 1);
    rows.push_back(ordinal + "王家" + number);
    for (const char* code : {"citizen_number", "relation", "health"}) rows.emplace_back(row.at(code).as_string());
  }
  std::string text = without_breaks(raw_text(print_pdf({sheet_of(form, answers, State::overfull)}, 1, {})));
  EXPECT_TRUE(in_order(text, rows)) << text;
  for (const std::string& cell : rows) {
    EXPECT_EQ(text.find(cell, text.find(cell) + 1), std::string::npos) << cell << " stands there twice";
  }
  EXPECT_TRUE(in_order(text, {"序号姓名性别", "户主王家101", "第1页共7页", "序号姓名性别", "20王家120", "第2页共7页",
                              "第5页共7页", "（续页）", "第6页共7页", "第7页共7页"}))
      << "the table goes on under its headings; the continuation sheets are numbered with the rest: " << text;
}

TEST(Paper, NoHeadingStandsAloneAtTheFootOfAPage) {
  for (const forms::Form* form : catalog().all()) {
    std::vector<std::string> headings{"（续）"};
    for (const forms::Section& section : form->sections) headings.push_back(section.title.zh);
    for (const forms::Block& block : form->blocks) headings.push_back(block.title.zh);
    // Texts of many lengths end at many places of a page.
    for (int length : {250, 450, 650, 850}) {
      object answers = answers_of(*form, State::overfull);
      for (auto& [code, answer] : answers) {
        const forms::Field* field = form->find(code);
        bool is_long = field != nullptr && field->max_length >= length && answer.is_string();
        if (is_long) answer = long_text(length);
      }
      std::string text = without_breaks(raw_text(print_pdf({sheet_of(*form, answers, State::overfull)}, 1, {})));
      for (const std::string& heading : headings) {
        std::string at_foot = heading + without_breaks(form->cite) + "第";
        if (heading.empty()) continue;
        EXPECT_EQ(text.find(at_foot), std::string::npos) << form->id << " " << at_foot;
      }
    }
  }
}

TEST(Paper, RareCharactersAndLatinNamesAreKept) {
  object answers{{"name", "𠮷䶮·Nguyễn Văn Ái"}};
  std::string text =
      raw_text(print_pdf({sheet_of(*catalog().find("linzi-2022/visit"), answers, State::typical)}, 1, {}));
  EXPECT_NE(without_breaks(text).find("𠮷䶮·NguyễnVănÁi"), std::string::npos) << text;
}

TEST(Paper, AnOptionWithoutABoxTicksItsOwn) {
  const forms::Form& form = *catalog().find("luzhou-2023/visit");
  object answers{{"visit_method", "encounter"}};
  std::string text = without_breaks(raw_text(print_pdf({sheet_of(form, answers, State::typical)}, 1, {})));
  EXPECT_NE(text.find("□互联网音（视）频探访☑其他（路遇）"), std::string::npos) << text;
  const forms::Form& registration = *catalog().find("luzhou-2023/registration");
  object mild{{"kinds", boost::json::array{"impaired"}}, {"ability", "complete"}};
  Sheet sheet = sheet_of(registration, mild, State::typical);
  sheet.filling.context.facts["ability"] = {"mild"};
  text = without_breaks(raw_text(print_pdf({sheet}, 1, {})));
  EXPECT_NE(text.find("□失能老年人（包括中、重）"), std::string::npos);
  EXPECT_NE(text.find("☑重度失能"), std::string::npos);
}

TEST(Paper, ACapturedSignatureStandsOnItsLine) {
  const char* png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  object answers{{"visit_method", "home"}};
  Sheet sheet = sheet_of(*catalog().find("luzhou-2023/visit"), answers, State::typical);
  auto pictures = [&] {  // two lines of heading, the code, and what is signed
    std::string list = poppler("pdfimages -list @", print_pdf({sheet}, 1, {}));
    return std::count(list.begin(), list.end(), '\n') - 2;
  };
  EXPECT_EQ(pictures(), 1);
  sheet.filling.signatures["person_signature"] = crypto::from_base64(png).value();
  EXPECT_GT(pictures(), 1);
  sheet.filling.signatures["person_signature"] = "no picture";
  EXPECT_EQ(pictures(), 1);
}

const char* const kJpeg =
    "/9j/4AAQSkZJRgABAQEAAgACAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H///"
    "/6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAW"
    "ABEDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhBy"
    "JxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT"
    "lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAA"
    "AAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRom"
    "JygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExc"
    "bHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDVkuIYm2ySohxnDMBSLd27MFWeIknAAcc1LRQAUUUUARyLMWzH"
    "IijHRkJ/qKRVuAw3SxEZ5AjI/wDZqKKAJaKKKAP/2Q==";

/// How many pictures of the kind stand in the PDF.
long pictures_in(const std::string& pdf, const std::string& kind) {
  std::string list = poppler("pdfimages -list @", pdf);
  long found = 0;
  for (std::size_t at = 0; (at = list.find(kind, at)) != std::string::npos; ++at) ++found;
  return found;
}

TEST(Paper, ASignatureMayBeAJpeg) {
  object answers{{"visit_method", "home"}};
  Sheet sheet = sheet_of(*catalog().find("luzhou-2023/visit"), answers, State::typical);
  sheet.filling.signatures["person_signature"] = crypto::from_base64(kJpeg).value();
  EXPECT_EQ(pictures_in(print_pdf({sheet}, 1, {}), "jpeg"), 1);
}

TEST(Paper, PhotosStandFourAPageWithTimeAndPlace) {
  object answers{{"visit_method", "home"}};
  Sheet sheet = sheet_of(*catalog().find("luzhou-2023/visit"), answers, State::typical);
  std::string jpeg = crypto::from_base64(kJpeg).value();
  for (int i = 1; i <= 5; ++i)
    sheet.photos.push_back({jpeg, "2024-03-01 09:0" + std::to_string(i) + "　位置误差约 12 米"});
  std::string pdf = print_pdf({sheet}, 1, {});
  EXPECT_EQ(pictures_in(pdf, "jpeg"), 5);
  std::string text = without_breaks(raw_text(pdf));
  EXPECT_TRUE(in_order(text, {"第1页共3页", "（照片）", "2024-03-0109:01", "2024-03-0109:04", "第2页共3页", "（照片）",
                              "2024-03-0109:05", "位置误差约12米", "第3页共3页"}))
      << text;
}

TEST(Paper, APhotoThatCannotBeDrawnSaysWhy) {
  object answers{{"visit_method", "home"}};
  Sheet sheet = sheet_of(*catalog().find("luzhou-2023/visit"), answers, State::typical);
  std::string jpeg = crypto::from_base64(kJpeg).value();
  sheet.photos = {{"GIF89a", "一"}, {jpeg.substr(0, 400), "二"}, {jpeg.substr(0, jpeg.size() - 2), "三"}};
  std::string pdf = print_pdf({sheet}, 1, {});
  EXPECT_EQ(pictures_in(pdf, "jpeg"), 0);
  std::string text = without_breaks(raw_text(pdf));
  EXPECT_TRUE(in_order(text, {"不是可打印的照片格式", "一", "照片文件已损坏", "二", "照片文件已损坏", "三"})) << text;
}

TEST(Paper, AVolumeNumbersItsPages) {
  std::string bytes;
  pdf::Document document([&](std::string_view part) { bytes += part; }, pdf::Properties{});
  std::vector<Sheet> sheets{sheet_of(*catalog().find("luzhou-2023/registration"), {}, State::empty)};
  EXPECT_EQ(print(document, sheets, Copy{2, 3, 7, 41}), 2);
  document.finish();
  EXPECT_TRUE(in_order(without_breaks(raw_text(bytes)),
                       {"第1页共2页", "第2份共3份第7册第41页", "第2页共2页", "第2份共3份第7册第42页"}));
}

TEST(Paper, CopiesAndPagesAreNumbered) {
  std::string text = raw_text(pdf_of(*catalog().find("luzhou-2023/registration"), State::empty, 3));
  EXPECT_TRUE(in_order(text, {"第1页共2页", "第1份共3份", "第2页共2页", "第1页共2页", "第2份共3份", "第3份共3份"}));
}

TEST(Paper, FacesAreSubsetsInside) {
  std::string fonts = poppler("pdffonts @", pdf_of(*catalog().find("luzhou-2023/visit"), State::typical));
  EXPECT_NE(fonts.find("NotoSerifCJKsc-Regular"), std::string::npos) << fonts;
  EXPECT_EQ(fonts.find(" no "), std::string::npos) << fonts;
}

TEST(PageCode, NamesFormPersonAndRecordOnly) {
  PageCode code{"luzhou-2023/visit", 1, "0A1B2C3D4E5F6", "0000000000001", 2};
  EXPECT_EQ(code_text(code), "TF1|luzhou-2023/visit|1|0A1B2C3D4E5F6|0000000000001|2");
  auto read = read_code(code_text(code));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->form, code.form);
  EXPECT_EQ(read->record, code.record);
  EXPECT_EQ(read->page, 2);
  EXPECT_TRUE(read_code("TF1|luzhou-2023/visit|1|||1"));
  for (const char* text : {"", "TF1", "TF2|a/b|1|||1", "TF1|ab|1|||1", "TF1|a/b|0|||1", "TF1|a/b|1|x y||1",
                           "TF1|a/b|1|||999999", "https://example.org/"}) {
    EXPECT_FALSE(read_code(text)) << text;
  }
  EXPECT_FALSE(read_code(std::string_view("TF1|a/\0b|1|||1", 15)));
  EXPECT_FALSE(read_code("TF1|a/\xff|1|||1"));
}

TEST(PaperLayout, TheShippedOnesHaveNoMistakes) {
  for (const char* scheme : {"national-2022", "linzi-2022", "anshan-2020", "yicheng-2023", "luzhou-2023"}) {
    for (const forms::LintMessage& message : lint(kSchemes + "/" + scheme, catalog())) {
      ADD_FAILURE() << message.file << ":" << message.line << " " << message.message.en;
    }
  }
}

TEST(PaperLayout, EachMistakeIsNamedWithItsLine) {
  struct Case {
    const char* text;
    int line;
    const char* said;
  };
  const Case kCases[] = {{"row = 900", 1, "row is out of range"},
                         {"\nheight = 3", 2, "there is no key height"},
                         {"title = \"另一张表\"", 1, "title must be the form's but for line breaks"},
                         {"columns = [1, 2]", 1, "columns must be as many as the form's grid_columns"},
                         {"size = \"big\"", 1, "size is out of range"},
                         {"[field.nobody]\nlines = 2", 1, "the form has no field nobody"},
                         {"[field.notes]\nalso = [\"nobody\"]", 2, "there is no field nobody"},
                         {"[section.nowhere]\nshown = false", 1, "the form has no section nowhere"},
                         {"[block.nowhere]\npage_before = true", 1, "the form has no block nowhere"},
                         {"[[line]]\ntext = \"{nobody}\"", 2, "there is no field nobody"},
                         {"[[line]]\ntext = \"\"\nalign = \"up\"", 1, "align must be left, center or right"},
                         {"[section.place]\nshown = false", 1, "field town stands in no cell and no line"},
                         {"size = ", 1, "malformed TOML"}};
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("paper-" + std::to_string(::getpid()));
  std::filesystem::path scheme = folder / "linzi-2022";
  std::filesystem::create_directories(scheme / "paper");
  for (const Case& one : kCases) {
    std::ofstream(scheme / "paper" / "collection.toml") << one.text;
    auto messages = lint(scheme.string(), catalog());
    ASSERT_FALSE(messages.empty()) << one.text;
    EXPECT_EQ(messages[0].line, one.line) << one.text;
    EXPECT_EQ(messages[0].message.en.substr(0, std::string(one.said).size()), one.said);
  }
  try {
    load_layouts({folder.string()}, catalog());
    ADD_FAILURE() << "a malformed layout was read";
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "paper.invalid");
  }
  std::filesystem::rename(scheme / "paper" / "collection.toml", scheme / "paper" / "nothing.toml");
  EXPECT_EQ(lint(scheme.string(), catalog())[0].message.en,
            "there is no form linzi-2022/nothing: name the file as the form");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tanfang::paper
