// For tests: sending ledgers over HTTP and waiting for them.
#pragma once

#include <string>

#include "app/server/test_server.h"
#include "base/text.h"

namespace tanfang::app::server {

class LedgerSender : public ServerTest {
 protected:
  http::Answer upload(const Client& client, const std::string& csv, const std::string& more,
                      const std::string& headers = "") {
    std::string body;
    auto add = [&](const std::string& head, const std::string& text) {
      body += "--x\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + text + "\r\n";
    };
    for (const std::string& field : split(more, '&')) {
      std::size_t equals = field.find('=');
      add("name=\"" + field.substr(0, equals) + "\"", field.substr(equals + 1));
    }
    add("name=\"file\"; filename=\"ledger.csv\"", csv);
    body += "--x--\r\n";
    http::TestClient wire(serving_->port());
    return wire.ask("POST " + std::string(kRoot) + "/ledgers HTTP/1.1\r\nHost: h\r\nConnection: close\r\nCookie: " +
                    client.cookie + "\r\nX-CSRF-Token: " + client.csrf + "\r\n" + headers +
                    "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: " + std::to_string(body.size()) +
                    "\r\n\r\n" + body);
  }
  /// Follows the ledger's events until they end.
  void await(const Client& client, const std::string& id) {
    http::TestClient wire(serving_->port());
    wire.send("GET " + std::string(kRoot) + "/ledgers/" + id +
              "/events HTTP/1.1\r\nHost: h\r\nCookie: " + client.cookie + "\r\n\r\n");
    EXPECT_NE(wire.read_until("\r\n\r\n").find("200"), std::string::npos);
    wire.read_until("\r\n0\r\n\r\n");
  }
};

}  // namespace tanfang::app::server
