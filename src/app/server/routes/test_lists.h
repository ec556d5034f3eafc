// For tests: a list read to its end.
#pragma once

#include <set>

#include "app/server/test_server.h"

namespace tanfang::app::server {

class ListsTest : public ServerTest {
 protected:
  /// All items of a list, `limit` at a time; every page but the last must say where the next begins.
  js::array all(const Client& client, const std::string& path, const char* name, int limit) {
    js::array items;
    std::string cursor;
    for (int page = 0; page < 500; ++page) {
      char joint = path.find('?') == std::string::npos ? '?' : '&';
      http::Answer answer = get(client, path + joint + "limit=" + std::to_string(limit) + cursor);
      EXPECT_EQ(answer.status, 200) << answer.body;
      if (answer.status != 200) return items;
      js::object found = json_of(answer);
      EXPECT_LE(found.at(name).as_array().size(), static_cast<std::size_t>(limit));
      for (js::value& item : found.at(name).as_array()) items.push_back(std::move(item));
      if (found.at("next").is_null()) return items;
      cursor = "&cursor=" + std::string(found.at("next").as_string());
    }
    ADD_FAILURE() << "the list never ends";
    return items;
  }
  static js::array items_of(const http::Answer& answer, const char* name) {
    return json_of(answer).at(name).as_array();
  }
  static std::set<std::string> distinct(const js::array& items) {
    std::set<std::string> texts;
    for (const js::value& item : items) texts.insert(js::serialize(item));
    return texts;
  }
};

}  // namespace tanfang::app::server
