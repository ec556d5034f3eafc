// Offices that send paper over HTTP, for the tests of what becomes of it.
#pragma once

#include "app/jobs/scan_reading.h"
#include "app/server/test_server.h"
#include "paper/paper.h"
#include "platform/pictures/pictures.h"
#include "platform/pictures/test_camera.h"

namespace tanfang::app::server {

inline const std::string kPaperForm = "luzhou-2023/visit";

class PaperServerTest : public ServerTest {
 protected:
  http::Answer send(const Client& client, const std::string& content, const std::string& area = "",
                    const std::string& name = "扫描.pdf") {
    std::string part = "--edge\r\nContent-Disposition: form-data; name=\"";
    std::string body;
    if (!area.empty()) body += part + "area\"\r\n\r\n" + area + "\r\n";
    body += part + "file\"; filename=\"" + name + "\"\r\n\r\n" + content + "\r\n--edge--\r\n";
    http::TestClient wire(serving_->port());
    return wire.ask(
        "POST " + std::string(kRoot) + "/scans HTTP/1.1\r\nHost: h\r\nConnection: close\r\nCookie: " + client.cookie +
        "\r\nX-CSRF-Token: " + client.csrf +
        "\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n" + body);
  }
  /// As the desk does it: what settles a page names the page that was seen.
  http::Answer post(const Client& client, const std::string& path, const js::value& body,
                    const std::string& more = "") {
    bool settles = path.starts_with("/scan-pages/") && !path.ends_with("/visit") && more.empty();
    std::string seen = settles ? get(client, path.substr(0, path.rfind('/'))).value("etag") : "";
    return ServerTest::post(client, path, body, seen.empty() ? more : "If-Match: " + seen + "\r\n");
  }
  /// As the job does it.
  void read() { serving_->service().jobs().run_now(jobs::kReadScans, ""); }

  /// The form as offices print it, naming a person, a record, both or nobody.
  std::string printed(Id person, Id record) {
    paper::Sheet sheet;
    sheet.form = serving_->service().rooms().forms.find(kPaperForm);
    sheet.layout = &layouts_.of(kPaperForm);
    if (person.value != 0) sheet.filling.person = format_id(person);
    if (record.value != 0) sheet.filling.record = format_id(record);
    return paper::print_pdf({sheet}, 1, clock_.now());
  }
  std::string printed_for(const registry::PersonKey& person) { return printed(person.id, {}); }
  /// The same paper in a file of its own.
  static std::string again(const std::string& pdf) { return pdf + "\n% again\n"; }
  std::string printed_record(const std::string& visit) { return printed({}, *parse_id(visit)); }
  std::string recorded(const Client& office, const registry::PersonKey& person, const std::string& key) {
    http::Answer answer = post(office, "/visits", visit(key, format_id(person.id), "2025-06-10"));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("id").as_string());
  }
  /// The only page, or the first, in a state.
  js::object page_in(const Client& client, const std::string& state) {
    js::array pages = json_of(get(client, "/scan-pages?state=" + state)).at("pages").as_array();
    return pages.empty() ? js::object() : pages.front().as_object();
  }
  std::size_t count_in(const Client& client, const std::string& state) {
    return json_of(get(client, "/scan-pages?state=" + state)).at("pages").as_array().size();
  }
  static std::string text_of(const js::value& value) { return value.is_string() ? value.as_string().c_str() : ""; }
  static std::string id_of(const js::object& page) { return text_of(page.at("id")); }
  void change(const std::string& sql, const std::vector<db::Parameter>& values = {}) {
    serving_->service().database().write([&](db::Session& session) { session.execute(sql, values); });
  }
  std::int64_t rows_of(const std::string& sql) {
    std::int64_t count = 0;
    serving_->service().database().read([&](db::Session& session) {
      count = session.first(sql, {}, [](const db::Row& row) { return row.integer(0); }).value();
    });
    return count;
  }

  /// The first page of a PDF as a scanner or a phone sees it.
  static std::string seen(const std::string& pdf, const pictures::Shot& shot) {
    pictures::MemoryFile file;
    file.write(pdf);
    auto page = pictures::read_pdf_page(file, 1, "TF1|");
    return pictures::photograph(pictures::decode(page.value().jpeg).value(), shot);
  }
  static pictures::Shot phone() {
    pictures::Shot shot;
    shot.width = 1512;
    shot.height = 2016;
    shot.scale = 0.9;
    shot.degrees = -4;
    shot.tilt = 0.12;
    shot.noise = 5;
    shot.quality = 60;
    return shot;
  }

  paper::Layouts layouts_{[] {
    forms::Catalog catalog = forms::load_catalog({TANFANG_SOURCE_DIR "/schemes"});
    return paper::load_layouts({TANFANG_SOURCE_DIR "/schemes"}, catalog);
  }()};
};

}  // namespace tanfang::app::server
