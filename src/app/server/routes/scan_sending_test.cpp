// Files of scans: sent once, again or halfway, kept in pieces, read, and gone when nobody needs them.
#include "app/server/routes/test_paper.h"
#include "scans/scans.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class ScanSendingTest : public PaperServerTest {};
TANFANG_ON_EACH_ENGINE(ScanSendingTest);

TEST_P(ScanSendingTest, TheSameFileTwiceIsOneBatch) {
  Client office = as(Role::town_office, kTown);
  std::string pdf = printed_for(key_);
  http::Answer first = send(office, pdf);
  http::Answer second = send(office, pdf, "", "另一个名字.pdf");
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(second.status, 200) << second.body;
  EXPECT_EQ(json_of(first).at("id"), json_of(second).at("id"));
  read();
  std::size_t waiting = count_in(office, "waiting");
  read();
  EXPECT_EQ(send(office, pdf).status, 200);
  read();
  EXPECT_EQ(count_in(office, "waiting"), waiting);
}

TEST_P(ScanSendingTest, NothingOfAFileIsEncryptedWithinTheTransaction) {
  Service& service = serving_->service();
  std::string content = "%PDF-1.7\n";
  for (int i = 0; content.size() < (5u << 19); ++i) content += std::to_string(i);
  auto file = http::File::temporary(service.upload_folder());
  file->write(content);
  scans::Sealing sealing{service.keys(), service.ids(), clock_.now(), service.upload_folder()};
  scans::Prepared prepared =
      scans::prepare_batch(sealing, scans::look_at_file(kTown, "C:\\表\\扫描.pdf", *file), *file);
  file.reset();
  crypto::KeyRing newer = crypto::KeyRing::parse(service.keys().text());
  newer.add_field_key();     // which whatever were encrypted from here on would show
  std::int64_t longest = 0;  // bytes of the file in one transaction
  auto write = [&](const std::function<void(audit::Work&)>& use_case) {
    auto kept = [&] { return rows_of("select cast(coalesce(sum(length(content)), 0) as bigint) from scan_parts"); };
    std::int64_t before = kept();
    service.database().write([&](db::Session& session) {
      audit::Work work(session, clock_.now(), service.ids(), "command:test", newer);
      use_case(work);
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
    longest = std::max(longest, kept() - before);
    bool whole = kept() > 0 && kept() == before;
    EXPECT_EQ(rows_of("select count(*) from scan_batches where reading = 1"), whole) << "nobody reads half of a file";
  };
  EXPECT_TRUE(scans::add_batch(write, prepared).fresh);
  EXPECT_GT(longest, 0);
  EXPECT_LE(longest, static_cast<std::int64_t>(scans::kMostAtOnce) + 100) << "so long the writer is held";
  auto cipher = service.keys().field_cipher();
  std::string stored;
  service.database().read([&](db::Session& session) {
    session.query("select id, content from scan_parts order by part", {}, [&](const db::Row& row) {
      EXPECT_EQ(cipher->key_of(row.bytes(1)), service.keys().current_field_key());
      stored += cipher->decrypt(row.bytes(1), "scan_parts.content:" + format_id(row.id(0)));
    });
  });
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 3);
  EXPECT_TRUE(stored == content);
  EXPECT_EQ(json_of(get(as(Role::town_office, kTown), "/scans")).at("batches").at(0).at("name"), "扫描.pdf");
}

TEST_P(ScanSendingTest, AFileThatIsKnownIsNeitherEncryptedNorWritten) {
  Client office = as(Role::town_office, kTown);
  std::string paper = printed_for(key_);
  std::string batch = id_of(json_of(send(office, paper)));
  auto again = [&] {
    Service& service = serving_->service();
    auto file = http::File::temporary(service.upload_folder());
    file->write(paper);
    scans::Sealing sealing{service.keys(), service.ids(), clock_.now(), "/no/such/folder"};
    auto write = [](const std::function<void(audit::Work&)>&) { ADD_FAILURE() << "a transaction"; };
    return scans::take_file(service.database(), write, sealing, kTown, "扫描.pdf", *file);
  };
  EXPECT_EQ(format_id(again().batch), batch) << "while it is read";
  read();
  EXPECT_FALSE(again().fresh);
  http::Answer known = send(as(Role::county_bureau, kCounty), paper, kTown);
  EXPECT_EQ(known.status, 200);
  EXPECT_EQ(id_of(json_of(known)), batch) << "by another account of the area";
  EXPECT_EQ(rows_of("select count(*) from scan_batches"), 1);
}

TEST_P(ScanSendingTest, WhatWasHalfSentIsCompletedOrGoes) {
  Service& service = serving_->service();
  auto file = http::File::temporary(service.upload_folder());
  std::string content = "%PDF-1.7\n" + std::string(5u << 19, 'x');
  file->write(content);
  auto send_pieces = [&](int most) {
    scans::Sealing sealing{service.keys(), service.ids(), clock_.now(), service.upload_folder()};
    auto transaction = [&, done = 0](const std::function<void(audit::Work&)>& use_case) mutable {
      if (++done > most) throw Failure("the process ends");
      write(use_case);
    };
    return scans::take_file(service.database(), transaction, sealing, kTown, "扫描.pdf", *file);
  };
  EXPECT_THROW(send_pieces(3), Failure);
  Client office = as(Role::town_office, kTown);
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 2);
  EXPECT_TRUE(json_of(get(office, "/scans")).at("batches").as_array().empty());
  read();
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 2) << "it may still come";
  EXPECT_TRUE(send_pieces(100).fresh);
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 3);
  EXPECT_EQ(json_of(get(office, "/scans")).at("batches").as_array().size(), 1u);
  read();
  EXPECT_EQ(page_in(office, "unclear").at("why"), "file");
  content += "y";
  file->write("y");
  EXPECT_THROW(send_pieces(3), Failure);
  serving_->service().jobs().run_now("purge_scans", kCounty);
  EXPECT_EQ(rows_of("select count(*) from scan_batches"), 2) << "not yet";
  clock_.set({clock_.now().milliseconds + 2 * identity::kDay});
  serving_->service().jobs().run_now("purge_scans", kCounty);
  EXPECT_EQ(rows_of("select count(*) from scan_batches"), 1);
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 3) << "those of the file that could not be opened";
}

