#include "gpu/projection/tsne.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace pretext {
namespace {

constexpr int kNodes = 3;    // Of an interval of the grid: interpolation by parabolas.
constexpr int kCharges = 4;  // 1, x, y, x² + y²
constexpr int kLeastIntervals = 50;
constexpr double kIntervalWidth = 1.0;

/// The next number that has no factor but 2, 3 and 5, which Fourier transforms are fast at.
std::int64_t transformed_fast(std::int64_t number) {
  for (;; ++number) {
    auto rest = number;
    for (const std::int64_t factor : {2, 3, 5}) {
      while (rest % factor == 0) rest /= factor;
    }
    if (rest == 1) return number;
  }
}

/// A square grid of nodes over all points.
struct Grid {
  double low_x, low_y, width;
  std::int64_t intervals;

  explicit Grid(const torch::Tensor& places) {
    const auto low = std::get<0>(places.min(0));
    const auto high = std::get<0>(places.max(0));
    low_x = low[0].item<double>();
    low_y = low[1].item<double>();
    const double across = std::max((high - low).max().item<double>(), 1e-12);
    intervals = transformed_fast(std::max<std::int64_t>(
        kLeastIntervals, static_cast<std::int64_t>(std::ceil(across / kIntervalWidth))));
    width = across * (1.0 + 1e-9) / static_cast<double>(intervals);
  }
  std::int64_t side() const { return intervals * kNodes; }
  double spacing() const { return width / kNodes; }
};

/// Where a coordinate lies on its axis: the first node of its interval, and each node's share.
struct Share {
  std::int64_t first;
  std::array<double, kNodes> of;
};

Share share_of(double offset, const Grid& grid) {
  const double where = offset / grid.width;
  const auto interval =
      std::clamp<std::int64_t>(static_cast<std::int64_t>(where), 0, grid.intervals - 1);
  const double inside = where - static_cast<double>(interval);
  // Lagrange's parabolas through the nodes at 1/6, 1/2 and 5/6.
  const double a = inside - 1.0 / 6.0;
  const double b = inside - 1.0 / 2.0;
  const double c = inside - 5.0 / 6.0;
  return {interval * kNodes, {4.5 * b * c, -9.0 * a * c, 4.5 * a * b}};
}

/// (1 + d²)^-2 between nodes, laid out for a circular convolution of twice the side.
torch::Tensor kernel_spectrum(const Grid& grid) {
  const auto side = grid.side();
  const auto steps = torch::arange(2 * side, torch::kFloat64);
  const auto offsets = torch::minimum(steps, 2 * side - steps) * grid.spacing();
  const auto squared = offsets.square();
  const auto kernel = (1.0 + squared.unsqueeze(0) + squared.unsqueeze(1)).square().reciprocal();
  return torch::fft::rfft2(kernel.to(torch::kFloat32));
}

/// Calls `work(node, share)` for the nodes about a place.
template <typename Work>
void about(const Grid& grid, double x, double y, const Work& work) {
  const auto across = share_of(x - grid.low_x, grid);
  const auto up = share_of(y - grid.low_y, grid);
  for (int i = 0; i < kNodes; ++i) {
    for (int j = 0; j < kNodes; ++j)
      work((across.first + i) * grid.side() + up.first + j, across.of[i] * up.of[j]);
  }
}

/// Gradient of the Kullback-Leibler divergence by the places (N, 2) float64.
torch::Tensor gradient_at(const Affinities& joint, const torch::Tensor& places,
                          double exaggeration) {
  const auto repulsion = interpolated_repulsion(places);
  auto gradient = repulsion.forces.mul(-1.0 / repulsion.normaliser).contiguous();
  auto* forces = gradient.data_ptr<double>();
  const auto* place = places.const_data_ptr<double>();
  at::parallel_for(0, joint.num_points(), 256, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i) {
      double force_x = 0.0;
      double force_y = 0.0;
      for (auto edge = joint.offsets[static_cast<std::size_t>(i)];
           edge < joint.offsets[static_cast<std::size_t>(i + 1)]; ++edge) {
        const auto j = joint.targets[static_cast<std::size_t>(edge)];
        const double x = place[2 * i] - place[2 * j];
        const double y = place[2 * i + 1] - place[2 * j + 1];
        const double pull = joint.weights[static_cast<std::size_t>(edge)] / (1.0 + x * x + y * y);
        force_x += pull * x;
        force_y += pull * y;
      }
      forces[2 * i] += exaggeration * force_x;
      forces[2 * i + 1] += exaggeration * force_y;
    }
  });
  return gradient;
}

}  // namespace

