#include "gpu/training/device.h"

#include "core/base/error.h"
#include "core/base/machine.h"
#include "core/base/parallel.h"
#include "core/base/philox.h"

#include <ATen/DeviceAccelerator.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <torch/torch.h>

#include <cstdlib>
#include <dlfcn.h>
#include <limits>
#include <malloc.h>

namespace pretext {
namespace {

std::string why_no_gpu() {
  const auto driver = read_gpu_driver();
  return driver.why_not.empty() ? "CUDA cannot use the GPU of this machine" : driver.why_not;
}

/// LibTorch's CUDA half takes seconds to load: only where there is a driver.
void load_cuda_half() {
  static const bool loaded = read_gpu_driver().why_not.empty() &&
                             dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) != nullptr;
  static_cast<void>(loaded);
}

void allow_tf32(bool allowed) {
  at::globalContext().setAllowTF32CuDNN(allowed);
  at::globalContext().setAllowTF32CuBLAS(allowed);
}

}  // namespace

torch::Device choose_device(const std::string& name) {
  if (name == "cpu") return torch::kCPU;
  load_cuda_half();
  const bool usable = torch::cuda::is_available();
  if (name == "auto") return usable ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
  if (!name.starts_with("cuda")) {
    throw UserError("device takes auto, cpu or cuda:N, got \"" + name + "\".");
  }
  if (!usable)
    throw UserError("device is " + name + " but " + why_no_gpu() +
                    ": set device = \"cpu\" or \"auto\".");
  const torch::Device device(name);
  if (device.index() >= static_cast<int>(torch::cuda::device_count())) {
    throw UserError("device is " + name + " but this machine has " +
                    std::to_string(torch::cuda::device_count()) +
                    " GPUs: choose a smaller number.");
  }
  return device;
}

std::string choose_precision(const std::string& precision, const torch::Device& device) {
  if (precision != "auto") return precision;
  // Compute capability 8.0 and above.
  const bool has_bf16 =
      device.is_cuda() && at::detail::getCUDAHooks().supportsBFloat16ConvolutionWithCuDNNv8();
  return has_bf16 ? "bf16" : "fp32";
}

void finish_work(const torch::Device& device) {
  if (device.is_cuda()) torch::cuda::synchronize(device.index());
}

void seed_generators(std::uint64_t seed, std::int64_t step, std::uint8_t purpose) {
  const auto words = random_words({.seed = seed,
                                   .sample = static_cast<std::uint64_t>(step),
                                   .purpose = static_cast<RandomPurpose>(purpose)});
  torch::manual_seed(static_cast<std::uint64_t>(words.word[0]) << 32 | words.word[1]);
}

void prepare_library(int num_threads, Determinism determinism) {
  // Tensors that a step frees serve the next one: fresh pages from the system cost a tenth of it.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  mallopt(M_TOP_PAD, 64 << 20);
  at::set_num_threads(num_threads > 0 ? num_threads : num_cores());
  const bool only_warns = determinism == Determinism::kSayOnly;
  at::globalContext().setDeterministicAlgorithms(true, only_warns);
  // Filling fresh memory costs 17 % of a step and hides nothing here.
  at::globalContext().setDeterministicFillUninitializedMemory(false);
  at::globalContext().setBenchmarkCuDNN(false);
  allow_tf32(false);  // fp32 means it: who wants speed has bf16.
}

std::int64_t free_device_memory(const torch::Device& device) {
  return static_cast<std::int64_t>(at::accelerator::getMemoryInfo(device.index()).first);
}

Tf32Guard::Tf32Guard() {
  allow_tf32(true);
}

Tf32Guard::~Tf32Guard() {
  allow_tf32(false);
}

}  // namespace pretext