TEST_P(ScanSendingTest, WhatIsSentAgainIsWholeWhereAPersonInItIsErasedMeanwhile) {
  Service& service = serving_->service();
  auto file = http::File::temporary(service.upload_folder());
  file->write("%PDF-1.7\n" + std::string(5u << 19, 'x'));
  auto send_it = [&](int erase_at) {
    scans::Sealing sealing{service.keys(), service.ids(), clock_.now(), service.upload_folder()};
    auto transaction = [&, done = 0](const std::function<void(audit::Work&)>& use_case) mutable {
      if (++done == erase_at) write([&](audit::Work& work) { scans::erase_person(work, key_); });
      write(use_case);
    };
    return scans::take_file(service.database(), transaction, sealing, kTown, "扫描.pdf", *file);
  };
  ASSERT_TRUE(send_it(0).fresh);
  read();
  change("update scan_pages set person = $1", {key_.id});
  EXPECT_TRUE(send_it(4).fresh) << "two of its three pieces had come";
  EXPECT_EQ(rows_of("select count(*) from scan_pages"), 0);
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 3);
  EXPECT_EQ(rows_of("select count(*) from scan_batches where reading = 1 and arriving = 0"), 1);
}

TEST_P(ScanSendingTest, WhatWasSetAsideGoesAfterTheDaysThatAreSet) {
  settings_.jobs.attachment_days = 30;
  serving_.reset();
  start();
  Client office = as(Role::town_office, kTown);
  std::string paper = printed({}, {});
  ASSERT_EQ(send(office, paper).status, 201);
  ASSERT_EQ(send(office, again(paper)).status, 201);
  ASSERT_EQ(send(office, "%PDF-1.7\nnothing behind").status, 201);
  read();
  js::array pages = json_of(get(office, "/scan-pages?state=unclear")).at("pages").as_array();
  ASSERT_EQ(pages.size(), 3u);
  for (std::size_t i = 1; i < 3; ++i) {
    std::string path = "/scan-pages/" + id_of(pages[i].as_object());
    ASSERT_EQ(post(office, path + "/set-aside", js::object{{"reason", "空白表"}}).status, 200);
  }
  auto purge = [&](int days) {
    clock_.set({clock_.now().milliseconds + days * identity::kDay});
    serving_->service().jobs().run_now(jobs::kReadScans, "");
    serving_->service().jobs().run_now("purge_scans", kCounty);
    return rows_of("select count(*) from scan_pages");
  };
  EXPECT_EQ(purge(29), 3);
  EXPECT_EQ(purge(2), 1) << "what waits for somebody stays";
  EXPECT_EQ(rows_of("select count(*) from scan_batches"), 1);
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 0);
  EXPECT_EQ(rows_of("select count(*) from audit_unsealed where kind = 'scan_page_erased'"), 2);
}

/// Whoever set it aside then was told that it stays.
TEST_P(ScanSendingTest, WhatWasSetAsideBeforeAnythingWasDeletedHasAllItsDaysFromThen) {
  settings_.jobs.attachment_days = 30;
  serving_.reset();
  start();
  Client office = as(Role::town_office, kTown);
  ASSERT_EQ(send(office, printed({}, {})).status, 201);
  read();
  std::string path = "/scan-pages/" + id_of(page_in(office, "unclear"));
  ASSERT_EQ(post(office, path + "/set-aside", js::object{{"reason", "空白表"}}).status, 200);
  change("update scan_pages set aside_at = null");  // as the version before left it
  auto purge = [&](int days) {
    clock_.set({clock_.now().milliseconds + days * identity::kDay});
    serving_->service().jobs().run_now("purge_scans", kCounty);
    return rows_of("select count(*) from scan_pages");
  };
  EXPECT_EQ(purge(400), 1) << "the first night";
  EXPECT_EQ(purge(29), 1);
  EXPECT_EQ(purge(2), 0);
}

