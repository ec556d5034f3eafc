// What a deployment may set: one TOML file, every key known and checked; secrets come from the environment alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.h"

namespace tanfang::app {

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::int64_t port = 8080;
  std::int64_t io_threads = 1;
  std::int64_t handler_threads = 32;
  std::int64_t queue = 256;
  std::int64_t connections = 20'000;
  std::vector<std::string> trusted_proxies;
  std::string tls_certificate;  // PEM files; both or neither
  std::string tls_key;
  std::string upload_folder;  // "": `uploads` in the data folder
  std::chrono::milliseconds handshake_timeout{10'000};
  std::chrono::milliseconds idle_timeout{75'000};
  std::chrono::milliseconds header_timeout{10'000};
  std::chrono::milliseconds body_grace{10'000};
  std::int64_t body_rate = 2048;  // bytes a second past the grace
  std::chrono::milliseconds request_timeout{60'000};
  std::chrono::milliseconds write_timeout{30'000};
  std::chrono::milliseconds heartbeat{20'000};
  std::chrono::milliseconds drain{20'000};  // for running requests when the server is told to stop
};

struct DatabaseSettings {
  std::int64_t connections = 8;  // to PostgreSQL
};

struct JobSettings {
  bool enabled = true;
  std::int64_t nightly_hour = 2;  // official time of China
  std::chrono::milliseconds lease{300'000};
  std::int64_t refresh_months = 6;
  std::int64_t deceased_years = 0;  // until the personal fields of the dead are erased; 0: never
  std::int64_t moved_out_years = 0;
  std::int64_t attachment_days = 30;  // until an attachment that no record names is deleted
};

struct LimitSettings {
  std::int64_t body_bytes = 1 << 20;
  std::int64_t upload_bytes = 64 << 20;
  std::int64_t attachment_bytes = 2 << 20;
  std::int64_t requests_a_minute = 6000;  // from one address
};

/// A county's own sign-on platform (OpenID Connect); the secret stands in the environment (TANFANG_OIDC_SECRET).
struct OidcSettings {
  std::string issuer;  // "": none
  std::string client_id;
  std::string name = "统一身份认证";  // as people know it
  std::string redirect_base;          // our own address as browsers know it, https://…
};

struct Settings {
  ServerSettings server;
  DatabaseSettings database;
  identity::Settings identity;
  JobSettings jobs;
  LimitSettings limits;
  OidcSettings oidc;
};

/// Reads the text of a settings file; `path` is only named in refusals. Throws Problem `settings.invalid` with one
/// field `path:line section.key` for each mistake there is.
Settings read_settings(std::string_view text, const std::string& path);
/// The file `path` or, where it is empty, `settings.toml` in the data folder where there is one, else the defaults.
/// Throws as `read_settings`, and Problem `settings.missing` where `path` cannot
/// be read.
Settings load_settings(const std::string& path, const std::string& data_folder);
/// The file that `load_settings` reads; "" where none is.
std::string settings_path(const std::string& path, const std::string& data_folder);

/// The whole file that says these values, each key under its meaning in Chinese and English; without secrets.
std::string render_settings(const Settings& settings);
/// `section.key` of those that differ from the defaults.
std::vector<std::string> changed_settings(const Settings& settings);
/// The Markdown tables of all keys and of the environment, as in docs/operations.md.
std::string describe_settings();
/// One line for each variable of the environment: whether it is set, never what to.
std::string describe_environment();

}  // namespace tanfang::app
