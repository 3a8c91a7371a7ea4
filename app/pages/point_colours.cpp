#include "app/pages/point_colours.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <unordered_map>

namespace pretext {
namespace {

struct PointWords {
  Q_DECLARE_TR_FUNCTIONS(PointWords)
};

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
  if (by == ColourBy::kCertainty)
    colours.scale = {PointWords::tr("as good as guessed"), PointWords::tr("halfway"),
                     PointWords::tr("certain")};
  return colours;
}

/// Puts values on [0, 1], from the lowest twentieth to the highest, so that a few far ones do not
/// make the others alike.
void spread(PointColours& colours) {
  std::vector<float> sorted;
  std::ranges::copy_if(colours.values, std::back_inserter(sorted),
                       [](float value) { return std::isfinite(value); });
  if (sorted.empty()) return;
  std::ranges::sort(sorted);
  const auto at = [&](double share) {
    return sorted[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(sorted.size() - 1)))];
  };
  const float low = at(0.05), high = at(0.95);
  const float range = std::max(high - low, 1e-9f);
  for (auto& value : colours.values)
    if (std::isfinite(value)) value = std::clamp((value - low) / range, 0.f, 1.f);
  const auto number = [](double value) { return QLocale().toString(value, 'g', 3); };
  colours.scale = {PointWords::tr("%1 or less").arg(number(low)), number(0.5 * (low + high)),
                   PointWords::tr("%1 or more").arg(number(high))};
}

PointColours byReading(ColourBy by, std::span<const std::int64_t> positions,
                       const SampleReadings& readings) {
  PointColours colours;
  const auto& values = by == ColourBy::kLoss ? readings.loss : readings.agreement;
  const auto numClusters =
      readings.clusters.empty() ? 0 : 1 + *std::ranges::max_element(readings.clusters);
  for (int i = 0; by == ColourBy::kCluster && i < numClusters; ++i)
    colours.names << PointWords::tr("Cluster %1").arg(i + 1);
  for (const auto position : positions) {
    const auto found = std::ranges::lower_bound(readings.positions, position);
    const bool isKnown = found != readings.positions.end() && *found == position;
    const auto row = static_cast<std::size_t>(found - readings.positions.begin());
    colours.categories.push_back(isKnown ? readings.clusters[row] : -1);
    if (by == ColourBy::kCluster) continue;
    colours.values.push_back(isKnown && row < values.size() ? values[row] : std::nanf(""));
  }
  if (by == ColourBy::kLoss) spread(colours);
  if (by == ColourBy::kAgreement)
    colours.scale = {PointWords::tr("none of its neighbours"), PointWords::tr("half of them"),
                     PointWords::tr("all of them")};
  return colours;
}

}  // namespace

bool isRead(ColourBy by) {
  return by == ColourBy::kCluster || by == ColourBy::kAgreement || by == ColourBy::kLoss;
}

PointColours colourPoints(ColourBy by, const Corpus& corpus,
                          std::span<const std::int64_t> positions, const ColourSources& sources) {
  if (by == ColourBy::kClass) return byClass(corpus, positions);
  if (isRead(by))
    return sources.readings ? byReading(by, positions, *sources.readings) : PointColours();
  if (by == ColourBy::kLabel || !sources.probe) return byLabel(positions, sources.labels);
  return byProbe(by, positions, *sources.probe);
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
      colourPoints(ColourBy::kClass, corpus, projection.positions, {}).categories);
}

}  // namespace pretext