Repulsion interpolated_repulsion(const torch::Tensor& places) {
  const torch::NoGradGuard no_grad;
  const auto count = places.size(0);
  const Grid grid(places);
  const auto side = grid.side();
  const auto* place = places.const_data_ptr<double>();
  auto charges = torch::zeros({kCharges, side, side});
  at::parallel_for(0, kCharges, 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto charge = begin; charge < end; ++charge) {
      auto* nodes = charges.data_ptr<float>() + charge * side * side;
      for (std::int64_t i = 0; i < count; ++i) {
        const double x = place[2 * i];
        const double y = place[2 * i + 1];
        const double value = charge == 0 ? 1.0 : charge == 1 ? x : charge == 2 ? y : x * x + y * y;
        about(grid, x, y, [&](std::int64_t node, double share) {
          nodes[node] += static_cast<float>(share * value);
        });
      }
    }
  });
  const auto spectrum = torch::fft::rfft2(charges, std::vector<std::int64_t>{2 * side, 2 * side});
  const auto potentials = torch::fft::irfft2(spectrum * kernel_spectrum(grid),
                                             std::vector<std::int64_t>{2 * side, 2 * side})
                              .slice(1, 0, side)
                              .slice(2, 0, side)
                              .contiguous();
  Repulsion result{torch::empty({count, 2}, torch::kFloat64), 0.0};
  auto* forces = result.forces.data_ptr<double>();
  const auto* nodes = potentials.const_data_ptr<float>();
  std::vector<double> parts(static_cast<std::size_t>(count));
  at::parallel_for(0, count, 1024, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i) {
      std::array<double, kCharges> felt{};
      const double x = place[2 * i];
      const double y = place[2 * i + 1];
      about(grid, x, y, [&](std::int64_t node, double share) {
        for (int charge = 0; charge < kCharges; ++charge)
          felt[charge] += share * nodes[charge * side * side + node];
      });
      forces[2 * i] = x * felt[0] - felt[1];
      forces[2 * i + 1] = y * felt[0] - felt[2];
      // (1 + d²) (1 + d²)^-2, d² written out.
      parts[static_cast<std::size_t>(i)] =
          (1.0 + x * x + y * y) * felt[0] - 2.0 * (x * felt[1] + y * felt[2]) + felt[3];
    }
  });
  for (const double part : parts) result.normaliser += part;
  result.normaliser = std::max(result.normaliser - static_cast<double>(count), 1e-12);
  return result;
}

torch::Tensor tsne_layout(const Affinities& joint, const torch::Tensor& initial,
                          const TsneOptions& options, const Progress& progress) {
  constexpr double kMomentum = 0.8;
  constexpr double kLeastGain = 0.01;
  constexpr double kLongestStep = 5.0;
  constexpr double kInitialDeviation = 1e-4;
  const torch::NoGradGuard no_grad;
  auto places = initial.to(torch::kFloat64).contiguous();
  places = places - places.mean(0);
  places =
      places * (kInitialDeviation / std::max(places.select(1, 0).std(false).item<double>(), 1e-12));
  auto update = torch::zeros_like(places);
  auto gains = torch::ones_like(places);
  const auto all = options.early_iterations + options.iterations;
  for (std::int64_t iteration = 0; iteration < all; ++iteration) {
    if (iteration == options.early_iterations) {
      update.zero_();
      gains.fill_(1.0);
    }
    const double exaggeration = iteration < options.early_iterations ? options.exaggeration : 1.0;
    const double rate = static_cast<double>(joint.num_points()) / exaggeration;
    const auto gradient = gradient_at(joint, places, exaggeration);
    const auto goes_on = update.sign() != gradient.sign();
    gains = torch::where(goes_on, gains + 0.2, gains * 0.8 + kLeastGain);
    update = kMomentum * update - rate * gains * gradient;
    const auto length = update.norm(2, 1, true);
    update = update * (kLongestStep / length.clamp_min(kLongestStep));
    places = places + update;
    places = (places - places.mean(0)).contiguous();
    progress(static_cast<double>(iteration + 1) / static_cast<double>(all));
  }
  return places.to(torch::kFloat32);
}

}  // namespace pretext
