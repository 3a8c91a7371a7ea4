#include "core/store/run_row.h"

#include "core/store/metric_store.h"
#include "core/store/result_store.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace pretext {
namespace {

const RunColumn kColumns[] = {
    {"star"},           {"run", true},   {"name"},        {"status"},       {"objective"},
    {"corpus"},         {"done", true},  {"loss", true},  {"knn", true},    {"linear", true},
    {"finetune", true}, {"probe", true}, {"time", true},  {"speed", true},  {"created", true},
    {"tags"},           {"note"},        {"sweep", true}, {"parent", true}, {"recipe"},
    {"device"},
};

/// Readings of evaluations are asked for beside the metrics, with this before their kind.
constexpr std::string_view kAccuracy = "accuracy/";

RunValue number(const std::optional<std::int64_t>& value) {
  return value ? RunValue(static_cast<double>(*value)) : RunValue();
}

RunValue text(const std::string& value) {
  return value.empty() ? RunValue() : RunValue(value);
}

RunValue setting(const FieldValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return std::string(*flag ? "true" : "false");
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* words = std::get_if<std::string>(&value)) return text(*words);
  return to_toml(value);
}

std::string joined(const std::vector<std::string>& tags) {
  std::string list;
  for (const auto& tag : tags) list += (list.empty() ? "" : ", ") + tag;
  return list;
}

/// Of a column that is neither a metric nor a setting.
RunValue fixed_value(const RunRecord& run, const std::string& column) {
  if (column == "star") return text(run.starred ? "★" : "");
  if (column == "run") return static_cast<double>(run.id);
  if (column == "name") return text(run.name);
  if (column == "status") return to_string(run.status);
  if (column == "objective") return text(run.objective);
  if (column == "corpus") return text(run.corpus);
  if (column == "done" && run.total_steps > 0)
    return static_cast<double>(run.step) / static_cast<double>(run.total_steps);
  if (column == "time") return run.seconds;
  if (column == "speed" && run.samples_per_second > 0) return run.samples_per_second;
  if (column == "created") return static_cast<double>(run.created_ms);
  if (column == "tags") return text(joined(run.tags));
  if (column == "note") return text(run.notes);
  if (column == "sweep") return number(run.sweep);
  if (column == "parent") return number(run.parent_run);
  if (column == "recipe") return text(run.recipe);
  if (column == "device") return text(run.device);
  return {};
}

}  // namespace

std::span<const RunColumn> run_columns() {
  return kColumns;
}

std::string metric_of(const std::string& column) {
  if (column == "loss") return "train/loss";
  if (column == "knn") return "eval/knn_accuracy";
  if (column == "linear" || column == "finetune" || column == "probe")
    return std::string(kAccuracy) + column;
  return column.find('/') == std::string::npos ? std::string() : column;
}

bool is_setting(const std::string& column) {
  return metric_of(column).empty() &&
         std::ranges::find(kColumns, column, &RunColumn::name) == std::end(kColumns);
}

RunValue value_of(const RunRow& row, const std::string& column) {
  if (const auto metric = metric_of(column); !metric.empty()) {
    const auto found = row.metrics.find(metric);
    return found == row.metrics.end() ? RunValue() : RunValue(found->second);
  }
  if (!is_setting(column)) return fixed_value(row.run, column);
  if (!row.settings || !row.settings->has(column)) return {};
  return setting(row.settings->value(column));
}

std::vector<RunRow> RunReader::read(const std::vector<std::string>& columns) {
  const bool wants_settings = std::ranges::any_of(columns, is_setting);
  std::map<std::string, std::map<std::int64_t, double>> readings;  // By metric and run.
  for (const auto& column : columns) {
    const auto metric = metric_of(column);
    if (metric.empty()) continue;
    readings[metric] =
        metric.starts_with(kAccuracy)
            ? ResultStore(database_).accuracies_of_all(metric.substr(kAccuracy.size()))
            : MetricStore(database_).latest_of_all(metric);
  }
  std::vector<RunRow> rows;
  for (auto& run : RunStore(database_).list()) {
    RunRow row{std::move(run), {}, {}};
    for (const auto& [metric, values] : readings) {
      const auto found = values.find(row.run.id);
      if (found != values.end() && !std::isnan(found->second)) row.metrics[metric] = found->second;
    }
    if (wants_settings) row.settings = settings_of(row.run);
    rows.push_back(std::move(row));
  }
  return rows;
}

RunReader::Settings RunReader::read_settings() {
  for (const auto& run : RunStore(database_).list()) settings_of(run);
  return settings_;
}

void RunReader::adopt(Settings settings) {
  settings_.merge(settings);
}

std::shared_ptr<const Experiment> RunReader::settings_of(const RunRecord& run) {
  auto& known = settings_[run.id];
  const bool is_resolved = !run.resolved.empty();
  if (known.settings && known.is_resolved == is_resolved) return known.settings;
  try {
    known = {std::make_shared<const Experiment>(Experiment::from_json(run.settings())),
             is_resolved};
  } catch (const std::exception&) {  // Not ours: the run is shown without them.
    known = {};
  }
  return known.settings;
}

}  // namespace pretext
