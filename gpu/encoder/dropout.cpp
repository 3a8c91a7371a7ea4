#include "gpu/encoder/dropout.h"

#include "core/base/philox.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

namespace pretext {
namespace {

constexpr std::int64_t kDrawsAtOnce = 8;            // Of 16 bits, from the four words of a call.
constexpr std::int64_t kElementsAThread = 1 << 14;  // Worth waking a thread for.

/// The eight draws of a group of elements.
std::array<std::uint16_t, kDrawsAtOnce> draw_group(std::uint64_t seed, std::int64_t group) {
  const auto words = random_words({.seed = seed,
                                   .sample = static_cast<std::uint64_t>(group),
                                   .purpose = RandomPurpose::kDropout});
  std::array<std::uint16_t, kDrawsAtOnce> draws{};
  for (std::size_t i = 0; i < draws.size(); ++i)
    draws[i] = static_cast<std::uint16_t>(words.word[i / 2] >> (16 * (i % 2)));
  return draws;
}

/// What each element is multiplied by: 0 or `scale`.
void draw_factors(float* factors, std::int64_t count, std::uint64_t seed, std::uint32_t threshold,
                  float scale) {
  at::parallel_for(0, count, kElementsAThread, [&](std::int64_t begin, std::int64_t end) {
    for (auto at = begin; at < end;) {
      const auto draws = draw_group(seed, at / kDrawsAtOnce);
      const auto group_end = std::min(end, (at / kDrawsAtOnce + 1) * kDrawsAtOnce);
      for (auto i = static_cast<std::size_t>(at % kDrawsAtOnce); at < group_end; ++at, ++i)
        factors[at] = draws[i] < threshold ? 0.0F : scale;
    }
  });
}

std::uint64_t draw_seed() {
  auto generator = at::detail::getDefaultCPUGenerator();
  const std::scoped_lock lock(generator.mutex());
  return at::check_generator<at::CPUGeneratorImpl>(generator)->random64();
}

}  // namespace

torch::Tensor apply_dropout(const torch::Tensor& x, double probability, bool is_training) {
  if (!is_training || probability <= 0) return x;
  if (!x.is_cpu() || x.scalar_type() != torch::kFloat32)
    return torch::dropout(x, probability, true);
  const auto threshold = static_cast<std::uint32_t>(std::lround(probability * 65536.0));
  const auto scale = static_cast<float>(65536.0 / (65536.0 - threshold));
  const auto factors = torch::empty(x.sizes(), x.options().requires_grad(false));
  draw_factors(factors.data_ptr<float>(), factors.numel(), draw_seed(), threshold, scale);
  return x * factors;
}

}  // namespace pretext
