#include "app/settings/settings_keys.h"

#include <arpa/inet.h>

#include <type_traits>

#include "platform/http/fetch.h"

namespace tanfang::app {
namespace {

constexpr std::int64_t kSecond = 1000;
using identity::kDay;
using identity::kHour;
using identity::kMinute;

template <typename T>
std::int64_t as_whole(const T& value) {
  if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
    return value.count();
  } else {
    return static_cast<std::int64_t>(value);
  }
}

/// `place` gives the value's place in `Settings`; `unit` is what one of the key's units is there.
template <typename Place>
SettingKey whole(const char* section, const char* name, Place place, std::int64_t least, std::int64_t most, Words text,
                 std::int64_t unit = 1) {
  SettingKey key{section, name, KeyKind::whole, std::move(text), {}, {}, least, most, {}, {}, {}, {}, {}, {}};
  key.whole = [place, unit](const Settings& settings) {
    return as_whole(place(const_cast<Settings&>(settings))) / unit;
  };
  key.set_whole = [place, unit](Settings& settings, std::int64_t value) {
    auto& target = place(settings);
    target = static_cast<std::remove_reference_t<decltype(target)>>(value * unit);
  };
  return key;
}

SettingKey text(const char* section, const char* name, std::function<std::string&(Settings&)> place, Words meaning,
                std::optional<Words> shape = {}, std::function<bool(const std::string&)> fits = {}) {
  SettingKey key{section, name, KeyKind::text, std::move(meaning), {}, {}, 0, 0, std::move(place), {}, {}, {}, {}, {}};
  key.shape = std::move(shape);
  key.fits = std::move(fits);
  return key;
}

bool is_address(const std::string& value) {
  unsigned char bytes[16];
  return inet_pton(AF_INET, value.c_str(), bytes) == 1 || inet_pton(AF_INET6, value.c_str(), bytes) == 1;
}

bool is_not_empty(const std::string& value) { return !value.empty(); }

#define TANFANG_AT(path) \
  [](Settings & settings) -> auto& { return settings.path; }

void add_server(std::vector<SettingKey>& keys) {
  const char* in = "server";
  Words ip{"IPv4 或 IPv6 地址", "an IPv4 or IPv6 address"};
  keys.push_back(text(in, "address", TANFANG_AT(server.address),
                      {"监听地址；0.0.0.0 为本机全部地址", "address to listen on; 0.0.0.0 for all"}, ip, is_address));
  keys.push_back(whole(in, "port", TANFANG_AT(server.port), 0, 65'535,
                       {"监听端口；0 为任意空闲端口", "port to listen on; 0 takes a free one"}));
  keys.push_back(text(in, "tls_certificate", TANFANG_AT(server.tls_certificate),
                      {"证书链文件（PEM）；空为不用 TLS，由前置代理负责",
                       "file of the certificate and its chain (PEM); empty: no TLS, a proxy does it"}));
  keys.push_back(
      text(in, "tls_key", TANFANG_AT(server.tls_key), {"证书私钥文件（PEM）", "file of its private key (PEM)"}));
  SettingKey proxies{in,
                     "trusted_proxies",
                     KeyKind::texts,
                     {"可信代理的地址，采信其 X-Forwarded-For", "proxies whose X-Forwarded-For is believed"},
                     {},
                     {},
                     0,
                     0,
                     {},
                     {},
                     {},
                     {},
                     ip,
                     is_address};
  proxies.texts = [](const Settings& settings) { return settings.server.trusted_proxies; };
  proxies.set_texts = [](Settings& settings, const auto& values) { settings.server.trusted_proxies = values; };
  keys.push_back(proxies);
  keys.push_back(
      text(in, "upload_folder", TANFANG_AT(server.upload_folder),
           {"上传文件的目录；空为数据目录下的 uploads", "folder of uploads; empty: `uploads` in the data folder"}));
  keys.push_back(
      whole(in, "io_threads", TANFANG_AT(server.io_threads), 1, 64, {"收发线程数", "threads that own sockets"}));
  keys.push_back(whole(in, "handler_threads", TANFANG_AT(server.handler_threads), 1, 256,
                       {"处理线程数", "threads that answer requests"}));
  keys.push_back(whole(in, "queue", TANFANG_AT(server.queue), 1, 100'000,
                       {"等待处理的请求上限，超出即答 503", "requests that may wait; one more is answered 503"}));
  keys.push_back(
      whole(in, "connections", TANFANG_AT(server.connections), 1, 1'000'000,
            {"同时连接上限；同一地址至多占十分之一", "connections that may be open; one address at most a tenth"}));
}

void add_timeouts(std::vector<SettingKey>& keys) {
  const char* in = "server";
  auto add = [&](const char* name, auto place, std::int64_t most, Words meaning) {
    keys.push_back(whole(in, name, place, 1, most, std::move(meaning), kSecond));
  };
  add("handshake_seconds", TANFANG_AT(server.handshake_timeout), 300, {"TLS 握手时限", "for the TLS handshake"});
  add("idle_seconds", TANFANG_AT(server.idle_timeout), 3600, {"两次请求之间的时限", "between requests"});
  add("header_seconds", TANFANG_AT(server.header_timeout), 300, {"收完请求头的时限", "for the header to arrive"});
  add("body_grace_seconds", TANFANG_AT(server.body_grace), 300,
      {"正文开始要求最低速率前的时间", "before a body must keep the least rate"});
  keys.push_back(whole(in, "body_rate", TANFANG_AT(server.body_rate), 1, 1 << 30,
                       {"正文最低速率（字节/秒）", "least rate of a body, bytes a second"}));
  add("request_seconds", TANFANG_AT(server.request_timeout), 3600, {"请求处理时限", "from first byte to answer"});
  add("write_seconds", TANFANG_AT(server.write_timeout), 3600, {"每 64 KB 应答的时限", "for each 64 KB of an answer"});
  add("heartbeat_seconds", TANFANG_AT(server.heartbeat), 300,
      {"事件流静默时的心跳间隔", "between comments on a silent stream of events"});
  add("drain_seconds", TANFANG_AT(server.drain), 600,
      {"停止时等待进行中请求的时限", "for running requests when the server stops"});
}

void add_accounts(std::vector<SettingKey>& keys) {
  const char* in = "identity";
  keys.push_back(whole(in, "argon2_memory_kib", TANFANG_AT(identity.hash_cost.memory_kib), 19 * 1024, 1 << 20,
                       {"口令散列所用内存（KiB）", "memory of a password hash, KiB"}));
  keys.push_back(whole(in, "argon2_passes", TANFANG_AT(identity.hash_cost.passes), 2, 20,
                       {"口令散列的遍数", "passes of a password hash"}));
  keys.push_back(whole(in, "argon2_lanes", TANFANG_AT(identity.hash_cost.lanes), 1, 16,
                       {"口令散列的并行度", "lanes of a password hash"}));
  keys.push_back(whole(in, "hashes_at_once", TANFANG_AT(identity.hashes_at_once), 1, 64,
                       {"同时计算的口令散列数", "password hashes computed at once"}));
  keys.push_back(whole(in, "hashes_waiting", TANFANG_AT(identity.hashes_waiting), 0, 10'000,
                       {"等待计算的口令散列数", "password hashes that may wait"}));
  keys.push_back(whole(in, "office_password_length", TANFANG_AT(identity.office_password_length), 12, 128,
                       {"机关账号口令最短字符数", "shortest password of offices, characters"}));
  keys.push_back(whole(in, "password_length", TANFANG_AT(identity.password_length), 8, 128,
                       {"其他账号口令最短字符数", "shortest password of everybody else, characters"}));
  SettingKey roles{in,
                   "second_factor_required",
                   KeyKind::texts,
                   {"必须使用第二因素的角色", "roles that must have a second factor"},
                   {},
                   {},
                   0,
                   0,
                   {},
                   {},
                   {},
                   {},
                   Words{"角色名，如 county_bureau", "names of roles, such as county_bureau"},
                   [](const std::string& value) { return identity::parse_role(value).has_value(); }};
  roles.texts = [](const Settings& settings) {
    std::vector<std::string> names;
    for (identity::Role role : settings.identity.second_factor_required) names.emplace_back(identity::to_text(role));
    return names;
  };
  roles.set_texts = [](Settings& settings, const std::vector<std::string>& names) {
    settings.identity.second_factor_required.clear();
    for (const std::string& name : names) settings.identity.second_factor_required.insert(*identity::parse_role(name));
  };
  keys.push_back(roles);
  keys.push_back(text(in, "second_factor_issuer", TANFANG_AT(identity.second_factor_issuer),
                      {"验证器中显示的名称", "name that authenticator programs show"},
                      Words{"非空文字", "text that is not empty"}, is_not_empty));
}

void add_sessions(std::vector<SettingKey>& keys) {
  const char* in = "identity";
  auto add = [&](const char* name, auto place, std::int64_t most, std::int64_t unit, Words meaning) {
    keys.push_back(whole(in, name, place, 1, most, std::move(meaning), unit));
  };
  add("office_idle_minutes", TANFANG_AT(identity.office_session.idle), 24 * 60, kMinute,
      {"机关会话闲置时限", "an office's session ends when idle for so long"});
  add("office_session_hours", TANFANG_AT(identity.office_session.whole), 7 * 24, kHour,
      {"机关会话总时限", "an office's session ends after so long"});
  add("field_idle_hours", TANFANG_AT(identity.field_session.idle), 30 * 24, kHour,
      {"探访人员会话闲置时限", "a visitor's session ends when idle for so long"});
  add("field_session_days", TANFANG_AT(identity.field_session.whole), 90, kDay,
      {"探访人员会话总时限", "a visitor's session ends after so long"});
  add("failures_before_wait", TANFANG_AT(identity.failures_before_wait), 100, 1,
      {"同一账号连续失败几次后须等待", "failures of one login before it must wait"});
  add("first_wait_seconds", TANFANG_AT(identity.first_wait), 3600, kSecond, {"首次等待", "the first wait"});
  add("longest_wait_minutes", TANFANG_AT(identity.longest_wait), 24 * 60, kMinute, {"最长等待", "the longest wait"});
  add("failures_of_address", TANFANG_AT(identity.failures_of_address), 100'000, 1,
      {"同一地址失败几次后须等待", "failures from one address before it must wait"});
  add("address_window_minutes", TANFANG_AT(identity.address_window), 24 * 60, kMinute,
      {"地址失败次数的统计时段", "span in which an address's failures count"});
  add("invitation_days", TANFANG_AT(identity.invitation_life), 30, kDay, {"邀请链接有效期", "life of an invitation"});
  add("token_days", TANFANG_AT(identity.token_life), 5 * 366, kDay, {"接口令牌最长有效期", "longest life of a token"});
  add("emergency_hours", TANFANG_AT(identity.emergency_life), 24, kHour,
      {"应急访问时长", "how long emergency access lasts"});
  add("emergencies_a_day", TANFANG_AT(identity.emergencies_a_day), 1'000, 1,
      {"每账号每日紧急访问的次数上限", "emergency accesses an account may open a day"});
  add("reveals_a_day", TANFANG_AT(identity.reveals_a_day), 100'000, 1,
      {"每账号每日查看明文的次数上限", "reveals an account may make a day"});
}

void add_rest(std::vector<SettingKey>& keys) {
  keys.push_back(whole("database", "connections", TANFANG_AT(database.connections), 1, 500,
                       {"到 PostgreSQL 的连接数", "connections to PostgreSQL"}));
  SettingKey enabled{"jobs",
                     "enabled",
                     KeyKind::flag,
                     {"本进程是否执行任务", "whether this process runs jobs"},
                     {},
                     {},
                     0,
                     0,
                     {},
                     TANFANG_AT(jobs.enabled),
                     {},
                     {},
                     {},
                     {}};
  keys.push_back(enabled);
  keys.push_back(whole("jobs", "nightly_hour", TANFANG_AT(jobs.nightly_hour), 0, 23,
                       {"夜间任务开始的钟点（北京时间）", "hour at which nightly work begins (time of China)"}));
  keys.push_back(whole("jobs", "lease_seconds", TANFANG_AT(jobs.lease), 30, 3600,
                       {"任务租期；进程崩溃后最多这么久由他人接手",
                        "lease of a job; so long after a crash another process takes it over"},
                       kSecond));
  keys.push_back(
      whole("jobs", "refresh_months", TANFANG_AT(jobs.refresh_months), 1, 120,
            {"档案多少个月未核实即列入更新清单", "months after which an unconfirmed file is to be refreshed"}));
  keys.push_back(whole(
      "jobs", "deceased_years", TANFANG_AT(jobs.deceased_years), 0, 100,
      {"去世多少年后删除个人信息；0 为不删除", "years after a death until personal fields are erased; 0: never"}));
  keys.push_back(whole(
      "jobs", "moved_out_years", TANFANG_AT(jobs.moved_out_years), 0, 100,
      {"迁出多少年后删除个人信息；0 为不删除", "years after moving out until personal fields are erased; 0: never"}));
  keys.push_back(
      whole("jobs", "attachment_days", TANFANG_AT(jobs.attachment_days), 1, 3650,
            {"没有探访记录引用的附件和搁置的扫描页的保留天数",
             "days until an attachment that no record names, or a page of paper that was set aside, is deleted"}));
  keys.push_back(whole("limits", "body_bytes", TANFANG_AT(limits.body_bytes), 1024, 1 << 30,
                       {"普通请求正文上限（字节）", "largest body of an ordinary request, bytes"}));
  keys.push_back(whole("limits", "upload_bytes", TANFANG_AT(limits.upload_bytes), 1024, std::int64_t{16} << 30,
                       {"上传文件上限（字节）", "largest upload, bytes"}));
  keys.push_back(whole("limits", "attachment_bytes", TANFANG_AT(limits.attachment_bytes), 1024, 32 << 20,
                       {"附件上限（字节）", "largest attachment, bytes"}));
  keys.push_back(
      whole("limits", "requests_a_minute", TANFANG_AT(limits.requests_a_minute), 1, 10'000'000,
            {"同一地址每分钟未登录请求上限；已登录账号为其一百倍",
             "requests a minute from one address, not signed in; an account may send a hundred times as many"}));
}

void add_oidc(std::vector<SettingKey>& keys) {
  const char* in = "oidc";
  Words shape{"https:// 地址（本机回环可用 http://），末尾不带 /",
              "an https:// address (http:// on loopback) without / at its end"};
  auto fits = [](const std::string& value) {
    return value.empty() || (http::may_fetch(value) && !value.ends_with('/') && value.find('?') == std::string::npos);
  };
  auto is_issuer = [](const std::string& value) { return value.empty() || http::may_fetch(value); };
  keys.push_back(text(in, "issuer", TANFANG_AT(oidc.issuer),
                      {"统一身份平台（OpenID Connect）的 issuer；空为不启用",
                       "issuer of the sign-on platform (OpenID Connect); empty: none"},
                      shape, is_issuer));
  keys.push_back(text(in, "client_id", TANFANG_AT(oidc.client_id),
                      {"本系统在该平台的 client_id", "client_id of this system there"}));
  keys.push_back(text(in, "name", TANFANG_AT(oidc.name),
                      {"该平台的名称，显示给用户", "name of the platform for people"},
                      Words{"非空文字", "text that is not empty"}, is_not_empty));
  keys.push_back(text(in, "redirect_base", TANFANG_AT(oidc.redirect_base),
                      {"浏览器访问本系统的地址；回调为其后加 /api/v1/sign-on/callback",
                       "this system's address for browsers; it is called back at /api/v1/sign-on/callback below it"},
                      shape, fits));
}

#undef TANFANG_AT

std::vector<SettingKey> all_keys() {
  std::vector<SettingKey> keys;
  add_server(keys);
  add_timeouts(keys);
  add_accounts(keys);
  add_sessions(keys);
  add_rest(keys);
  add_oidc(keys);
  return keys;
}

}  // namespace

const std::vector<SettingSection>& setting_sections() {
  static const std::vector<SettingSection> sections = {
      {"server", {"网络服务", "the HTTP server"}},
      {"database", {"数据库", "the database"}},
      {"identity", {"账号与登录", "accounts and sign-in"}},
      {"jobs", {"定时任务", "jobs"}},
      {"limits", {"限额", "limits"}},
      {"oidc", {"统一身份登录", "signing on through an outside platform"}},
  };
  return sections;
}

const std::vector<SettingKey>& setting_keys() {
  static const std::vector<SettingKey> keys = all_keys();
  return keys;
}

const std::vector<Variable>& environment_variables() {
  static const std::vector<Variable> variables = {
      {"TANFANG_DATABASE",
       {"PostgreSQL 地址（可含口令），等同 --database",
        "address of PostgreSQL, which may hold a password; as --database"}},
      {"TANFANG_OIDC_SECRET",
       {"本系统在统一身份平台的 client_secret；无则为公开客户端",
        "client_secret at the sign-on platform; without it this is a public client"}},
      {"TANFANG_HOME", {"schemes、data、db 所在目录", "the folder of schemes, data and db"}},
  };
  return variables;
}

}  // namespace tanfang::app
