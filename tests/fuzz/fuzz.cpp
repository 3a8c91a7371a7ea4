// libFuzzer's entry. PRETEXT_FUZZ_TARGET names the target: `pretext_fuzz CORPUS [SEEDS…]`.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "tests/fuzz/targets.h"

namespace {

const pretext::FuzzTarget& chosen_target() {
  const char* wanted = std::getenv("PRETEXT_FUZZ_TARGET");
  for (const auto& target : pretext::fuzz_targets()) {
    if (wanted && target.name == wanted) return target;
  }
  std::fputs("PRETEXT_FUZZ_TARGET has to name one of:", stderr);
  for (const auto& target : pretext::fuzz_targets())
    std::fprintf(stderr, " %s", target.name.c_str());
  std::fputs("\n", stderr);
  std::exit(2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto& target = chosen_target();
  try {
    pretext::takes(target, {data, size});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "raw message: %s\n", error.what());
    std::abort();
  }
  return 0;
}
