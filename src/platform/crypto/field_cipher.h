// The one cipher there is today. Only for the files of this folder.
#pragma once

#include <map>
#include <memory>

#include "platform/crypto/aes_gcm.h"
#include "platform/crypto/crypto.h"

namespace tanfang::crypto {

/// `keys` is not empty; the highest number is the current one.
std::shared_ptr<const FieldCipher> make_aes_cipher(const std::map<std::uint32_t, std::string>& keys);

}  // namespace tanfang::crypto
