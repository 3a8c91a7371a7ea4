#include "widgets/metric_titles.h"

#include "widgets/help_view.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <vector>

namespace pretext {

QString metricTitle(const std::string& key) {
  static const std::map<std::string, const char*> titles = {
      {"train/loss", QT_TRANSLATE_NOOP("metric", "Loss (nats)")},
      {"eval/knn_accuracy", QT_TRANSLATE_NOOP("metric", "kNN accuracy, validation")},
      {"train/top1", QT_TRANSLATE_NOOP("metric", "Partner found (top-1)")},
      {"train/mlm_loss", QT_TRANSLATE_NOOP("metric", "Masked LM loss (nats)")},
      {"train/denoise_loss", QT_TRANSLATE_NOOP("metric", "Denoising loss (nats)")},
      {"train/denoise_accuracy", QT_TRANSLATE_NOOP("metric", "Denoising accuracy")},
      {"time/spent", QT_TRANSLATE_NOOP("metric", "Training time spent (s)")},
      {"val/mlm_loss", QT_TRANSLATE_NOOP("metric", "Masked LM loss, validation (nats)")},
      {"train/mlm_accuracy", QT_TRANSLATE_NOOP("metric", "Hidden pieces found")},
      {"val/mlm_accuracy", QT_TRANSLATE_NOOP("metric", "Hidden pieces found, validation")},
      {"val/perplexity", QT_TRANSLATE_NOOP("metric", "Perplexity, validation")},
      {"train/lm_loss", QT_TRANSLATE_NOOP("metric", "Next-piece loss (nats)")},
      {"val/lm_loss", QT_TRANSLATE_NOOP("metric", "Next-piece loss, validation (nats)")},
      {"train/lm_accuracy", QT_TRANSLATE_NOOP("metric", "Next pieces told")},
      {"val/lm_accuracy", QT_TRANSLATE_NOOP("metric", "Next pieces told, validation")},
      {"train/pair_loss", QT_TRANSLATE_NOOP("metric", "Pair loss (nats)")},
      {"val/pair_loss", QT_TRANSLATE_NOOP("metric", "Pair loss, validation (nats)")},
      {"train/pair_accuracy", QT_TRANSLATE_NOOP("metric", "Pairs told")},
      {"val/pair_accuracy", QT_TRANSLATE_NOOP("metric", "Pairs told, validation")},
      {"train/tokens_per_second", QT_TRANSLATE_NOOP("metric", "Pieces per second")},
      {"train/packing_efficiency",
       QT_TRANSLATE_NOOP("metric", "Packing (share that is no padding)")},
      {"train/accuracy", QT_TRANSLATE_NOOP("metric", "Accuracy, training batch")},
      {"eval/accuracy", QT_TRANSLATE_NOOP("metric", "Accuracy, validation")},
      {"val/std_ratio", QT_TRANSLATE_NOOP("metric", "Spread std·√d (0 = collapsed)")},
      {"val/rankme", QT_TRANSLATE_NOOP("metric", "RankMe (dimensions in use)")},
      {"val/alignment", QT_TRANSLATE_NOOP("metric", "Alignment (lower is better)")},
      {"val/uniformity", QT_TRANSLATE_NOOP("metric", "Uniformity (lower is better)")},
      {"train/learning_rate", QT_TRANSLATE_NOOP("metric", "Learning rate")},
      {"train/gradient_norm", QT_TRANSLATE_NOOP("metric", "Gradient norm")},
      {"train/samples_per_second", QT_TRANSLATE_NOOP("metric", "Samples per second")},
      {"train/positive_cosine", QT_TRANSLATE_NOOP("metric", "Cosine of partners")},
      {"train/negative_cosine", QT_TRANSLATE_NOOP("metric", "Cosine of others")},
      {"time/data", QT_TRANSLATE_NOOP("metric", "Waiting for data (s a step)")},
      {"time/forward", QT_TRANSLATE_NOOP("metric", "Forward (s a step)")},
      {"time/backward", QT_TRANSLATE_NOOP("metric", "Backward (s a step)")},
      {"time/step", QT_TRANSLATE_NOOP("metric", "Optimiser (s a step)")},
      {"memory/host_mb", QT_TRANSLATE_NOOP("metric", "Memory (MB)")},
      {"memory/device_mb", QT_TRANSLATE_NOOP("metric", "GPU memory (MB)")},
      {"device/busy_percent", QT_TRANSLATE_NOOP("metric", "GPU busy (%)")}};
  const auto found = titles.find(key);
  return found == titles.end() ? QString::fromStdString(key)
                               : QCoreApplication::translate("metric", found->second);
}

QString metricMeaning(const std::string& key) {
  static const auto meanings = [] {
    QHash<QString, QString> all;
    static const QRegularExpression code(QStringLiteral("`([^`]+)`"));
    for (const auto& line : helpTopic(QStringLiteral("metrics")).split(QLatin1Char('\n'))) {
      const auto cells = line.split(QLatin1Char('|'));  // Nothing, keys, when, what, nothing.
      if (cells.size() < 5) continue;
      for (auto keys = code.globalMatch(cells[1]); keys.hasNext();)
        all.insert(keys.next().captured(1), cells[3].trimmed().remove(QLatin1Char('`')));
    }
    return all;
  }();
  return meanings.value(QString::fromStdString(key));
}

QString evaluationTitle(const std::string& kind) {
  static const std::map<std::string, const char*> titles = {
      {"knn", QT_TRANSLATE_NOOP("metric", "kNN")},
      {"linear", QT_TRANSLATE_NOOP("metric", "Linear probe")},
      {"finetune", QT_TRANSLATE_NOOP("metric", "Fine-tuning")},
      {"probe", QT_TRANSLATE_NOOP("metric", "Kept linear probe")}};
  const auto on = kind.find(" on ");
  const auto found = titles.find(kind.substr(0, on));
  if (found == titles.end()) return QString::fromStdString(kind);
  const auto title = QCoreApplication::translate("metric", found->second);
  if (on == std::string::npos) return title;
  return QCoreApplication::translate("metric", "%1 on %2")
      .arg(title, QString::fromStdString(kind.substr(on + 4)));
}

int metricRank(const std::string& key) {
  static const std::vector<std::string> first = {
      "train/loss",        "val/mlm_loss",   "val/perplexity",     "val/mlm_accuracy",
      "val/pair_accuracy", "train/mlm_loss", "train/mlm_accuracy", "train/pair_accuracy",
      "eval/knn_accuracy", "eval/accuracy",  "train/accuracy",     "train/top1",
      "val/std_ratio",     "val/rankme",     "val/alignment",      "val/uniformity"};
  const auto found = std::ranges::find(first, key);
  return static_cast<int>(found - first.begin());
}

}  // namespace pretext
