#include "gpu/training/loader.h"

#include <torch/torch.h>

namespace pretext {

Loader::Loader(Prepare prepare, std::int64_t first_step, std::int64_t last_step)
    : prepare_(std::move(prepare)),
      last_step_(last_step),
      prepared_(first_step),
      consumed_(first_step),
      handed_(first_step) {
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Loader::~Loader() {
  thread_.request_stop();
  changed_.notify_all();
}

void Loader::work(const std::stop_token& stop) {
  try {
    for (std::int64_t step = prepared_; step < last_step_; ++step) {
      {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [&] { return step < consumed_ + 2; })) return;
      }
      prepare_(step, buffers_[step % 2]);
      const std::scoped_lock lock(mutex_);
      prepared_ = step + 1;
      changed_.notify_all();
    }
  } catch (...) {
    const std::scoped_lock lock(mutex_);
    failure_ = std::current_exception();
    changed_.notify_all();
  }
}

Batch Loader::next() {
  std::unique_lock lock(mutex_);
  consumed_ = handed_;
  changed_.notify_all();
  changed_.wait(lock, [&] { return prepared_ > handed_ || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  return buffers_[handed_++ % 2];
}

}  // namespace pretext
