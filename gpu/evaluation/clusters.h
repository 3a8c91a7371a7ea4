#pragma once

#include <torch/types.h>

#include <cstdint>
#include <functional>

namespace pretext {

/// Groups `rows` (N, D) into k clusters: the best of four starts of Lloyd's algorithm, by the sum
/// of squared distances to the clusters' means. Returns (N) int64 on the CPU, numbered from the
/// largest cluster; fewer than k where there are fewer different rows. `report`: told the share
/// done; what it throws ends the work.
///
/// Arthur and Vassilvitskii, "k-means++: The Advantages of Careful Seeding", SODA 2007.
torch::Tensor k_means(
    const torch::Tensor& rows, std::int64_t k, std::uint64_t seed = 0,
    const std::function<void(double)>& report = [](double) {});

}  // namespace pretext
