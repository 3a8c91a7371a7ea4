#include "gpu/projection/affinities.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace pretext {
namespace {

/// Weights of each point's neighbours, (N, k), still one-sided.
struct OneSided {
  const Neighbours& neighbours;
  std::vector<double> weights;

  explicit OneSided(const Neighbours& of)
      : neighbours(of), weights(static_cast<std::size_t>(of.positions.numel())) {}
  std::int64_t count() const { return neighbours.positions.size(0); }
  std::int64_t k() const { return neighbours.positions.size(1); }
  std::span<const float> distances(std::int64_t i) const {
    return {neighbours.distances.const_data_ptr<float>() + i * k(), static_cast<std::size_t>(k())};
  }
  std::span<double> weights_of(std::int64_t i) {
    return std::span(weights).subspan(static_cast<std::size_t>(i * k()),
                                      static_cast<std::size_t>(k()));
  }
};

/// One direction of an edge, as it arrives at its point.
struct Half {
  std::int32_t target;
  float own, other;  // The weight that this point gave, and that it was given.
};

/// Joins both directions by `join(a, b)`, where a missing one is 0; zeros are left out.
template <typename Join>
Affinities both_ways(const OneSided& from, const Join& join) {
  const auto count = from.count();
  const auto* positions = from.neighbours.positions.const_data_ptr<std::int64_t>();
  std::vector<std::vector<Half>> halves(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    for (std::int64_t j = 0; j < from.k(); ++j) {
      const auto other = positions[i * from.k() + j];
      const auto weight =
          static_cast<float>(from.weights[static_cast<std::size_t>(i * from.k() + j)]);
      halves[static_cast<std::size_t>(i)].push_back(
          {static_cast<std::int32_t>(other), weight, 0.f});
      halves[static_cast<std::size_t>(other)].push_back(
          {static_cast<std::int32_t>(i), 0.f, weight});
    }
  }
  Affinities joined;
  joined.offsets.push_back(0);
  for (auto& of : halves) {
    std::ranges::sort(of, {}, &Half::target);
    for (std::size_t i = 0; i < of.size();) {
      float own = 0.f;
      float other = 0.f;
      const auto target = of[i].target;
      for (; i < of.size() && of[i].target == target; ++i) {
        own += of[i].own;
        other += of[i].other;
      }
      const float weight = join(own, other);
      if (weight <= 0.f) continue;
      joined.targets.push_back(target);
      joined.weights.push_back(weight);
    }
    joined.offsets.push_back(static_cast<std::int64_t>(joined.targets.size()));
  }
  return joined;
}

/// exp(-beta·d²), normalised, with the beta that gives the entropy log(perplexity).
void fit_gaussian(std::span<const float> distances, double perplexity, std::span<double> weights) {
  constexpr int kSteps = 100;
  constexpr double kTolerance = 1e-5;
  const double wanted = std::log(std::min(perplexity, static_cast<double>(distances.size())));
  double low = 0.0;
  double high = std::numeric_limits<double>::infinity();
  double beta = 1.0;
  const double nearest = static_cast<double>(distances.front()) * distances.front();
  for (int step = 0; step < kSteps; ++step) {
    double sum = 0.0;
    double weighted = 0.0;
    for (std::size_t j = 0; j < distances.size(); ++j) {
      const double further = static_cast<double>(distances[j]) * distances[j] - nearest;
      weights[j] = std::exp(-beta * further);
      sum += weights[j];
      weighted += weights[j] * further;
    }
    for (auto& weight : weights) weight /= sum;
    const double excess = std::log(sum) + beta * weighted / sum - wanted;
    if (std::abs(excess) < kTolerance) return;
    (excess > 0 ? low : high) = beta;
    beta = std::isinf(high) ? 2.0 * beta : 0.5 * (low + high);
  }
}

/// The width at which the memberships of one point's neighbours sum to log2(k + 1).
double smooth_width(std::span<const float> distances, double nearest) {
  constexpr int kSteps = 64;
  constexpr double kTolerance = 1e-5;
  const double wanted = std::log2(static_cast<double>(distances.size() + 1));
  double low = 0.0;
  double high = std::numeric_limits<double>::infinity();
  double width = 1.0;
  for (int step = 0; step < kSteps; ++step) {
    double sum = 0.0;
    for (const float distance : distances)
      sum += std::exp(-std::max(0.0, distance - nearest) / width);
    if (std::abs(sum - wanted) < kTolerance) break;
    (sum > wanted ? high : low) = width;
    width = std::isinf(high) ? 2.0 * width : 0.5 * (low + high);
  }
  return width;
}

}  // namespace

Affinities tsne_affinities(const Neighbours& neighbours, double perplexity) {
  OneSided conditional(neighbours);
  at::parallel_for(0, conditional.count(), 64, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i)
      fit_gaussian(conditional.distances(i), perplexity, conditional.weights_of(i));
  });
  auto joint = both_ways(conditional, [](float a, float b) { return a + b; });
  const double sum = std::accumulate(joint.weights.begin(), joint.weights.end(), 0.0);
  for (auto& weight : joint.weights) weight = static_cast<float>(weight / sum);
  return joint;
}

Affinities umap_memberships(const Neighbours& neighbours) {
  constexpr double kLeastWidth = 1e-3;  // Of the mean distance.
  OneSided fuzzy(neighbours);
  const double own_share = static_cast<double>(fuzzy.k()) / static_cast<double>(fuzzy.k() + 1);
  const double mean_of_all = neighbours.distances.mean().item<double>() * own_share;
  at::parallel_for(0, fuzzy.count(), 64, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i) {
      const auto distances = fuzzy.distances(i);
      const auto found = std::ranges::find_if(distances, [](float d) { return d > 0.f; });
      const double nearest = found == distances.end() ? 0.0 : *found;
      const double mean = nearest > 0.0 ? std::accumulate(distances.begin(), distances.end(), 0.0) /
                                              static_cast<double>(distances.size() + 1)
                                        : mean_of_all;
      const double width = std::max(smooth_width(distances, nearest), kLeastWidth * mean);
      const auto weights = fuzzy.weights_of(i);
      for (std::size_t j = 0; j < distances.size(); ++j) {
        const double beyond = distances[j] - nearest;
        weights[j] = beyond <= 0.0 || width == 0.0 ? 1.0 : std::exp(-beyond / width);
      }
    }
  });
  return both_ways(fuzzy, [](float a, float b) { return a + b - a * b; });
}

}  // namespace pretext
