#include "gpu/augment/view_body.h"
#include "gpu/augment/view_kernel.h"

#include <stdexcept>
#include <string>

namespace pretext {
namespace {

constexpr int kThreads = 256;
constexpr int kWarp = 32;

void check(cudaError_t status) {
  if (status == cudaSuccess) return;
  throw std::runtime_error(std::string("CUDA, making views: ") + cudaGetErrorString(status));
}

/// A thread block as a team.
struct BlockTeam {
  float* partial;  // kThreads / kWarp floats of shared memory.

  __device__ int rank() const { return static_cast<int>(threadIdx.x); }
  __device__ int size() const { return kThreads; }
  __device__ void sync() const { __syncthreads(); }
  __device__ float sum(float value) const {
    for (int step = kWarp / 2; step > 0; step /= 2) {
      value += __shfl_xor_sync(0xffffffffu, value, step);
    }
    __syncthreads();  // The sums of an earlier call have been read.
    if (threadIdx.x % kWarp == 0) partial[threadIdx.x / kWarp] = value;
    __syncthreads();
    float total = 0.f;
    for (int i = 0; i < kThreads / kWarp; ++i) total += partial[i];
    return total;
  }
};

template <typename Pixel>
__device__ void make(const BlockTeam& team, const ViewLaunch& launch, const DeviceSample& sample,
                     const ViewRecipe& recipe, const ViewParameters& drawn, float* output,
                     float* scratch) {
  const view_body::Source<Pixel> source{
      reinterpret_cast<const Pixel*>(launch.pixels + sample.offset), sample.width, sample.channels};
  view_body::make_view(team, source, recipe, drawn,
                       {launch.channels, launch.window, launch.normalisation}, output, scratch);
}

__global__ void __launch_bounds__(kThreads) render_views(const ViewLaunch launch) {
  // Bytes: shared variables may not be initialised, as the members of ViewParameters are.
  __shared__ alignas(ViewParameters) unsigned char drawn_bytes[sizeof(ViewParameters)];
  auto& drawn = *reinterpret_cast<ViewParameters*>(drawn_bytes);
  __shared__ float partial[kThreads / kWarp];
  const BlockTeam team{partial};
  const int size = launch.recipes[0].size;
  const std::int64_t values = static_cast<std::int64_t>(launch.channels) * size * size;
  float* scratch = launch.scratch + blockIdx.x * values;
  const std::int64_t num_rows = launch.num_views * launch.num_samples;
  for (std::int64_t row = blockIdx.x; row < num_rows; row += gridDim.x) {
    const auto view = static_cast<std::uint8_t>(row / launch.num_samples);
    const auto& recipe = launch.recipes[view];
    const DeviceSample sample = launch.samples[launch.positions[row % launch.num_samples]];
    __syncthreads();  // The view before is done with `drawn` and `scratch`.
    if (threadIdx.x == 0) {
      drawn = draw_view(recipe, launch.seed, sample.draw_key, launch.epoch, view, sample.width,
                        sample.height);
    }
    __syncthreads();
    float* output = launch.output + row * values;
    if (sample.dtype == PixelType::kU8) {
      make<std::uint8_t>(team, launch, sample, recipe, drawn, output, scratch);
    } else {
      make<std::uint16_t>(team, launch, sample, recipe, drawn, output, scratch);
    }
  }
}

}  // namespace

std::int32_t view_blocks(int ordinal) {
  int processors = 0;
  check(cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, ordinal));
  constexpr int kBlocksAProcessor = 4;
  return processors * kBlocksAProcessor;
}

void launch_views(const ViewLaunch& launch, void* stream) {
  const auto on = static_cast<cudaStream_t>(stream);
  const auto blocks = static_cast<unsigned>(launch.num_blocks);
  render_views<<<blocks, kThreads, 0, on>>>(launch);
  check(cudaGetLastError());
}

}  // namespace pretext
