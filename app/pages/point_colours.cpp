#include "app/pages/point_colours.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace pretext {
namespace {

PointColours byClass(const Corpus& corpus, std::span<const std::int64_t> positions) {
  PointColours colours;
  const auto& classes = corpus.record().classes;
  for (const auto& name : classes) colours.names << QString::fromStdString(name);
  // Without any classes all points are alike, not grey for want of one.
  for (const auto position : positions)
    colours.categories.push_back(classes.empty() ? 0 : static_cast<int>(corpus.label(position)));
  return colours;
}

PointColours byLabel(std::span<const std::int64_t> positions,
                     const std::map<std::int64_t, std::string>& labels) {
  PointColours colours;
  std::map<std::string, int> numbers;
  for (const auto& [position, label] : labels) numbers.try_emplace(label, 0);
  for (auto& [label, number] : numbers) {
    number = static_cast<int>(colours.names.size());
    colours.names << QString::fromStdString(label);
  }
  for (const auto position : positions) {
    const auto found = labels.find(position);
    colours.categories.push_back(found == labels.end() ? -1 : numbers.at(found->second));
  }
  return colours;
}

PointColours byProbe(ColourBy by, std::span<const std::int64_t> positions,
                     const LabelProbe& probe) {
  PointColours colours;
  for (const auto& name : probe.classes) colours.names << QString::fromStdString(name);
  std::unordered_map<std::int64_t, std::size_t> rows;
  for (std::size_t i = 0; i < probe.positions.size(); ++i) rows[probe.positions[i]] = i;
  const auto chance = 1.f / static_cast<float>(probe.classes.size());
  for (const auto position : positions) {
    const auto row = rows.find(position);
    const bool isKnown = row != rows.end();
    colours.categories.push_back(isKnown ? probe.predicted[row->second] : -1);
    if (by != ColourBy::kCertainty) continue;
    colours.values.push_back(isKnown ? (probe.certainty[row->second] - chance) / (1.f - chance)
                                     : std::nanf(""));
  }
  return colours;
}

}  // namespace

PointColours colourPoints(ColourBy by, const Corpus& corpus,
                          std::span<const std::int64_t> positions,
                          const std::map<std::int64_t, std::string>& labels,
                          const std::optional<LabelProbe>& probe) {
  if (by == ColourBy::kClass) return byClass(corpus, positions);
  if (by == ColourBy::kLabel || !probe) return byLabel(positions, labels);
  return byProbe(by, positions, *probe);
}

std::vector<EmbeddingScatter::Point> pointsAt(std::span<const std::int64_t> positions,
                                              std::span<const float> places) {
  std::vector<EmbeddingScatter::Point> points;
  points.reserve(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i)
    points.push_back({places[2 * i], places[2 * i + 1], -1, positions[i]});
  return points;
}

void showByClass(EmbeddingScatter& scatter, const Corpus& corpus, const Projection& projection) {
  scatter.setPoints(pointsAt(projection.positions, projection.coordinates));
  scatter.setCategories(
      colourPoints(ColourBy::kClass, corpus, projection.positions, {}, {}).categories);
}

}  // namespace pretext
