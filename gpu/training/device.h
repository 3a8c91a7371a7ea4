#pragma once

#include <torch/types.h>

#include <string>

namespace pretext {

/// The device that `name` ("auto", "cpu", "cuda:N") means on this machine. Throws UserError, with
/// the reason, for a GPU that is not there or cannot be used.
torch::Device choose_device(const std::string& name);

/// "fp32" or "bf16" for "auto" on this device.
std::string choose_precision(const std::string& precision, const torch::Device& device);

/// Re-seeds LibTorch's generators, so that a step depends on its number and not on what ran before.
void seed_generators(std::uint64_t seed, std::int64_t step, std::uint8_t purpose);

/// Deterministic algorithms, number of threads, memory kept for the next step. Once a process or
/// run.
void prepare_library(int num_threads);

}  // namespace pretext
