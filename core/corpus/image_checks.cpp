#include "core/corpus/image_checks.h"

#include "core/base/error.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace pretext {
namespace {

constexpr int kSide = 16;     // Of the grey pictures that are held against each other.
constexpr int kMostBits = 7;  // So that of eight bytes one is the same.
constexpr double kLeastCorrelation = 0.98;
constexpr double kMostDifference = 0.04;  // Mean, of the range of values.
constexpr double kFlat = 0.008;           // Deviation of a picture of which nothing can be said.
constexpr int kBands = 8;                 // Bytes of a hash.

/// Means of the cells of a grid over the picture, of all channels, row by row, as stored.
std::vector<double> cell_means(const ImageView& image, int columns, int rows) {
  const auto value = [&](std::size_t i) {
    return image.dtype == PixelType::kU8
               ? static_cast<double>(std::to_integer<int>(image.data[i]))
               : static_cast<double>(reinterpret_cast<const std::uint16_t*>(image.data)[i]);
  };
  // At least a pixel each; of a picture smaller than the grid cells share some.
  const auto bounds = [](int cell, int cells, int length) {
    const int begin = std::min(cell * length / cells, length - 1);
    return std::pair(begin, std::max(begin + 1, (cell + 1) * length / cells));
  };
  std::vector<double> means;
  means.reserve(static_cast<std::size_t>(columns * rows));
  for (int row = 0; row < rows; ++row) {
    const auto [top, bottom] = bounds(row, rows, image.height);
    for (int column = 0; column < columns; ++column) {
      const auto [left, right] = bounds(column, columns, image.width);
      double sum = 0.0;
      for (int y = top; y < bottom; ++y) {
        const auto begin = static_cast<std::size_t>((y * image.width + left) * image.channels);
        const auto count = static_cast<std::size_t>((right - left) * image.channels);
        for (std::size_t i = begin; i < begin + count; ++i) sum += value(i);
      }
      means.push_back(sum / ((right - left) * (bottom - top) * image.channels));
    }
  }
  return means;
}

/// What is kept of a picture to hold it against others.
struct Look {
  std::uint64_t hash = 0;
  std::array<float, kSide * kSide> unit{};  // Grey cells less their mean, of length 1.
  std::array<std::uint8_t, kSide * kSide> cells{};
  bool is_flat = false;
};

Look look_at(const ImageView& image, ValueWindow window) {
  Look look{.hash = difference_hash(image)};
  auto cells = cell_means(image, kSide, kSide);
  for (auto& cell : cells)
    cell = std::clamp((cell - window.low) / (window.high - window.low), 0.0, 1.0);
  const double mean =
      std::accumulate(cells.begin(), cells.end(), 0.0) / static_cast<double>(cells.size());
  double squares = 0.0;
  for (const double cell : cells) squares += (cell - mean) * (cell - mean);
  look.is_flat = std::sqrt(squares / static_cast<double>(cells.size())) < kFlat;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    look.cells[i] = static_cast<std::uint8_t>(std::lround(255.0 * cells[i]));
    if (!look.is_flat) look.unit[i] = static_cast<float>((cells[i] - mean) / std::sqrt(squares));
  }
  return look;
}

bool are_near(const Look& one, const Look& other) {
  if (std::popcount(one.hash ^ other.hash) > kMostBits) return false;
  double correlation = 0.0;
  int difference = 0;
  for (std::size_t i = 0; i < one.cells.size(); ++i) {
    correlation += static_cast<double>(one.unit[i]) * static_cast<double>(other.unit[i]);
    difference += std::abs(one.cells[i] - other.cells[i]);
  }
  return correlation >= kLeastCorrelation &&
         difference <= kMostDifference * 255.0 * static_cast<double>(one.cells.size());
}

/// Groups of looks: the first of each stands for those that resemble it.
class Gathering {
 public:
  explicit Gathering(const std::vector<Look>& looks) : looks_(looks) {}

  void add(std::size_t look) {
    if (const auto group = find(look)) {
      groups_[*group].push_back(look);
      return;
    }
    for (int band = 0; band < kBands; ++band) places(look, band).push_back(groups_.size());
    groups_.push_back({look});
  }
  /// Of indexes of looks.
  const std::vector<std::vector<std::size_t>>& groups() const { return groups_; }

 private:
  /// Groups whose first shares that part of the hash.
  std::vector<std::size_t>& places(std::size_t look, int band) {
    const auto part = looks_[look].hash >> (8 * band) & 0xff;
    return bands_[static_cast<std::size_t>(band)][part];
  }
  std::optional<std::size_t> find(std::size_t look) {
    for (int band = 0; band < kBands; ++band) {
      for (const auto group : places(look, band))
        if (are_near(looks_[groups_[group].front()], looks_[look])) return group;
    }
    return std::nullopt;
  }

  const std::vector<Look>& looks_;
  std::vector<std::vector<std::size_t>> groups_;
  std::array<std::array<std::vector<std::size_t>, 256>, kBands> bands_;
};

