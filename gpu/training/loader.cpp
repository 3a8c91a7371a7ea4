#include "gpu/training/loader.h"

#include <torch/torch.h>

namespace pretext {

Loader::Loader(const Corpus& corpus, const InputOptions& options, BatchPlan plan,
               std::int64_t first_step, std::int64_t last_step, int num_threads, bool pinned)
    : corpus_(corpus),
      options_(options),
      plan_(std::move(plan)),
      last_step_(last_step),
      num_threads_(num_threads),
      rendered_(first_step),
      consumed_(first_step),
      handed_(first_step) {
  const auto rows =
      static_cast<std::int64_t>(plan_.batch(first_step).size() * options_.recipes.size());
  const auto size = options_.recipes[0].size;
  const auto kind = torch::TensorOptions(torch::kFloat32).pinned_memory(pinned);
  for (auto& buffer : buffers_) buffer = torch::empty({rows, options_.channels, size, size}, kind);
  thread_ = std::jthread([this](std::stop_token stop) { work(stop); });
}

Loader::~Loader() {
  thread_.request_stop();
  changed_.notify_all();
}

void Loader::work(std::stop_token stop) {
  try {
    for (std::int64_t step = rendered_; step < last_step_; ++step) {
      {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [&] { return step < consumed_ + 2; })) return;
      }
      render_views(corpus_, options_, plan_.batch(step), plan_.epoch_of(step), num_threads_,
                   buffers_[step % 2]);
      const std::scoped_lock lock(mutex_);
      rendered_ = step + 1;
      changed_.notify_all();
    }
  } catch (...) {
    const std::scoped_lock lock(mutex_);
    failure_ = std::current_exception();
    changed_.notify_all();
  }
}

const torch::Tensor& Loader::next() {
  std::unique_lock lock(mutex_);
  consumed_ = handed_;
  changed_.notify_all();
  changed_.wait(lock, [&] { return rendered_ > handed_ || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  return buffers_[handed_++ % 2];
}

}  // namespace pretext
