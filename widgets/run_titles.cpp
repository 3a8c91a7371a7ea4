#include "widgets/run_titles.h"

#include "core/objective/objective_registry.h"
#include "widgets/metric_titles.h"
#include "widgets/theme.h"
#include "widgets/translation.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <map>

namespace pretext {
namespace {

/// As people call it; its name where this program does not know it.
QString objectiveTitle(const std::string& name) {
  const auto kinds = objective_kinds();
  const auto found = std::ranges::find(kinds, name, &ObjectiveKind::name);
  return translated(found == kinds.end() ? name : found->title);
}

bool isShare(const std::string& column) {
  const auto metric = metric_of(column);
  return column == "done" || metric.starts_with("accuracy/") || metric.ends_with("accuracy");
}

}  // namespace

QString runTitle(std::int64_t id, const std::string& name) {
  return QStringLiteral("%1 · %2").arg(id).arg(QString::fromStdString(name));
}

QString statusText(RunStatus status) {
  static constexpr const char* kWords[] = {
      QT_TRANSLATE_NOOP("RunStatus", "queued"),     QT_TRANSLATE_NOOP("RunStatus", "running"),
      QT_TRANSLATE_NOOP("RunStatus", "paused"),     QT_TRANSLATE_NOOP("RunStatus", "finished"),
      QT_TRANSLATE_NOOP("RunStatus", "failed"),     QT_TRANSLATE_NOOP("RunStatus", "stopped"),
      QT_TRANSLATE_NOOP("RunStatus", "interrupted")};
  const auto index = static_cast<std::size_t>(status);
  return QCoreApplication::translate("RunStatus", kWords[index]);
}

QIcon statusIcon(RunStatus status) {
  switch (status) {
    case RunStatus::kFinished:
      return themedIcon(QStringLiteral("finished"), &successColor);
    case RunStatus::kFailed:
      return themedIcon(QStringLiteral("failed"), &dangerColor);
    case RunStatus::kPaused:
    case RunStatus::kInterrupted:
      return themedIcon(QString::fromStdString(to_string(status)), &warningColor);
    default:  // They are drawn as they are called.
      return themedIcon(QString::fromStdString(to_string(status)));
  }
}

QString warningText(const RunWarning& warning) {
  auto text = translated(warning.text);
  for (std::size_t i = 0; i < warning.values.size(); ++i)
    text.replace(QStringLiteral("%%1").arg(i + 1), QString::fromStdString(warning.values[i]));
  return text;
}

QString columnTitle(const std::string& column) {
  static const std::map<std::string, const char*> titles = {
      {"star", QT_TRANSLATE_NOOP("RunColumn", "Star")},
      {"run", QT_TRANSLATE_NOOP("RunColumn", "Run")},
      {"name", QT_TRANSLATE_NOOP("RunColumn", "Name")},
      {"status", QT_TRANSLATE_NOOP("RunColumn", "Status")},
      {"objective", QT_TRANSLATE_NOOP("RunColumn", "Objective")},
      {"corpus", QT_TRANSLATE_NOOP("RunColumn", "Corpus")},
      {"done", QT_TRANSLATE_NOOP("RunColumn", "Done")},
      {"loss", QT_TRANSLATE_NOOP("RunColumn", "Loss")},
      {"knn", QT_TRANSLATE_NOOP("RunColumn", "kNN")},
      {"linear", QT_TRANSLATE_NOOP("RunColumn", "Linear probe")},
      {"finetune", QT_TRANSLATE_NOOP("RunColumn", "Fine-tuned")},
      {"probe", QT_TRANSLATE_NOOP("RunColumn", "Kept probe")},
      {"time", QT_TRANSLATE_NOOP("RunColumn", "Time")},
      {"speed", QT_TRANSLATE_NOOP("RunColumn", "Samples/s")},
      {"created", QT_TRANSLATE_NOOP("RunColumn", "Created")},
      {"tags", QT_TRANSLATE_NOOP("RunColumn", "Tags")},
      {"note", QT_TRANSLATE_NOOP("RunColumn", "Note")},
      {"sweep", QT_TRANSLATE_NOOP("RunColumn", "Sweep")},
      {"parent", QT_TRANSLATE_NOOP("RunColumn", "Parent")},
      {"recipe", QT_TRANSLATE_NOOP("RunColumn", "Recipe")},
      {"device", QT_TRANSLATE_NOOP("RunColumn", "Device")}};
  const auto found = titles.find(column);
  if (found != titles.end()) return QCoreApplication::translate("RunColumn", found->second);
  return is_setting(column) ? QString::fromStdString(column) : metricTitle(metric_of(column));
}

QString numberText(const std::string& column, double value) {
  if (column == "time") {
    const auto seconds = static_cast<qint64>(value);
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600)
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
  }
  if (column == "created")
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(value)),
                              QLocale::ShortFormat);
  if (column == "speed") return QLocale().toString(value, 'f', 0);
  if (column == "done") return QStringLiteral("%1 %").arg(static_cast<int>(100.0 * value));
  if (isShare(column)) return QStringLiteral("%1 %").arg(100.0 * value, 0, 'f', 1);
  if (column == "loss") return QString::number(value, 'f', 3);
  return QString::number(value, 'g', is_setting(column) ? 10 : 5);
}

QString valueText(const FieldValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return QString::fromStdString(text ? *text : to_toml(value));
}

QString settingText(const Experiment& experiment, const std::string& key) {
  return experiment.has(key) ? valueText(experiment.value(key)) : QStringLiteral("–");
}

QString cellText(const RunRow& row, const std::string& column) {
  if (column == "status") return statusText(row.run.status);
  if (column == "objective") return objectiveTitle(row.run.objective);
  const auto value = value_of(row, column);
  if (const auto* number = std::get_if<double>(&value)) return numberText(column, *number);
  const auto* text = std::get_if<std::string>(&value);
  return text ? QString::fromStdString(*text) : QString();
}

}  // namespace pretext
