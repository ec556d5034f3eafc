#include "platform/http/tls_stream.h"

#include <openssl/ssl.h>

#include <boost/asio/ssl.hpp>

#include "platform/http/http_problems.h"
#include "platform/http/socket_stream.h"

namespace tanfang::http {

namespace ssl = asio::ssl;

struct TlsKeeper::Context {
  ssl::context context{ssl::context::tls_server};
};

namespace {

/// Forward secrecy and authenticated encryption only (TLS 1.2; every suite of TLS 1.3 has both).
constexpr const char* kSuites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* in,
                    unsigned int length, void*) {
  static constexpr unsigned char kHttp[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  int result = SSL_select_next_proto(&chosen, out_length, kHttp, sizeof kHttp - 1, in, length);
  *out = chosen;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// A base of its own before the stream's, so that the context goes after the stream.
struct KeptContext {
  std::shared_ptr<void> context;
};

class TlsStream : private KeptContext, public SocketStream<ssl::stream<Socket>> {
 public:
  /// `keep` owns the context.
  TlsStream(Socket socket, std::shared_ptr<void> keep, ssl::context& context, IoThread& io)
      : KeptContext{std::move(keep)}, SocketStream(io, std::move(socket), context) {}

  void open(Done done) override {
    layer_.async_handshake(ssl::stream_base::server, [done = std::move(done)](Error error) { done(!error); });
  }

  void read(Read read) override {
    if (!buffer_) buffer_ = std::make_unique<std::array<char, 16u << 10>>();
    layer_.async_read_some(asio::buffer(*buffer_), [this, read = std::move(read)](Error error, std::size_t count) {
      read(error ? std::string_view() : std::string_view(buffer_->data(), count));
    });
  }

  /// An open read ends first: one operation at a time may work on the session.
  void end(std::function<void()> done) override {
    Error ignored;
    layer_.next_layer().cancel(ignored);
    asio::post(io_.context, [this, done = std::move(done)] {
      if (!layer_.next_layer().is_open()) return done();
      layer_.async_shutdown([this, done](Error) {
        Error error;
        layer_.next_layer().non_blocking(true, error);
        discard(layer_.next_layer(), io_, done);
      });
    });
  }

  bool secure() const override { return true; }

 private:
  std::unique_ptr<std::array<char, 16u << 10>> buffer_;
};

}  // namespace

TlsKeeper::TlsKeeper(TlsFiles files) : files_(std::move(files)), context_(load(files_)) {}
TlsKeeper::~TlsKeeper() = default;

void TlsKeeper::reload() {
  auto fresh = load(files_);
  std::lock_guard lock(mutex_);
  context_ = std::move(fresh);
}

std::shared_ptr<TlsKeeper::Context> TlsKeeper::load(const TlsFiles& files) {
  auto loaded = std::make_shared<Context>();
  ssl::context& context = loaded->context;
  SSL_CTX* native = context.native_handle();
  Error error;
  context.use_certificate_chain_file(files.certificate, error);
  if (!error) context.use_private_key_file(files.key, ssl::context::pem, error);
  if (error) throw tls_unusable(error.message());
  if (SSL_CTX_check_private_key(native) != 1) throw tls_unusable("the key does not belong to the certificate");
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(native, kSuites);
  SSL_CTX_set_options(
      native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  return loaded;
}

std::unique_ptr<Stream> TlsKeeper::stream(Socket socket, IoThread& io) const {
  std::shared_ptr<Context> context;
  {
    std::lock_guard lock(mutex_);
    context = context_;
  }
  return std::make_unique<TlsStream>(std::move(socket), context, context->context, io);
}

}  // namespace tanfang::http
