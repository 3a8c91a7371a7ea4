#include <stdexcept>

#include "tests/unit/gpu/drawn_parameters.h"

namespace pretext {
namespace {

__global__ void draw(const ViewRecipe recipe, std::uint64_t first, ViewParameters* drawn,
                     std::size_t count) {
  const auto i = static_cast<std::size_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  if (i >= count) return;
  drawn[i] = draw_view(recipe, 11, first + i, 5, 0, kDrawnWidth, kDrawnHeight);
}

void check(cudaError_t status) {
  if (status != cudaSuccess) throw std::runtime_error(cudaGetErrorString(status));
}

}  // namespace

void draw_on_device(const ViewRecipe& recipe, std::uint64_t first,
                    std::vector<ViewParameters>& drawn) {
  const auto bytes = drawn.size() * sizeof(ViewParameters);
  ViewParameters* on_device = nullptr;
  check(cudaMalloc(&on_device, bytes));
  draw<<<static_cast<unsigned>((drawn.size() + 255) / 256), 256>>>(recipe, first, on_device,
                                                                   drawn.size());
  check(cudaMemcpy(drawn.data(), on_device, bytes, cudaMemcpyDeviceToHost));
  check(cudaFree(on_device));
}

}  // namespace pretext
