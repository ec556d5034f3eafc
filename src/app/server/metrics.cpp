#include "app/server/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <mutex>

namespace tanfang::app::server {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;

const prometheus::Histogram::BucketBoundaries kSeconds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                          0.1,   0.25,   0.5,   1,    2.5,   10};

/// To what it is by now where it is counted elsewhere.
void raise(Counter& counter, double to) { counter.Increment(to - counter.Value()); }

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double processor_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

/// 0 where the kernel does not say.
double resident_bytes() {
  long whole = 0;
  long resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
    if (std::fscanf(file, "%ld %ld", &whole, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  std::mutex mutex;  // two who ask at once would raise a counter twice

  Family<Counter>& counter(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  }
  Family<Gauge>& gauge(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
  }

  Family<Counter>& requests = counter("tanfang_http_requests_total", "Requests answered");
  Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                               .Name("tanfang_http_request_seconds")
                                               .Help("From the first byte to the answer")
                                               .Register(registry);
  Family<Gauge>& connections = gauge("tanfang_http_connections", "Connections and requests by state");
  Family<Counter>& turned_away =
      counter("tanfang_http_turned_away_total", "Requests past the queue, and connections past their number");
  Family<Counter>& streams_cut =
      counter("tanfang_http_event_streams_cut_total", "Streams of events ended because their client did not read");
  Family<Counter>& lines_dropped =
      counter("tanfang_log_lines_dropped_total", "Lines of the log dropped because nobody read it in time");
  Family<Counter>& transactions = counter("tanfang_db_transactions_total", "Transactions of requests and jobs");
  Family<Gauge>& transactions_now =
      gauge("tanfang_db_transactions", "Transactions now: waiting for the writer or a connection, and running");
  Family<Counter>& transaction_seconds =
      counter("tanfang_db_transaction_seconds_total", "What transactions waited, and what they took");
  Family<Gauge>& pool = gauge("tanfang_db_connections_most", "Connections to PostgreSQL, at most");
  Family<Gauge>& jobs = gauge("tanfang_jobs", "Runs of jobs since the start");
  Family<Gauge>& job_seconds = gauge("tanfang_job_last_seconds", "How long the last run took");
  Family<Gauge>& jobs_due = gauge("tanfang_jobs_due", "Jobs that are due and that no process has taken");
  Family<Gauge>& recounts_differing = gauge(
      "tanfang_recount_differing", "Counties whose last recount found figures that do not follow from the records");
  Family<Counter>& processor = counter("process_cpu_seconds_total", "Processor time of the process");
  Family<Gauge>& memory = gauge("process_resident_memory_bytes", "Memory of the process");

  void set(const http::Counts& counts) {
    connections.Add({{"state", "open"}}).Set(static_cast<double>(counts.open));
    connections.Add({{"state", "running"}}).Set(static_cast<double>(counts.running));
    raise(turned_away.Add({}), static_cast<double>(counts.turned_away));
    raise(streams_cut.Add({}), static_cast<double>(counts.streams_cut));
  }
  void set(const char* kind, const db::TransactionCounts& counts) {
    raise(transactions.Add({{"kind", kind}, {"outcome", "done"}}), static_cast<double>(counts.done));
    raise(transactions.Add({{"kind", kind}, {"outcome", "refused"}}), static_cast<double>(counts.refused));
    raise(transactions.Add({{"kind", kind}, {"outcome", "failed"}}), static_cast<double>(counts.failed));
    transactions_now.Add({{"kind", kind}, {"state", "waiting"}}).Set(static_cast<double>(counts.waiting));
    transactions_now.Add({{"kind", kind}, {"state", "running"}}).Set(static_cast<double>(counts.running));
    raise(transaction_seconds.Add({{"kind", kind}, {"state", "waiting"}}), counts.waited_seconds);
    raise(transaction_seconds.Add({{"kind", kind}, {"state", "running"}}), counts.ran_seconds);
  }
  void set(const app::jobs::Counts& job) {
    auto runs = [&](const char* outcome, std::uint64_t value) {
      jobs.Add({{"kind", job.kind}, {"outcome", outcome}}).Set(static_cast<double>(value));
    };
    runs("done", job.done);
    runs("failed", job.failed);
    runs("interrupted", job.interrupted);
    job_seconds.Add({{"kind", job.kind}}).Set(static_cast<double>(job.last_milliseconds) / 1000);
  }
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::count(const http::AccessEntry& entry) {
  std::string route = entry.route.empty() ? "none" : entry.route;
  families_->requests.Add({{"method", entry.method}, {"route", route}, {"status", std::to_string(entry.status)}})
      .Increment();
  families_->seconds.Add({{"route", route}}, kSeconds).Observe(entry.milliseconds / 1000);
}

std::string Metrics::text(const Figures& figures) {
  std::lock_guard lock(families_->mutex);
  families_->set(figures.http);
  raise(families_->lines_dropped.Add({}), static_cast<double>(figures.lines_dropped));
  families_->set("read", figures.reads);
  families_->set("write", figures.writes);
  if (figures.connections > 0) families_->pool.Add({}).Set(static_cast<double>(figures.connections));
  for (const jobs::Counts& job : figures.jobs) families_->set(job);
  families_->jobs_due.Add({}).Set(static_cast<double>(figures.jobs_due));
  families_->recounts_differing.Add({}).Set(static_cast<double>(figures.recounts_differing));
  raise(families_->processor.Add({}), processor_seconds());
  families_->memory.Add({}).Set(resident_bytes());
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace tanfang::app::server
