// The zip package around an .xlsx, read part by part within limits.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tanfang::excel {

class XmlHandler;

/// One part that is being unpacked.
class PartStream {
 public:
  PartStream(void* file, std::string name, std::uint64_t limit);
  ~PartStream();
  PartStream(const PartStream&) = delete;
  PartStream& operator=(const PartStream&) = delete;
  /// The next bytes, valid until the next call; empty at the end. Throws Problem.
  std::string_view next();

 private:
  void* file_;
  std::string name_;
  std::uint64_t left_;
  std::unique_ptr<char[]> buffer_;
};

class ZipPackage {
 public:
  /// Throws Problem `ledger.malformed` where it is no zip.
  ZipPackage(const std::string& path, std::uint64_t part_limit);
  ~ZipPackage();
  ZipPackage(const ZipPackage&) = delete;
  ZipPackage& operator=(const ZipPackage&) = delete;

  /// Whether the package has the part (case does not matter, as the packaging standard says).
  bool has(const std::string& part) const;
  std::unique_ptr<PartStream> open(const std::string& part) const;
  /// Reads one part through `handler`.
  void read_xml(const std::string& part, XmlHandler& handler) const;

 private:
  void* archive_ = nullptr;
  std::uint64_t part_limit_;
};

}  // namespace tanfang::excel
