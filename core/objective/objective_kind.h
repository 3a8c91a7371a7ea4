#pragma once

#include "core/objective/text_task.h"
#include "core/spec/experiment.h"
#include "core/spec/field.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace pretext {

/// A horizontal line that tells what a metric's value means, e.g. chance.
struct Mark {
  std::string metric;  ///< Key of the metric it belongs to, e.g. "train/loss".
  std::string label;   ///< E.g. "chance ln(2N-1)".
  double value = 0.0;  ///< In the metric's own unit.
};

/// What an objective *is*, without any tensor: `gpu/objective/<name>` holds its module and loss.
struct ObjectiveKind {
  std::string name;                      ///< As in `objective.kind`.
  std::string title;                     ///< As people call it.
  std::string description;               ///< Two sentences, with the paper.
  std::string corpus_kind = "images";    ///< What it learns from: "images" or "text".
  int num_views = 2;                     ///< Views a sample and step.
  TextTask text_task = TextTask::kNone;  ///< What it asks of pieces, for text.
  PairKind pairs = PairKind::kNone;      ///< What it is told of two segments, for text.
  bool is_supervised = false;            ///< Learns from labels, as a child of a pretraining run.
  std::vector<Field> fields;             ///< Its own settings: "objective.…", "views.…".
  std::map<std::string, FieldValue> defaults;  ///< Of common fields where the usual does not fit.
  /// Lines for its charts, from the settings of a run.
  std::function<std::vector<Mark>(const Experiment&)> marks;
  /// Parameters of its heads; `features` is the encoder's output width.
  std::function<std::int64_t(const Experiment&, std::int64_t features)> num_head_parameters;
};

}  // namespace pretext
