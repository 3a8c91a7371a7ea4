#pragma once

#include "core/corpus/corpus.h"
#include "core/store/labelling_store.h"
#include "core/store/projection_store.h"
#include "widgets/embedding_scatter.h"

#include <QStringList>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pretext {

/// What the points of a scatter are coloured by.
enum class ColourBy { kClass, kLabel, kPrediction, kCertainty };

/// Colours of points: categories with their names, or values.
struct PointColours {
  std::vector<int> categories;  ///< Of each point; -1: none.
  QStringList names;            ///< Of the categories.
  std::vector<float> values;    ///< In [0, 1], NaN: none. Empty: coloured by category.
};

/// `positions`: of the points' samples in the corpus. `labels`: given by hand. `probe`: what was
/// learned from them, where there is one.
PointColours colourPoints(ColourBy by, const Corpus& corpus,
                          std::span<const std::int64_t> positions,
                          const std::map<std::int64_t, std::string>& labels,
                          const std::optional<LabelProbe>& probe);

/// Points of samples at their places, x and y of each in turn, without a category.
std::vector<EmbeddingScatter::Point> pointsAt(std::span<const std::int64_t> positions,
                                              std::span<const float> places);

/// Puts a projection on a scatter, coloured by class.
void showByClass(EmbeddingScatter& scatter, const Corpus& corpus, const Projection& projection);

}  // namespace pretext
