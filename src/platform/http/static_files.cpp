#include "platform/http/static_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "base/problem.h"
#include "base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/http/answer.h"
#include "platform/http/compress.h"
#include "platform/http/http_problems.h"

namespace tanfang::http {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUnknown = "application/octet-stream";
constexpr std::size_t kLargestFile = 256u << 20;
constexpr std::pair<std::string_view, std::string_view> kTypes[]{
    {"html", "text/html; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"yaml", "application/yaml"},
    {"txt", "text/plain; charset=utf-8"},
    {"md", "text/plain; charset=utf-8"},
    {"svg", "image/svg+xml; charset=utf-8"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"webp", "image/webp"},
    {"ico", "image/x-icon"},
    {"woff2", "font/woff2"},
    {"wasm", "application/wasm"},
    {"pdf", "application/pdf"},
    {"webmanifest", "application/manifest+json"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

/// `name-HASH.ext` or `name.HASH.ext` where HASH has 8 or more letters, digits, `-` or `_`, and a digit among them.
bool bears_hash(std::string_view name) {
  std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string_view stem = name.substr(0, dot);
  std::size_t start = stem.find_last_of("-.");
  if (start == std::string_view::npos || stem.size() - start - 1 < 8) return false;
  std::string_view hash = stem.substr(start + 1);
  auto digit = [](char c) { return c >= '0' && c <= '9'; };
  auto allowed = [&](char c) { return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return std::all_of(hash.begin(), hash.end(), allowed) && std::any_of(hash.begin(), hash.end(), digit);
}

Instant modified_at(const std::string& path) {
  struct stat about {};
  if (stat(path.c_str(), &about) != 0) throw Failure("cannot read a file to serve");
  return {static_cast<std::int64_t>(about.st_mtime) * 1000};
}

}  // namespace

std::string content_type_of(std::string_view file_name) {
  std::string extension = lower_ascii(file_name.substr(std::min(file_name.rfind('.') + 1, file_name.size())));
  for (const auto& [known, type] : kTypes) {
    if (known == extension) return std::string(type);
  }
  return kUnknown;
}

StaticFiles::StaticFiles(const std::string& folder, StaticOptions options) : options_(std::move(options)) {
  std::error_code error;
  fs::recursive_directory_iterator each(folder, error);
  if (error) throw Failure("cannot read the folder of files to serve: " + error.message());
  for (; each != fs::recursive_directory_iterator(); ++each) {
    std::string name = each->path().filename().string();
    if (name.starts_with('.')) {
      each.disable_recursion_pending();
      continue;
    }
    if (each->is_symlink() || !each->is_regular_file()) continue;
    Entry entry;
    entry.path = each->path().string();
    entry.content_type = content_type_of(name);
    if (entry.content_type == kUnknown) continue;
    auto file = File::open(entry.path);
    entry.etag = '"' + crypto::to_hex(crypto::sha256(file->content(kLargestFile))).substr(0, 20) + '"';
    entry.modified = http_date(modified_at(entry.path));
    entry.immutable = bears_hash(name);
    entry.has_gzip = fs::is_regular_file(entry.path + ".gz");
    files_.emplace(fs::relative(each->path(), folder).generic_string(), std::move(entry));
  }
}

const StaticFiles::Entry* StaticFiles::find(std::string_view path) const {
  auto found = files_.find(path);
  if (found == files_.end() && (path.empty() || path.ends_with('/'))) {
    found = files_.find(std::string(path) + "index.html");
  }
  std::string_view name = path.substr(std::min(path.rfind('/') + 1, path.size()));
  bool page = name.find('.') == std::string_view::npos;
  if (found == files_.end() && page && !options_.fallback.empty()) found = files_.find(options_.fallback);
  return found == files_.end() ? nullptr : &found->second;
}

Response StaticFiles::answer(const Request& request, std::string_view path) const {
  const Entry* entry = find(path);
  if (!entry) throw not_found();
  const std::string* accepted = request.header("accept-encoding");
  bool gzip = entry->has_gzip && accepted && accepts_gzip(*accepted);
  Response response = file_response(File::open(gzip ? entry->path + ".gz" : entry->path), entry->content_type);
  response.set("ETag", gzip ? "W/" + entry->etag : entry->etag);
  response.set("Last-Modified", entry->modified);
  response.set("Cache-Control", entry->immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.set("Content-Security-Policy", options_.content_security_policy);
  if (entry->has_gzip) response.set("Vary", "Accept-Encoding");
  if (gzip) response.set("Content-Encoding", "gzip");
  return response;
}

}  // namespace tanfang::http