/// Positions of all but further exact copies.
std::vector<std::int64_t> without_copies(const PackedImages& images) {
  std::vector<std::int64_t> positions;
  std::unordered_set<std::uint64_t> keys;
  for (std::int64_t position = 0; position < images.size(); ++position)
    if (keys.insert(images.key(position)).second) positions.push_back(position);
  return positions;
}

/// The same groups, each with the exact copies of its images.
std::vector<std::vector<std::int64_t>> with_copies(
    const PackedImages& images, const std::vector<std::vector<std::int64_t>>& groups) {
  std::unordered_map<std::uint64_t, std::vector<std::int64_t>> copies;  // By key.
  for (const auto& group : groups)
    for (const auto position : group) copies[images.key(position)];
  for (std::int64_t position = 0; position < images.size() && !copies.empty(); ++position)
    if (const auto found = copies.find(images.key(position)); found != copies.end())
      found->second.push_back(position);
  std::vector<std::vector<std::int64_t>> whole;
  for (const auto& group : groups) {
    std::set<std::int64_t> all;
    for (const auto position : group) {
      const auto& same = copies.at(images.key(position));
      all.insert(same.begin(), same.end());
    }
    whole.emplace_back(all.begin(), all.end());
  }
  return whole;
}

}  // namespace

std::uint64_t difference_hash(const ImageView& image) {
  constexpr int kCells = 8;
  const auto means = cell_means(image, kCells + 1, kCells);
  std::uint64_t hash = 0;
  for (int row = 0; row < kCells; ++row) {
    for (int column = 0; column < kCells; ++column) {
      const auto at = static_cast<std::size_t>(row * (kCells + 1) + column);
      hash = hash << 1 | static_cast<std::uint64_t>(means[at] < means[at + 1]);
    }
  }
  return hash;
}

std::vector<std::vector<std::int64_t>> near_duplicate_groups(
    const Corpus& corpus, const std::function<void(double)>& report, const std::stop_token& stop) {
  const auto positions = without_copies(corpus.images());
  const auto count = static_cast<std::int64_t>(positions.size());
  const auto obey = [&] {
    if (stop.stop_requested()) throw UserError("The search for near-duplicates was stopped.");
  };
  std::vector<Look> looks(positions.size());
  std::atomic<std::int64_t> num_done = 0;
  constexpr std::int64_t kGrain = 256;
  parallel_for(count, num_cores(), kGrain, [&](std::int64_t i, int thread) {
    obey();
    const auto at = static_cast<std::size_t>(i);
    looks[at] = look_at(corpus.images().image(positions[at]), corpus.value_window());
    const auto done = ++num_done;
    if (report && thread == 0 && i % kGrain == 0)
      report(static_cast<double>(done) / static_cast<double>(count));
  });
  Gathering gathering(looks);
  for (std::size_t i = 0; i < looks.size(); ++i) {
    obey();
    if (!looks[i].is_flat) gathering.add(i);
  }
  std::vector<std::vector<std::int64_t>> groups;
  for (const auto& members : gathering.groups()) {
    if (members.size() < 2) continue;
    auto& group = groups.emplace_back();
    for (const auto i : members) group.push_back(positions[i]);
  }
  return groups;
}

std::set<std::int64_t> all_but_best(const Corpus& corpus,
                                    const std::vector<std::vector<std::int64_t>>& groups) {
  std::map<std::int64_t, std::size_t> group_of;  // By position.
  std::vector<std::vector<std::int64_t>> merged;
  for (const auto& group : with_copies(corpus.images(), groups)) {
    auto& one = merged.emplace_back();
    const auto take = [&](std::int64_t position) {
      group_of[position] = merged.size() - 1;
      one.push_back(position);
    };
    for (const auto position : group) {
      const auto known = group_of.find(position);
      if (known == group_of.end()) {
        take(position);
      } else if (known->second != merged.size() - 1) {
        for (const auto other : std::exchange(merged[known->second], {})) take(other);
      }
    }
  }
  const auto is_better = [&](std::int64_t one, std::int64_t other) {
    const auto area = [&](std::int64_t position) {
      const auto image = corpus.images().image(position);
      return std::int64_t{image.width} * image.height;
    };
    const auto length = [&](std::int64_t position) { return corpus.source(position).size(); };
    return std::tuple(-area(one), length(one), one) <
           std::tuple(-area(other), length(other), other);
  };
  std::set<std::int64_t> others;
  for (const auto& group : merged) {
    if (group.empty()) continue;
    const auto best = *std::ranges::min_element(group, is_better);
    for (const auto position : group)
      if (position != best) others.insert(position);
  }
  return others;
}

std::vector<std::int64_t> small_images(const Corpus& corpus) {
  const auto& record = corpus.record();
  const auto natural = record.natural_size();
  std::vector<std::int64_t> positions;
  if (2 * std::min(record.min_width, record.min_height) >= natural) return positions;
  for (std::int64_t position = 0; position < corpus.images().size(); ++position) {
    const auto image = corpus.images().image(position);
    if (2 * std::min(image.width, image.height) < natural) positions.push_back(position);
  }
  return positions;
}

}  // namespace pretext
