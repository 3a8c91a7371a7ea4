#include "gpu/projection/umap.h"

#include "core/base/random_stream.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace pretext {
namespace {

struct Place {
  float x, y;
};

float clipped(float value) {
  constexpr float kMost = 4.f;
  return std::clamp(value, -kMost, kMost);
}

/// The forces between two points at a squared distance, as factors of their difference.
class Forces {
 public:
  explicit Forces(const UmapCurve& curve)
      : a_(static_cast<float>(curve.a)), b_(static_cast<float>(curve.b)) {}

  float attraction(float squared) const {
    if (squared <= 0.f) return 0.f;
    const float power = std::pow(squared, b_);
    return -2.f * a_ * b_ * power / (squared * (1.f + a_ * power));
  }
  float repulsion(float squared) const {
    if (squared <= 0.f) return 0.f;
    return 2.f * b_ / ((0.001f + squared) * (1.f + a_ * std::pow(squared, b_)));
  }

 private:
  float a_, b_;
};

/// The state of a layout, moved on an epoch at a time.
class Layout {
 public:
  Layout(const Affinities& graph, const torch::Tensor& initial, const UmapOptions& options,
         std::int64_t epochs)
      : graph_(graph), options_(options), forces_(fit_umap_curve(options.min_dist)) {
    const auto start = initial.to(torch::kFloat32).contiguous();
    const auto* places = reinterpret_cast<const Place*>(start.const_data_ptr<float>());
    places_.assign(places, places + graph.num_points());
    next_ = places_;
    const float strongest =
        graph.weights.empty() ? 1.f : *std::max_element(graph.weights.begin(), graph.weights.end());
    for (const float weight : graph.weights) {
      const bool is_used = weight * static_cast<float>(epochs) >= strongest;
      period_.push_back(is_used ? strongest / weight : -1.f);
    }
  }

  void move(std::int64_t epoch, float rate) {
    at::parallel_for(0, graph_.num_points(), 256, [&](std::int64_t begin, std::int64_t end) {
      for (auto i = begin; i < end; ++i) next_[at(i)] = moved(i, epoch, rate);
    });
    places_ = next_;
  }

  torch::Tensor places() const {
    return torch::from_blob(const_cast<Place*>(places_.data()), {graph_.num_points(), 2},
                            torch::kFloat32)
        .clone();
  }

 private:
  static std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

  /// Whether an edge with this period is drawn in an epoch: at its first multiple and each later.
  static bool is_due(float period, std::int64_t epoch) {
    if (period < 0.f) return false;
    const auto now = static_cast<float>(epoch + 1);
    return std::floor(now / period) > std::floor((now - 1.f) / period);
  }

  void pull(Place& place, const Place& other, float rate) const {
    const float x = place.x - other.x;
    const float y = place.y - other.y;
    const float force = forces_.attraction(x * x + y * y);
    place.x += rate * clipped(force * x);
    place.y += rate * clipped(force * y);
  }

  void push(Place& place, const Place& other, float rate) const {
    const float x = place.x - other.x;
    const float y = place.y - other.y;
    const float force = forces_.repulsion(x * x + y * y);
    place.x += rate * clipped(force * x);
    place.y += rate * clipped(force * y);
  }

  Place moved(std::int64_t i, std::int64_t epoch, float rate) const {
    Place place = places_[at(i)];
    RandomStream random({.seed = options_.seed,
                         .sample = static_cast<std::uint64_t>(i),
                         .epoch = static_cast<std::uint32_t>(epoch),
                         .purpose = RandomPurpose::kProjection});
    for (auto edge = graph_.offsets[at(i)]; edge < graph_.offsets[at(i + 1)]; ++edge) {
      if (!is_due(period_[at(edge)], epoch)) continue;
      const auto& other = places_[static_cast<std::size_t>(graph_.targets[at(edge)])];
      pull(place, other, rate);  // By this end of the edge,
      pull(place, other, rate);  // and by the other, which is drawn as often.
      for (std::int64_t n = 0; n < options_.negatives; ++n) {
        const auto far = random.index(graph_.num_points());
        if (far != i) push(place, places_[at(far)], rate);
      }
    }
    return place;
  }

  const Affinities& graph_;
  UmapOptions options_;
  Forces forces_;
  std::vector<float> period_;  // Epochs between two draws of an edge; -1: never.
  std::vector<Place> places_, next_;
};

}  // namespace

UmapCurve fit_umap_curve(double min_dist) {
  constexpr int kDistances = 300;
  UmapCurve curve{1.0, 1.0};
  double damping = 1e-3;
  const auto wanted = [&](double d) { return d < min_dist ? 1.0 : std::exp(min_dist - d); };
  const auto distance = [](int i) { return 3.0 * i / (kDistances - 1); };
  const auto error_of = [&](const UmapCurve& of) {
    double sum = 0.0;
    for (int i = 0; i < kDistances; ++i) {
      const double d = distance(i);
      const double error = 1.0 / (1.0 + of.a * std::pow(d, 2.0 * of.b)) - wanted(d);
      sum += error * error;
    }
    return sum;
  };
  double error = error_of(curve);
  for (int step = 0; step < 200; ++step) {  // Levenberg-Marquardt.
    double aa = 0.0, ab = 0.0, bb = 0.0, ga = 0.0, gb = 0.0;
    for (int i = 1; i < kDistances; ++i) {  // At 0 the curve is 1 whatever a and b.
      const double d = distance(i);
      const double power = std::pow(d, 2.0 * curve.b);
      const double value = 1.0 / (1.0 + curve.a * power);
      const double by_a = -value * value * power;
      const double by_b = by_a * curve.a * 2.0 * std::log(d);
      const double residual = value - wanted(d);
      aa += by_a * by_a;
      ab += by_a * by_b;
      bb += by_b * by_b;
      ga += by_a * residual;
      gb += by_b * residual;
    }
    aa *= 1.0 + damping;
    bb *= 1.0 + damping;
    const double determinant = aa * bb - ab * ab;
    const UmapCurve tried{curve.a - (bb * ga - ab * gb) / determinant,
                          curve.b - (aa * gb - ab * ga) / determinant};
    const double tried_error = error_of(tried);
    const bool is_better = tried.a > 0.0 && tried.b > 0.0 && tried_error <= error;
    damping *= is_better ? 0.3 : 4.0;
    if (!is_better) continue;
    const bool is_there = error - tried_error < 1e-14;
    curve = tried;
    error = tried_error;
    if (is_there) break;
  }
  return curve;
}

torch::Tensor umap_layout(const Affinities& memberships, const torch::Tensor& initial,
                          const UmapOptions& options, const Progress& progress) {
  constexpr std::int64_t kMany = 10'000;
  const std::int64_t usual = memberships.num_points() > kMany ? 200 : 500;
  const auto epochs = options.epochs > 0 ? options.epochs : usual;
  Layout layout(memberships, initial, options, epochs);
  for (std::int64_t epoch = 0; epoch < epochs; ++epoch) {
    const double done = static_cast<double>(epoch) / static_cast<double>(epochs);
    layout.move(epoch, static_cast<float>(1.0 - done));
    progress(done);
  }
  return layout.places();
}

}  // namespace pretext
