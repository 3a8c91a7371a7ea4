// NT-Xent, forward and backward: time, and the peak of memory beyond the inputs (resident on the
// CPU, not read on a GPU).

#include "gpu/loss/nt_xent_loss.h"
#include "gpu/training/device.h"

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

void nt_xent(benchmark::State& state, const char* name) {
  const auto device = choose_device(name);
  torch::manual_seed(0);
  const auto options = torch::TensorOptions(device).requires_grad(true);
  const auto first = torch::randn({state.range(0), 128}, options);
  const auto second = torch::randn({state.range(0), 128}, options);
  const double before = peak_mib();
  for (auto _ : state) {
    nt_xent_loss(first, second, {.temperature = 0.1}).loss.backward();
    finish_work(device);
  }
  if (device.is_cpu()) state.counters["peak_MiB"] = peak_mib() - before;
}

}  // namespace
}  // namespace pretext

int main(int count, char** arguments) {
  const auto add = [](const std::string& name, const char* device) {
    benchmark::RegisterBenchmark(name.c_str(), pretext::nt_xent, device)
        ->Arg(1024)
        ->Arg(8192)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime()
        ->MinWarmUpTime(0.5);
  };
  add("nt_xent/cpu", "cpu");
  if (pretext::choose_device("auto").is_cuda()) add("nt_xent/gpu", "cuda:0");
  benchmark::Initialize(&count, arguments);
  benchmark::RunSpecifiedBenchmarks();
}
