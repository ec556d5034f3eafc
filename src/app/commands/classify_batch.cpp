// Reading, sharing out and writing the lines of `classify`.
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "app/commands/classify_lines.h"
#include "base/problem.h"

namespace tanfang::app {
namespace {

constexpr std::size_t kChunk = 2u << 20;
constexpr std::size_t kPiece = 1u << 18;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Reads until a chunk is full, or nothing more is waiting, or the end. False at the end.
bool read_some(std::string& buffer) {
  std::size_t before = buffer.size();
  while (buffer.size() - before < kChunk) {
    std::size_t old = buffer.size();
    buffer.resize(old + kPiece);
    ssize_t got = ::read(STDIN_FILENO, buffer.data() + old, kPiece);
    buffer.resize(old + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Failure(std::string("cannot read the input: ") + std::strerror(errno));
    if (got == 0) return false;
    pollfd waiting{STDIN_FILENO, POLLIN, 0};
    if (::poll(&waiting, 1, 0) == 0) return true;
  }
  return true;
}

}  // namespace

bool Batch::read(std::string& rest) {
  text_ = std::move(rest);
  bool more = read_some(text_);
  lines_.clear();
  std::string_view text = text_;
  // A chunk begins with a line, and no line of JSON begins with the mark that some editors put before the first.
  std::size_t begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (begin < text.size()) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos && more) break;
    std::string_view line = text.substr(begin, std::min(end, text.size()) - begin);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) lines_.push_back(line);
    begin = end == std::string_view::npos ? text.size() : end + 1;
  }
  rest.assign(text.substr(begin));
  return more;
}

void Batch::work(LineClassifier& worker, std::size_t part, std::size_t parts) {
  std::string& out = answers_[part];
  for (std::size_t i = lines_.size() * part / parts; i < lines_.size() * (part + 1) / parts; ++i) {
    if (!worker.answer(lines_[i], out)) ++refused_[part];
  }
}

void Batch::start(std::vector<LineClassifier>& workers) {
  answers_.resize(workers.size());
  for (std::string& answer : answers_) answer.clear();
  refused_.assign(workers.size(), 0);
  for (std::size_t part = 0; part < workers.size(); ++part) {
    // A few lines are answered before a thread would have begun.
    if (lines_.size() < 64) {
      work(workers[part], part, workers.size());
    } else {
      threads_.emplace_back([this, &workers, part] { work(workers[part], part, workers.size()); });
    }
  }
}

void Batch::join() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

std::size_t Batch::finish() {
  join();
  std::size_t refused = 0;
  for (std::size_t part = 0; part < answers_.size(); ++part) {
    const std::string& text = answers_[part];
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
      throw Failure(std::string("cannot write the answers: ") + std::strerror(errno));
    }
    refused += refused_[part];
    answers_[part].clear();
    refused_[part] = 0;
  }
  if (std::fflush(stdout) != 0) throw Failure(std::string("cannot write the answers: ") + std::strerror(errno));
  return refused;
}

}  // namespace tanfang::app
