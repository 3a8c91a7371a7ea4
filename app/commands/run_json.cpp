#include "app/commands/run_json.h"

#include "core/base/json_file.h"
#include "core/store/corpus_store.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "core/store/run_warnings.h"
#include "core/text/printable.h"
#include "core/text/utf8.h"

#include <cmath>
#include <cstdio>

namespace pretext {
namespace {

using nlohmann::ordered_json;

/// JSON has no NaN and no infinities: they are words.
ordered_json number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

/// "training.epochs": 3 -> {"training": {"epochs": 3}}
ordered_json nested(const std::string& flat) {
  ordered_json result = ordered_json::object();
  if (flat.empty()) return result;
  const auto document = parse_ordered_json(
      flat, "The settings of a run",
      "restore workspace.db from a copy");  // It must outlive the loop over its items.
  for (const auto& [key, value] : document.items()) {
    const auto dot = key.find('.');
    if (dot == std::string::npos) {
      result[key] = value;
    } else {
      result[key.substr(0, dot)][key.substr(dot + 1)] = value;
    }
  }
  return result;
}

}  // namespace

std::string jsonText(const ordered_json& document, int indent) {
  const auto text = document.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
  std::string safe;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = read_code_point(text, at);
    if (needs_escape(point.value) && point.value >= 0x7F) {  // Those below are escaped already.
      char escaped[16];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(point.value));
      safe += escaped;
    } else {
      safe += text.substr(at, point.size);
    }
    at += point.size;
  }
  return safe;
}

ordered_json briefJson(const RunRecord& run) {
  return {{"id", run.id},
          {"name", run.name},
          {"status", to_string(run.status)},
          {"reason", run.reason},
          {"objective", run.objective},
          {"corpus", run.corpus},
          {"step", run.step},
          {"total_steps", run.total_steps},
          {"seconds", run.seconds},
          {"tags", run.tags},
          {"starred", run.starred},
          {"sweep", run.sweep ? ordered_json(*run.sweep) : ordered_json()}};
}

ordered_json evaluationsJson(Database& database, std::int64_t run) {
  ordered_json evaluations = ordered_json::array();
  CorpusStore corpora(database);
  for (const auto& evaluation : ResultStore(database).evaluations(run)) {
    ordered_json child;
    if (evaluation.child_run) child = *evaluation.child_run;
    evaluations.push_back({{"kind", evaluation.kind},
                           {"split", evaluation.split},
                           {"protocol", evaluation.protocol},
                           {"step", evaluation.step},
                           {"accuracy", evaluation.accuracy},
                           {"macro_f1", macro_f1(evaluation.confusion)},
                           {"baseline", evaluation.baseline},
                           {"corpus", corpora.get(evaluation.corpus_id).name},
                           {"child_run", child},
                           {"copies_of_training", evaluation.doubts.num_copies},
                           {"of_unseen_classes", evaluation.doubts.num_unseen},
                           {"confusion", evaluation.confusion}});
  }
  return evaluations;
}

ordered_json fullJson(Database& database, const RunRecord& run) {
  RunStore runs(database);
  ordered_json metrics = ordered_json::object();
  for (const auto& [key, summary] : MetricStore(database).latest(run.id)) {
    metrics[key] = {{"step", summary.step},
                    {"value", number(summary.value)},
                    {"min", number(summary.min)},
                    {"max", number(summary.max)}};
  }
  ordered_json checkpoints = ordered_json::array();
  for (const auto& checkpoint : runs.checkpoints(run.id)) {
    checkpoints.push_back(
        {{"step", checkpoint.step}, {"path", checkpoint.path}, {"sha256", checkpoint.sha256}});
  }
  ordered_json warnings = ordered_json::array();
  for (const auto& warning : run_warnings(database, run)) warnings.push_back(warning.in_words());
  ordered_json started;
  if (run.started_ms) started = *run.started_ms;
  return {{"id", run.id},
          {"name", run.name},
          {"status", to_string(run.status)},
          {"reason", run.reason},
          {"objective", run.objective},
          {"corpus", run.corpus},
          {"attempts", run.num_attempts},
          {"started", started},
          {"seconds", run.seconds},
          {"samples_per_second", run.samples_per_second},
          {"spec", nested(run.settings())},
          {"metrics", metrics},
          {"evaluations", evaluationsJson(database, run.id)},
          {"warnings", warnings},
          {"checkpoints", checkpoints}};
}

}  // namespace pretext
