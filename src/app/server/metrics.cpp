#include "app/server/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace tanfang::app::server {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                          0.1,   0.25,   0.5,   1,    2.5,   10};

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter().Name("tanfang_http_requests_total").Help("Requests answered").Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("tanfang_http_request_seconds")
                                                           .Help("From the first byte to the answer")
                                                           .Register(registry);
  prometheus::Family<prometheus::Gauge>& gauges = prometheus::BuildGauge()
                                                      .Name("tanfang_http_connections")
                                                      .Help("Connections and requests by state")
                                                      .Register(registry);
  prometheus::Family<prometheus::Gauge>& jobs =
      prometheus::BuildGauge().Name("tanfang_jobs").Help("Runs of jobs since the start").Register(registry);
  prometheus::Family<prometheus::Gauge>& job_seconds =
      prometheus::BuildGauge().Name("tanfang_job_last_seconds").Help("How long the last run took").Register(registry);
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::count(const http::AccessEntry& entry) {
  std::string route = entry.route.empty() ? "none" : entry.route;
  families_->requests.Add({{"method", entry.method}, {"route", route}, {"status", std::to_string(entry.status)}})
      .Increment();
  families_->seconds.Add({{"route", route}}, kSeconds).Observe(entry.milliseconds / 1000);
}

std::string Metrics::text(const http::Counts& counts, const std::vector<jobs::Counts>& jobs) {
  families_->gauges.Add({{"state", "open"}}).Set(static_cast<double>(counts.open));
  families_->gauges.Add({{"state", "running"}}).Set(static_cast<double>(counts.running));
  families_->gauges.Add({{"state", "turned_away"}}).Set(static_cast<double>(counts.turned_away));
  for (const jobs::Counts& job : jobs) {
    auto set = [&](const char* outcome, std::uint64_t value) {
      families_->jobs.Add({{"kind", job.kind}, {"outcome", outcome}}).Set(static_cast<double>(value));
    };
    set("done", job.done);
    set("failed", job.failed);
    set("interrupted", job.interrupted);
    families_->job_seconds.Add({{"kind", job.kind}}).Set(static_cast<double>(job.last_milliseconds) / 1000);
  }
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace tanfang::app::server
