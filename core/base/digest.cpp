#include "core/base/digest.h"

#include "core/base/error.h"

#include <array>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <vector>
#include <xxhash.h>

namespace pretext {

std::string to_hex(std::span<const unsigned char> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::uint64_t content_key(std::span<const std::byte> bytes) {
  return XXH3_128bits(bytes.data(), bytes.size()).low64;
}

std::string content_digest(std::span<const std::byte> bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  return to_hex(canonical.digest);
}

std::string sha256_of_file(const std::filesystem::path& path) {
  std::error_code error;  // A pipe in its place would be waited for.
  const bool is_file = std::filesystem::is_regular_file(path, error);
  std::ifstream file;
  if (is_file) file.open(path, std::ios::binary);
  if (!is_file || !file)
    throw UserError("Cannot read " + path.string() + ": check that it is still there.");
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::vector<char> block(1 << 20);
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(file.gcount()));
  }
  std::array<unsigned char, 32> digest;
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return to_hex(digest);
}

}  // namespace pretext
