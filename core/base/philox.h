#pragma once

#include <cstdint>

#ifdef __CUDACC__
#define PRETEXT_HOST_DEVICE __host__ __device__
#else
#define PRETEXT_HOST_DEVICE
#endif

namespace pretext {

/// What a random draw is for. The value enters the counter: the list only grows.
enum class RandomPurpose : std::uint8_t {
  kView = 1,
  kEpochOrder = 2,
  kSubset = 3,
  kInitialWeights = 4,
  kDropout = 5,
  kEvaluation = 6,
  kDrawing = 7,
  kTextPlan = 8,
  kMasking = 9,
  kTextView = 10,
  kSweep = 11,
  kProjection = 12,
};

/// Four independent 32-bit words.
struct RandomWords {
  std::uint32_t word[4];
};

/// Philox4x32-10: a counter and a key in, four random words out, no state between calls.
///
/// Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011. Equal on host and device.
PRETEXT_HOST_DEVICE inline RandomWords philox(RandomWords counter, std::uint64_t key) {
  std::uint32_t key0 = static_cast<std::uint32_t>(key);
  std::uint32_t key1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = 0xD2511F53ull * counter.word[0];
    const std::uint64_t product1 = 0xCD9E8D57ull * counter.word[2];
    counter = {{static_cast<std::uint32_t>(product1 >> 32) ^ counter.word[1] ^ key0,
                static_cast<std::uint32_t>(product1),
                static_cast<std::uint32_t>(product0 >> 32) ^ counter.word[3] ^ key1,
                static_cast<std::uint32_t>(product0)}};
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  return counter;
}

/// Names one random draw; nothing else decides its value.
struct RandomAddress {
  std::uint64_t seed = 0;
  std::uint64_t sample = 0;  ///< Sample key, or 0 where no sample is meant.
  std::uint32_t epoch = 0;
  RandomPurpose purpose = RandomPurpose::kView;
  std::uint8_t view = 0;
  std::uint8_t operation = 0;
  std::uint8_t draw = 0;
};

/// The four words of a draw.
PRETEXT_HOST_DEVICE inline RandomWords random_words(const RandomAddress& at) {
  const std::uint32_t what = static_cast<std::uint32_t>(at.purpose) << 24 |
                             static_cast<std::uint32_t>(at.view) << 16 |
                             static_cast<std::uint32_t>(at.operation) << 8 | at.draw;
  return philox({{static_cast<std::uint32_t>(at.sample),
                  static_cast<std::uint32_t>(at.sample >> 32), at.epoch, what}},
                at.seed);
}

/// Uniform in [0, 1): the upper 24 bits, so that every value is a float exactly.
PRETEXT_HOST_DEVICE inline float uniform(std::uint32_t word) {
  return static_cast<float>(word >> 8) * 0x1p-24f;
}

/// Uniform in [low, high).
PRETEXT_HOST_DEVICE inline float uniform(std::uint32_t word, float low, float high) {
  return low + (high - low) * uniform(word);
}

/// Uniform integer in [0, bound), by multiplication; bound >= 1.
PRETEXT_HOST_DEVICE inline std::uint32_t uniform_index(std::uint32_t word, std::uint32_t bound) {
  return static_cast<std::uint32_t>((static_cast<std::uint64_t>(word) * bound) >> 32);
}

}  // namespace pretext
