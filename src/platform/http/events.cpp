#include "platform/http/events.h"

#include <stdexcept>

#include "base/text.h"

namespace tanfang::http {

std::string event_text(const Event& event) {
  if ((event.id + event.name).find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    throw std::invalid_argument("a line break in the id or name of an event");
  }
  std::string text;
  if (!event.id.empty()) text += "id: " + event.id + "\n";
  if (!event.name.empty()) text += "event: " + event.name + "\n";
  for (const std::string& line : split(replaced(replaced(event.data, "\r\n", "\n"), "\r", "\n"), '\n')) {
    text += "data: " + line + "\n";
  }
  return text + "\n";
}

bool EventStream::push_text(const std::string& text) {
  std::lock_guard lock(mutex_);
  if (closed_ || overflowed_) return false;
  if (waiting_.size() + text.size() > most_bytes_) {
    overflowed_ = true;
    waiting_.clear();
  } else {
    waiting_ += text;
  }
  wake_once();
  return !overflowed_;
}

void EventStream::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  wake_once();
}

bool EventStream::open() const {
  std::lock_guard lock(mutex_);
  return !closed_ && !overflowed_;
}

void EventStream::attach(std::function<void()> wake) {
  std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

EventStream::Taken EventStream::take() {
  std::lock_guard lock(mutex_);
  woken_ = false;
  Taken taken{std::move(waiting_), closed_, overflowed_};
  waiting_.clear();
  return taken;
}

void EventStream::detach() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  wake_ = nullptr;
}

void EventStream::wake_once() {
  if (woken_ || !wake_) return;
  woken_ = true;
  wake_();
}

std::shared_ptr<EventStream> EventTopic::follow() { return add(std::make_shared<EventStream>()); }

std::shared_ptr<EventStream> EventTopic::follow(const Event& first) {
  auto stream = std::make_shared<EventStream>();
  stream->push(first);
  return add(std::move(stream));
}

std::shared_ptr<EventStream> EventTopic::add(std::shared_ptr<EventStream> stream) {
  std::lock_guard lock(mutex_);
  if (closed_) stream->close();
  streams_.push_back(stream);
  return stream;
}

void EventTopic::publish(const Event& event) {
  std::string text = event_text(event);
  std::lock_guard lock(mutex_);
  std::erase_if(streams_, [&](const std::weak_ptr<EventStream>& each) {
    auto stream = each.lock();
    return !stream || !stream->push_text(text);
  });
}

void EventTopic::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  for (auto& each : streams_) {
    if (auto stream = each.lock()) stream->close();
  }
  streams_.clear();
}

std::size_t EventTopic::followers() const {
  std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& each : streams_) {
    auto stream = each.lock();
    count += stream && stream->open() ? 1 : 0;
  }
  return count;
}

}  // namespace tanfang::http
