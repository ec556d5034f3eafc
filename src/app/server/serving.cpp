#include "app/server/serving.h"

#include <algorithm>
#include <utility>

#include "app/jobs/jobs_store.h"
#include "app/server/pages.h"

namespace tanfang::app::server {

namespace {

http::Settings http_settings(const ServerSettings& server) {
  http::Settings http;
  http.address = server.address;
  http.port = static_cast<std::uint16_t>(server.port);
  http.io_threads = static_cast<int>(server.io_threads);
  http.handler_threads = static_cast<int>(server.handler_threads);
  http.queue = static_cast<std::size_t>(server.queue);
  http.connections = static_cast<std::size_t>(server.connections);
  http.connections_of_address = std::max<std::size_t>(1, http.connections / 10);
  http.trusted_proxies = server.trusted_proxies;
  http.timeouts.handshake = server.handshake_timeout;
  http.timeouts.idle = server.idle_timeout;
  http.timeouts.header = server.header_timeout;
  http.timeouts.body_grace = server.body_grace;
  http.timeouts.body_rate = static_cast<std::uint64_t>(server.body_rate);
  http.timeouts.request = server.request_timeout;
  http.timeouts.write = server.write_timeout;
  http.timeouts.heartbeat = server.heartbeat;
  if (!server.tls_certificate.empty()) http.tls = http::TlsFiles{server.tls_certificate, server.tls_key};
  return http;
}

}  // namespace

Serving::Serving(Surroundings& surroundings, const Clock& clock, const Settings& settings,
                 std::function<void(const http::AccessEntry&)> log, std::function<std::uint64_t()> lines_dropped)
    : service_(surroundings, clock, settings), lines_dropped_(std::move(lines_dropped)) {
  add_routes(api_);
  http::Settings http = http_settings(settings.server);
  http.upload_folder = service_.upload_folder();
  http.clock = &clock;
  http.log = [this, log = std::move(log)](const http::AccessEntry& entry) {
    metrics_.count(entry);
    log(entry);
  };
  http::Router router;
  api_.mount(router, service_);
  add_operation_routes(router);
  add_pages(router, service_.shipped() + "/web/dist");
  server_ = std::make_unique<http::Server>(std::move(http), std::move(router));
  listening_ = true;
  if (settings.jobs.enabled) service_.jobs().start();
}

/// What balancers and monitors ask. It tells nothing of people, and needs no account for `/health`.
void Serving::add_operation_routes(http::Router& router) {
  router.get("/health", [this](const http::Request&) {
    // Any look at the database tells whether it answers.
    audit::is_bound(service_.database());
    return http::json_response(R"({"status":"ok"})");
  });
  Api api;
  api.get("/metrics", identity::Permission::metrics_read, [this](const Call&) {
    Figures figures;
    if (listening_) figures.http = server_->counts();
    figures.jobs = service_.jobs().counts();
    service_.database().read([&](db::Session& session) {
      figures.jobs_due = jobs::store::due_jobs(session, service_.now()).size();
      figures.recounts_differing = jobs::store::differing_recounts(session);
    });
    figures.reads = service_.database().reads();
    figures.writes = service_.database().writes();
    figures.lines_dropped = lines_dropped_ ? lines_dropped_() : 0;
    if (service_.database().engine() == "postgresql") figures.connections = service_.settings().database.connections;
    return http::text_response(metrics_.text(figures), "text/plain; version=0.0.4; charset=utf-8");
  });
  api.mount(router, service_, "");
}

}  // namespace tanfang::app::server
