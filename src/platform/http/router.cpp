#include "platform/http/router.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace tanfang::http {

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> words;
  std::unique_ptr<Node> parameter;
  std::unique_ptr<Node> rest;
  std::map<Method, Route> routes;

  using Path = std::vector<std::string>;
  /// The node of `path` from segment `at`, the first in the order words, parameter, rest that has a route.
  const Node* find(const Path& path, std::size_t at) const {
    if (at == path.size()) return routes.empty() ? nullptr : this;
    if (auto word = words.find(path[at]); word != words.end()) {
      if (const Node* found = word->second->find(path, at + 1)) return found;
    }
    if (parameter && !path[at].empty()) {
      if (const Node* found = parameter->find(path, at + 1)) return found;
    }
    return rest.get();
  }
};

namespace {

struct Segment {
  enum class Kind { word, parameter, rest } kind;
  std::string name;
};

bool is_name(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

std::vector<Segment> read_pattern(std::string_view pattern) {
  auto malformed = [&] { return std::invalid_argument("malformed pattern of a route: " + std::string(pattern)); };
  if (!pattern.starts_with('/')) throw malformed();
  std::vector<Segment> segments;
  if (pattern == "/") return segments;
  for (std::string& text : split(pattern.substr(1), '/')) {
    if (!segments.empty() && segments.back().kind == Segment::Kind::rest) throw malformed();
    if (!text.starts_with('{')) {
      if (text.find_first_of("{}") != std::string::npos) throw malformed();
      segments.push_back({Segment::Kind::word, text});
      continue;
    }
    bool rest = text.ends_with("...}");
    std::string name = text.substr(1, text.size() - (rest ? 5 : 2));
    if (!text.ends_with('}') || !is_name(name)) throw malformed();
    segments.push_back({rest ? Segment::Kind::rest : Segment::Kind::parameter, name});
  }
  return segments;
}

std::vector<Field> read_parameters(std::string_view pattern, const std::vector<std::string>& path) {
  std::vector<Field> parameters;
  std::size_t at = 0;
  for (const Segment& segment : read_pattern(pattern)) {
    if (segment.kind == Segment::Kind::parameter) parameters.push_back({segment.name, path[at]});
    if (segment.kind == Segment::Kind::rest) {
      std::string rest;
      for (std::size_t i = at; i < path.size(); ++i) rest += (i > at ? "/" : "") + path[i];
      parameters.push_back({segment.name, rest});
    }
    ++at;
  }
  return parameters;
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Route route) {
  Node* node = root_.get();
  for (const Segment& segment : read_pattern(route.pattern)) {
    std::unique_ptr<Node>& next = segment.kind == Segment::Kind::word        ? node->words[segment.name]
                                  : segment.kind == Segment::Kind::parameter ? node->parameter
                                                                             : node->rest;
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  Method method = route.method;
  std::string pattern = route.pattern;
  if (!node->routes.emplace(method, std::move(route)).second) {
    throw std::invalid_argument("a route is there twice: " + pattern);
  }
  routes_.emplace_back(method, pattern);
}

std::optional<Router::Match> Router::find(Method method, const std::vector<std::string>& path) const {
  const Node* node = root_->find(path, 0);
  if (!node) return std::nullopt;
  Match match;
  for (const auto& [each, route] : node->routes) {
    match.allowed += std::string(name_of(each)) + ", ";
    if (each == Method::get && !node->routes.contains(Method::head)) match.allowed += "HEAD, ";
  }
  match.allowed += "OPTIONS";
  auto found = node->routes.find(method);
  if (found == node->routes.end() && method == Method::head) found = node->routes.find(Method::get);
  const Route& any = found == node->routes.end() ? node->routes.begin()->second : found->second;
  if (found != node->routes.end()) match.route = &found->second;
  match.pattern = any.pattern;
  match.parameters = read_parameters(any.pattern, path);
  return match;
}

std::vector<std::pair<Method, std::string>> Router::routes() const { return routes_; }

}  // namespace tanfang::http
