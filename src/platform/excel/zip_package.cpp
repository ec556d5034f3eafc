#include "platform/excel/zip_package.h"

#include <zip.h>

#include "platform/excel/excel_problems.h"
#include "platform/excel/xml_reader.h"

namespace tanfang::excel {
namespace {

constexpr std::size_t kBuffer = 64 << 10;

}  // namespace

PartStream::PartStream(void* file, std::string name, std::uint64_t limit)
    : file_(file), name_(std::move(name)), left_(limit), buffer_(std::make_unique<char[]>(kBuffer)) {}

PartStream::~PartStream() { zip_fclose(static_cast<zip_file_t*>(file_)); }

std::string_view PartStream::next() {
  zip_int64_t count = zip_fread(static_cast<zip_file_t*>(file_), buffer_.get(), kBuffer);
  if (count < 0) throw problems::malformed(name_);
  // The size in the package's directory may lie, so what comes out is counted.
  if (static_cast<std::uint64_t>(count) > left_) throw problems::too_large(name_);
  left_ -= static_cast<std::uint64_t>(count);
  return {buffer_.get(), static_cast<std::size_t>(count)};
}

ZipPackage::ZipPackage(const std::string& path, std::uint64_t part_limit) : part_limit_(part_limit) {
  int error = 0;
  archive_ = zip_open(path.c_str(), ZIP_RDONLY, &error);
  if (archive_ == nullptr) throw problems::malformed("zip");
}

ZipPackage::~ZipPackage() { zip_discard(static_cast<zip_t*>(archive_)); }

bool ZipPackage::has(const std::string& part) const {
  return zip_name_locate(static_cast<zip_t*>(archive_), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

std::unique_ptr<PartStream> ZipPackage::open(const std::string& part) const {
  auto* archive = static_cast<zip_t*>(archive_);
  zip_int64_t index = zip_name_locate(archive, part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) throw problems::malformed(part);
  zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(index), 0);
  if (file == nullptr) throw problems::malformed(part);
  return std::make_unique<PartStream>(file, part, part_limit_);
}

void ZipPackage::read_xml(const std::string& part, XmlHandler& handler) const {
  auto stream = open(part);
  XmlReader reader(handler, part);
  while (true) {
    std::string_view bytes = stream->next();
    reader.feed(bytes, bytes.empty());
    if (bytes.empty()) return;
  }
}

}  // namespace tanfang::excel
