#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace pretext {

/// Number of hardware threads, at least 1.
inline int num_cores() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// Calls `work(i, thread)` for each i in [0, count), on `num_threads` threads (the caller is one),
/// in blocks of `grain`. `thread` is in [0, num_threads). The first exception is thrown again after
/// all threads have ended.
template <typename Work>
void parallel_for(std::int64_t count, int num_threads, std::int64_t grain, const Work& work) {
  std::atomic<std::int64_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto loop = [&](int thread) {
    try {
      for (std::int64_t begin; (begin = next.fetch_add(grain)) < count;) {
        for (auto i = begin; i < std::min(count, begin + grain); ++i) work(i, thread);
      }
    } catch (...) {
      const std::scoped_lock lock(failure_mutex);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  const auto useful = std::min<std::int64_t>(num_threads, (count + grain - 1) / grain);
  std::vector<std::jthread> others;
  for (int thread = 1; thread < useful; ++thread) others.emplace_back(loop, thread);
  loop(0);
  others.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace pretext
