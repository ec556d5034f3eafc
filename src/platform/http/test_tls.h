// For tests: self-signed certificates, and a client that speaks TLS.
#pragma once

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "platform/files/files.h"
#include "platform/http/test_client.h"

namespace tanfang::http {

/// Writes a fresh certificate for `name` and its key.
inline void write_certificate(const TlsFiles& files, const std::string& name) {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_sign(certificate.get(), key.get(), EVP_sha256());

  auto written = [](auto write) {
    std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
    write(memory.get());
    char* bytes = nullptr;
    long size = BIO_get_mem_data(memory.get(), &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
  };
  files::write_whole(files.certificate, written([&](BIO* out) { PEM_write_bio_X509(out, certificate.get()); }));
  files::write_whole(files.key, written([&](BIO* out) {
                       PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
                     }),
                     0600);
}

/// A TLS session over a TestClient's socket.
class TlsTestClient {
 public:
  /// `newest`: the highest version that this client speaks.
  explicit TlsTestClient(std::uint16_t port, int newest = TLS1_3_VERSION)
      : plain_(port), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), session_(nullptr, SSL_free) {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_.get(), newest);
    session_.reset(SSL_new(context_.get()));
    SSL_set_fd(session_.get(), plain_.descriptor());
    connected_ = SSL_connect(session_.get()) == 1;
  }

  bool connected() const { return connected_; }
  std::string version() const { return SSL_get_version(session_.get()); }
  std::string certificate_name() const {
    std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(session_.get()), X509_free);
    char name[100] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name, sizeof name);
    return name;
  }
  void send(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      int sent = SSL_write(session_.get(), bytes.data() + at,
                           static_cast<int>(std::min<std::size_t>(bytes.size() - at, 9'999)));
      if (sent <= 0) return;
      at += static_cast<std::size_t>(sent);
    }
  }
  /// All that comes until `end` is there or the server closes.
  std::string read_until(std::string_view end) {
    std::string text;
    char bytes[16384];
    while (text.find(end) == std::string::npos) {
      int got = SSL_read(session_.get(), bytes, sizeof bytes);
      if (got <= 0) break;
      text.append(bytes, static_cast<std::size_t>(got));
    }
    return text;
  }
  /// Whether the server said that it ends, so that nothing was cut off.
  bool ended_cleanly() { return SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN; }

 private:
  TestClient plain_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> session_;
  bool connected_ = false;
};

}  // namespace tanfang::http
