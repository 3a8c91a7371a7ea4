#pragma once

#include <torch/types.h>

#include <string>

namespace pretext {

/// The device that `name` ("auto", "cpu", "cuda:N") means on this machine. Throws UserError, with
/// the reason, for a GPU that is not there or cannot be used.
torch::Device choose_device(const std::string& name);

/// "fp32" or "bf16" for "auto" on this device.
std::string choose_precision(const std::string& precision, const torch::Device& device);

/// Waits until a GPU has done all that was asked of it, so that a clock tells what that took.
void finish_work(const torch::Device& device);

/// Re-seeds LibTorch's generators, so that a step depends on its number and not on what ran before.
void seed_generators(std::uint64_t seed, std::int64_t step, std::uint8_t purpose);

/// What may be done in different orders, to a sum that differs in its last bits.
enum class Determinism : std::uint8_t {
  kStrict,   ///< Nothing: an operation without a deterministic form throws.
  kSayOnly,  ///< Such an operation, as the backward pass of max pooling on a GPU, is said in the
             ///< log.
};

/// Deterministic algorithms, number of threads, memory kept for the next step. Once a process or
/// run.
void prepare_library(int num_threads, Determinism determinism);

/// Bytes that are free on a GPU.
std::int64_t free_device_memory(const torch::Device& device);

/// While it lives, a GPU multiplies float32 in TF32, with 10 bits of mantissa and several times as
/// fast: enough for features, which are compared and not summed up over thousands of steps.
class Tf32Guard {
 public:
  Tf32Guard();
  Tf32Guard(const Tf32Guard&) = delete;
  Tf32Guard& operator=(const Tf32Guard&) = delete;
  ~Tf32Guard();
};

}  // namespace pretext
