#pragma once

#include "core/corpus/corpus.h"
#include "core/store/labelling_store.h"
#include "core/store/projection_store.h"
#include "core/store/sample_reading_store.h"
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
enum class ColourBy { kClass, kLabel, kPrediction, kCertainty, kCluster, kAgreement, kLoss };

/// Whether a colour is from `SampleReadings`.
bool isRead(ColourBy by);

/// Colours of points: categories with their names, or values.
struct PointColours {
  std::vector<int> categories;  ///< Of each point; -1: none.
  QStringList names;            ///< Of the categories.
  std::vector<float> values;    ///< In [0, 1], NaN: none. Empty: coloured by category.
  QStringList scale;            ///< What the values 0, 0.5 and 1 mean, in words.
};

/// What colours can be taken from, beside the corpus.
struct ColourSources {
  std::map<std::int64_t, std::string> labels;  ///< Given by hand, by position.
  std::optional<LabelProbe> probe;             ///< What was learned from them.
  std::optional<SampleReadings> readings;
};

/// `positions`: of the points' samples in the corpus. Points of which the source says nothing have
/// no category, or no value.
PointColours colourPoints(ColourBy by, const Corpus& corpus,
                          std::span<const std::int64_t> positions, const ColourSources& sources);

/// Points of samples at their places, x and y of each in turn, without a category.
std::vector<EmbeddingScatter::Point> pointsAt(std::span<const std::int64_t> positions,
                                              std::span<const float> places);

/// Puts a projection on a scatter, coloured by class.
void showByClass(EmbeddingScatter& scatter, const Corpus& corpus, const Projection& projection);

}  // namespace pretext
