// NT-Xent, forward and backward: time, and the peak of resident memory beyond the inputs.

#include "gpu/loss/nt_xent_loss.h"

#include <torch/torch.h>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

namespace pretext {
namespace {

double peak_mib() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void nt_xent(benchmark::State& state) {
  torch::manual_seed(0);
  const auto first = torch::randn({state.range(0), 128}).requires_grad_();
  const auto second = torch::randn({state.range(0), 128}).requires_grad_();
  const double before = peak_mib();
  for (auto _ : state) {
    nt_xent_loss(first, second, {.temperature = 0.1}).loss.backward();
  }
  state.counters["peak_MiB"] = peak_mib() - before;
}
BENCHMARK(nt_xent)->Arg(1024)->Arg(8192)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace pretext

BENCHMARK_MAIN();
