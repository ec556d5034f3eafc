// The refusals of key files.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::crypto {

inline Problem keys_missing(const std::string& path) {
  return Problem("keys.missing", 409,
                 {"找不到密钥文件 " + path + "，请放回原来的密钥文件，或用 tanfang keys import 导入",
                  "there is no key file " + path + "; put the old one back or bring it with `tanfang keys import`"});
}

inline Problem keys_open_to_others(const std::string& path) {
  return Problem("keys.open_to_others", 409,
                 {"密钥文件 " + path + " 可被他人读写，请先执行 chmod 600 并检查密钥是否已泄露",
                  "the key file " + path + " is open to others; chmod 600 it and ask who may have read it"});
}

/// `reason` in English says what is wrong and never quotes the file.
inline Problem keys_malformed(const std::string& reason) {
  return Problem("keys.malformed", 422,
                 {"密钥文件内容不正确（" + reason + "），请使用完整的备份",
                  "the key file is malformed (" + reason + "); use a whole copy of it"});
}

inline Problem keys_wrong_passphrase() {
  return Problem("keys.wrong_passphrase", 422,
                 {"口令不正确，或密钥文件已损坏；请重新输入，或换用另一份备份",
                  "the passphrase is wrong, or the key file is damaged; type it again, or take another copy"});
}

}  // namespace tanfang::crypto