TEST_P(ScanSendingTest, AFileSentAgainIsReadAgainWhereItCouldNotBe) {
  Client office = as(Role::town_office, kTown);
  const std::string broken = "%PDF-1.7\nnothing behind";
  std::string batch = id_of(json_of(send(office, broken)));
  read();
  EXPECT_EQ(page_in(office, "unclear").at("why"), "file");
  ASSERT_EQ(
      post(office, "/scan-pages/" + id_of(page_in(office, "unclear")) + "/set-aside", js::object{{"reason", "打不开"}})
          .status,
      200);
  read();
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 0);
  http::Answer again = send(office, broken);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(id_of(json_of(again)), batch);
  read();
  EXPECT_EQ(count_in(office, "unclear"), 1u);
  EXPECT_EQ(count_in(office, "set_aside"), 0u);
}

TEST_P(ScanSendingTest, AFileSentAgainBringsBackThePageThatIsGone) {
  Client office = as(Role::town_office, kTown);
  paper::Sheet sheet;
  sheet.form = serving_->service().rooms().forms.find(kPaperForm);
  sheet.layout = &layouts_.of(kPaperForm);
  std::string pile = paper::print_pdf(std::vector<paper::Sheet>(3, sheet), 1, clock_.now());
  std::string batch = id_of(json_of(send(office, pile)));
  read();
  ASSERT_EQ(rows_of("select count(*) from scan_pages"), 3);
  EXPECT_EQ(send(office, pile).status, 200) << "all of it is there";
  std::int64_t kept = rows_of("select cast(sum(id % 1000003) as bigint) from scan_pages where number <> 2");
  change("delete from scan_pages where number = 2");
  http::Answer again = send(office, pile);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(id_of(json_of(again)), batch);
  read();
  EXPECT_EQ(rows_of("select count(*) from scan_pages"), 3);
  EXPECT_EQ(rows_of("select cast(sum(id % 1000003) as bigint) from scan_pages where number <> 2"), kept) << "the others stay";
  EXPECT_EQ(rows_of("select count(*) from scan_parts"), 0);
  change("delete from scan_pages");
  EXPECT_EQ(send(office, pile).status, 201);
  read();
  EXPECT_EQ(rows_of("select count(*) from scan_pages"), 3);
  EXPECT_EQ(send(office, pile).status, 200);
}

TEST_P(ScanSendingTest, APageThatEndedTheProcessThriceIsLeftToPeople) {
  Client office = as(Role::town_office, kTown);
  ASSERT_EQ(send(office, printed_for(key_)).status, 201);
  change("update scan_batches set attempts = 3, pages = 1");
  read();
  EXPECT_EQ(page_in(office, "unclear").at("why"), "undrawn");
  EXPECT_EQ(rows_of("select attempts from scan_batches"), 0);
  EXPECT_EQ(send(office, printed_for(key_)).status, 201) << "sent again it gets another try";
  read();
  EXPECT_EQ(count_in(office, "waiting"), 1u);
}

TEST_P(ScanSendingTest, APileDoesNotKeepASinglePageWaiting) {
  Client office = as(Role::town_office, kTown);
  paper::Sheet sheet;
  sheet.form = serving_->service().rooms().forms.find(kPaperForm);
  sheet.layout = &layouts_.of(kPaperForm);
  std::vector<paper::Sheet> pile(7, sheet);
  ASSERT_EQ(send(office, paper::print_pdf(pile, 1, clock_.now())).status, 201);
  ASSERT_EQ(send(office, printed_for(key_)).status, 201);
  int pages = 0;
  scans::Reading reading{serving_->service().database(), serving_->service().keys(),
                         [&](const std::function<void(audit::Work&)>& use_case) { write(use_case); },
                         [&] {
                           if (++pages > 6) throw std::logic_error("the process ends");
                         }};
  EXPECT_THROW(scans::read_waiting(reading), std::logic_error);
  EXPECT_EQ(count_in(office, "waiting"), 1u);
  read();
  EXPECT_EQ(count_in(office, "unclear"), 7u);
  EXPECT_EQ(json_of(get(office, "/scans/counts")).at("reading"), 0);
}

TEST_P(ScanSendingTest, AFileThatFailsDoesNotHoldUpTheOthers) {
  Client office = as(Role::town_office, kTown);
  ASSERT_EQ(send(office, printed_for(key_)).status, 201);
  change("update scan_parts set content = $1", {db::Bytes{"x"}});
  ASSERT_EQ(send(office, printed_for(key_), kVillage).status, 201);
  read();
  EXPECT_EQ(count_in(office, "waiting"), 1u);
  EXPECT_EQ(json_of(get(office, "/scans/counts")).at("reading"), 1) << "it is tried again";
}

}  // namespace
}  // namespace tanfang::app::server
