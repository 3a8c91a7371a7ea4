/// Seconds and trustworthiness of t-SNE and UMAP on Gaussian mixtures, to be read beside umap-learn
/// and openTSNE on the same: 5,000 x 512 of 10 clusters and 20,000 x 128 of 20, each cluster with 8
/// directions of its own and isotropic noise of 0.3.
#include "gpu/projection/projection.h"
#include "gpu/training/device.h"

#include <torch/torch.h>

#include <benchmark/benchmark.h>

namespace pretext {
namespace {

torch::Tensor mixture(std::int64_t count, std::int64_t dimensions, std::int64_t clusters) {
  torch::manual_seed(0);
  const auto of = torch::randint(clusters, {count});
  const auto centres = torch::randn({clusters, dimensions});
  const auto directions = torch::randn({clusters, 8, dimensions}) / std::sqrt(8.0);
  const auto within = torch::empty({count, dimensions});
  for (std::int64_t cluster = 0; cluster < clusters; ++cluster) {
    const auto own = torch::nonzero(of == cluster).flatten();
    within.index_copy_(0, own, torch::randn({own.size(0), 8}).matmul(directions[cluster]));
  }
  return centres.index_select(0, of) + within + 0.3 * torch::randn({count, dimensions});
}

void project(benchmark::State& state, const char* method) {
  const auto rows = mixture(state.range(0), state.range(1), state.range(2));
  torch::Tensor layout;
  for (auto _ : state) {
    layout = project_features(rows, {.method = method}, choose_device("auto"), [](double) {});
  }
  state.counters["trustworthiness"] =
      trustworthiness(torch::nn::functional::normalize(rows), layout);
}

BENCHMARK_CAPTURE(project, umap, "umap")
    ->Args({5000, 512, 10})
    ->Args({20000, 128, 20})
    ->Unit(benchmark::kSecond)
    ->UseRealTime()
    ->Iterations(1);
BENCHMARK_CAPTURE(project, tsne, "tsne")
    ->Args({5000, 512, 10})
    ->Args({20000, 128, 20})
    ->Unit(benchmark::kSecond)
    ->UseRealTime()
    ->Iterations(1);

}  // namespace
}  // namespace pretext

BENCHMARK_MAIN();
