// TLS over a socket, with a certificate that can be changed while the server runs.
#pragma once

#include <memory>
#include <mutex>

#include "platform/http/io_thread.h"
#include "platform/http/server.h"

namespace tanfang::http {

/// Safe to use from many threads.
class TlsKeeper {
 public:
  /// Throws Problem `http.tls_unusable`.
  explicit TlsKeeper(TlsFiles files);
  ~TlsKeeper();
  /// Takes the files' content for streams made from now on. Throws as the constructor and keeps the old one.
  void reload();
  std::unique_ptr<Stream> stream(Socket socket, IoThread& io) const;

 private:
  struct Context;
  static std::shared_ptr<Context> load(const TlsFiles& files);

  TlsFiles files_;
  mutable std::mutex mutex_;
  std::shared_ptr<Context> context_;
};

}  // namespace tanfang::http
