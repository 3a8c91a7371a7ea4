#include "widgets/metric_titles.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <vector>

namespace pretext {

QString metricTitle(const std::string& key) {
  const auto tr = [](const char* text) { return QCoreApplication::translate("metric", text); };
  static const std::map<std::string, QString> titles = {
      {"train/loss", tr("Loss (nats)")},
      {"eval/knn_accuracy", tr("kNN accuracy, validation")},
      {"train/top1", tr("Partner found (top-1)")},
      {"train/accuracy", tr("Accuracy, training batch")},
      {"eval/accuracy", tr("Accuracy, validation")},
      {"val/std_ratio", tr("Spread std·√d (0 = collapsed)")},
      {"val/rankme", tr("RankMe (dimensions in use)")},
      {"val/alignment", tr("Alignment (lower is better)")},
      {"val/uniformity", tr("Uniformity (lower is better)")},
      {"train/learning_rate", tr("Learning rate")},
      {"train/gradient_norm", tr("Gradient norm")},
      {"train/samples_per_second", tr("Images per second")},
      {"train/positive_cosine", tr("Cosine of partners")},
      {"train/negative_cosine", tr("Cosine of others")},
      {"time/data", tr("Waiting for data (s a step)")},
      {"time/forward", tr("Forward (s a step)")},
      {"time/backward", tr("Backward (s a step)")},
      {"time/step", tr("Optimiser (s a step)")},
      {"memory/host_mb", tr("Memory (MB)")},
      {"memory/device_mb", tr("GPU memory (MB)")},
      {"device/busy_percent", tr("GPU busy (%)")}};
  const auto found = titles.find(key);
  return found == titles.end() ? QString::fromStdString(key) : found->second;
}

int metricRank(const std::string& key) {
  static const std::vector<std::string> first = {
      "train/loss",    "eval/knn_accuracy", "eval/accuracy", "train/accuracy", "train/top1",
      "val/std_ratio", "val/rankme",        "val/alignment", "val/uniformity"};
  const auto found = std::ranges::find(first, key);
  return static_cast<int>(found - first.begin());
}

}  // namespace pretext
