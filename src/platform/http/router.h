// Which route a request takes, by path segments.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/http/request.h"
#include "platform/http/response.h"

namespace tanfang::http {

enum class BodyKind { none, memory, file, multipart };

struct MultipartLimits {
  std::size_t parts = 50;
  std::size_t name_bytes = 200;
  std::size_t header_bytes = 4096;
  std::size_t text_bytes = 64u << 10;
};

/// What a route takes as its body, and the most of it.
struct BodyRule {
  BodyKind kind = BodyKind::none;
  std::uint64_t bytes = 0;
  MultipartLimits parts;
  /// In place of the server's time for a whole request, for large uploads.
  std::optional<std::chrono::milliseconds> request_time;

  static BodyRule memory(std::uint64_t bytes = 1u << 20) { return {BodyKind::memory, bytes, {}, {}}; }
  static BodyRule file(std::uint64_t bytes) { return {BodyKind::file, bytes, {}, {}}; }
  static BodyRule multipart(std::uint64_t bytes) { return {BodyKind::multipart, bytes, {}, {}}; }
};

/// Runs on a handler thread; throws Problem to refuse.
using Handler = std::function<Response(const Request&)>;
/// Runs before the body is read, on a handler thread: throws Problem to refuse a body unseen.
using Admission = std::function<void(const Request&)>;

struct Route {
  Method method = Method::get;
  /// `/people/{id}/facts`: segments are words or one parameter each; `{rest...}` at the end takes all that follows.
  std::string pattern;
  Handler handler;
  BodyRule body;
  Admission admit;
};

/// Words go before parameters, parameters before the rest. GET also answers HEAD.
class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  /// Throws std::invalid_argument where the pattern is malformed or taken.
  void add(Route route);
  void get(std::string pattern, Handler handler) { add({Method::get, std::move(pattern), std::move(handler), {}, {}}); }
  void post(std::string pattern, Handler handler, BodyRule body = BodyRule::memory()) {
    add({Method::post, std::move(pattern), std::move(handler), body, {}});
  }

  struct Match {
    /// nullptr for OPTIONS, which the edge answers itself.
    const Route* route = nullptr;
    std::string pattern;
    std::vector<Field> parameters;
    /// `GET, HEAD, OPTIONS`: what this path takes.
    std::string allowed;
  };
  /// nullopt where no route has the path; a Match without route and of another method than OPTIONS is a 405.
  std::optional<Match> find(Method method, const std::vector<std::string>& path) const;
  /// Every method and pattern, for comparing with the documented interface.
  std::vector<std::pair<Method, std::string>> routes() const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
  std::vector<std::pair<Method, std::string>> routes_;
};

}  // namespace tanfang::http
