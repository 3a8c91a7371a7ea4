#include "core/store/sweep_store.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/statistics.h"
#include "core/objective/objective_registry.h"
#include "core/store/json_column.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::json;

constexpr const char* kSelectSweep =
    "SELECT s.id, s.name, s.varied, s.created_ms, count(*), sum(r.status = 'finished') "
    "FROM sweeps s JOIN runs r ON r.sweep_id = s.id WHERE r.deleted_ms IS NULL ";

SweepRecord read_sweep(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(),
          row.getColumn(1).getString(),
          json_column<std::vector<std::string>>(row.getColumn(2).getString()),
          row.getColumn(3).getInt64(),
          row.getColumn(4).getInt64(),
          row.getColumn(5).getInt64()};
}

/// The first that any run has decides what the groups are ranked by.
constexpr const char* kAccuracies[] = {"linear", "knn", "finetune", "probe"};
constexpr const char* kLosses[] = {"val/mlm_loss", "val/lm_loss", "train/loss"};

using Figures = std::map<std::int64_t, double>;  // By run.

/// Of the finished runs, by the first measure that one of them has.
Figures measured(Database& database, const std::vector<RunRecord>& runs, SweepSummary& summary) {
  const auto keep_finished = [&](Figures figures) {
    std::erase_if(figures, [&](const auto& figure) {
      const auto run = std::ranges::find(runs, figure.first, &RunRecord::id);
      return run == runs.end() || run->status != RunStatus::kFinished;
    });
    return figures;
  };
  for (const auto* kind : kAccuracies) {
    auto figures = keep_finished(ResultStore(database).accuracies_of_all(kind));
    if (figures.empty()) continue;
    summary.measure = kind;
    return figures;
  }
  for (const auto* key : kLosses) {
    auto figures = keep_finished(MetricStore(database).latest_of_all(key));
    if (figures.empty()) continue;
    summary.measure = key;
    summary.is_loss = true;
    return figures;
  }
  return {};
}

void describe(SweepGroup& group, const Figures& figures) {
  std::vector<double> values;
  for (const auto run : group.runs) {
    const auto found = figures.find(run);
    if (found != figures.end() && std::isfinite(found->second)) values.push_back(found->second);
  }
  group.num_measured = static_cast<std::int64_t>(values.size());
  const auto [mean, deviation] = mean_and_deviation(values);
  group.mean = mean;
  group.deviation = deviation;
}

std::vector<SweepGroup> grouped_runs(const std::vector<RunRecord>& runs,
                                     const std::vector<std::string>& keys) {
  std::vector<SweepGroup> groups;
  for (const auto& run : runs) {
    const auto experiment = Experiment::from_json(run.spec);
    std::vector<FieldValue> values;
    values.reserve(keys.size());
    for (const auto& key : keys)
      values.push_back(experiment.has(key) ? experiment.value(key) : FieldValue(std::string()));
    auto group = std::ranges::find(groups, values, &SweepGroup::values);
    if (group == groups.end())
      group = groups.insert(groups.end(), SweepGroup{.values = std::move(values)});
    group->runs.push_back(run.id);
  }
  return groups;
}

}  // namespace

std::size_t SweepSummary::num_ties() const {
  if (!has_best()) return 0;
  const auto& best = groups.front();
  const auto ties = [&](const SweepGroup& other) {
    return best.num_measured > 1 && other.num_measured > 1 &&
           std::abs(best.mean - other.mean) <= std::max(best.deviation, other.deviation);
  };
  return static_cast<std::size_t>(std::count_if(groups.begin() + 1, groups.end(), ties));
}

std::vector<SettingEffect> SweepSummary::effects() const {
  std::vector<SettingEffect> all;
  if (!has_best()) return all;
  for (std::size_t place = 0; place < keys.size(); ++place) {
    std::vector<std::pair<FieldValue, std::vector<double>>> figures;  // Of each value.
    std::size_t num_measured = 0;
    for (const auto& group : groups) {
      if (group.num_measured == 0) continue;
      ++num_measured;
      const auto& value = group.values[place];
      auto found = std::ranges::find(figures, value, &decltype(figures)::value_type::first);
      if (found == figures.end()) found = figures.insert(found, {value, {}});
      found->second.push_back(group.mean);
    }
    const auto times = num_measured / std::max<std::size_t>(1, figures.size());
    const bool is_balanced = std::ranges::all_of(
        figures, [&](const auto& figure) { return figure.second.size() == times; });
    if (figures.size() < 2 || times < 2 || !is_balanced) continue;
    SettingEffect effect{keys[place], {}};
    for (const auto& [value, means] : figures)
      effect.means.emplace_back(value, mean_and_deviation(means).mean);
    std::ranges::stable_sort(effect.means, [&](const auto& one, const auto& other) {
      return is_loss ? one.second < other.second : one.second > other.second;
    });
    all.push_back(std::move(effect));
  }
  return all;
}

std::string figure_text(const SweepSummary& summary, const SweepGroup& group) {
  if (group.num_measured == 0) return "–";
  const auto one = [&](double value) {
    return summary.is_loss ? significant(value) : percent(value);
  };
  return one(group.mean) + (group.num_measured > 1 ? " (s.d. " + one(group.deviation) + ")" : "");
}

bool changes_task(const std::string& key, const std::string& objective) {
  if (key == "training.batch_size") return find_objective(objective).num_views == 2;
  return key.starts_with("objective.") || key.starts_with("views.") || key.starts_with("corpus");
}

std::vector<SweepRecord> SweepStore::list() {
  auto query = database_.prepare(std::string(kSelectSweep) + "GROUP BY s.id ORDER BY s.id DESC");
  std::vector<SweepRecord> sweeps;
  while (query.executeStep()) sweeps.push_back(read_sweep(query));
  return sweeps;
}

SweepRecord SweepStore::require(std::int64_t id) {
  auto query = database_.prepare(std::string(kSelectSweep) + "AND s.id = ? GROUP BY s.id");
  query.bind(1, id);
  if (query.executeStep()) return read_sweep(query);
  throw UserError("There is no sweep " + std::to_string(id) + ": \"pretext sweeps\" lists them.");
}

SweepSummary SweepStore::summarize(std::int64_t id) {
  SweepSummary summary{.sweep = require(id)};
  const auto members = RunStore(database_).of_sweep(id);
  for (const auto& key : summary.sweep.varied) {
    if (key != "seed") summary.keys.push_back(key);
  }
  const auto figures = measured(database_, members, summary);
  summary.groups = grouped_runs(members, summary.keys);
  for (auto& group : summary.groups) describe(group, figures);
  for (const auto& key : summary.keys) {
    if (summary.is_loss && changes_task(key, members.front().objective))
      summary.incomparable.push_back(key);
  }
  if (!summary.incomparable.empty()) return summary;
  std::ranges::stable_sort(summary.groups, [&](const SweepGroup& one, const SweepGroup& other) {
    if ((one.num_measured > 0) != (other.num_measured > 0)) return one.num_measured > 0;
    return summary.is_loss ? one.mean < other.mean : one.mean > other.mean;
  });
  return summary;
}

std::int64_t SweepStore::insert(const std::string& name, const std::vector<std::string>& varied) {
  auto statement =
      database_.prepare("INSERT INTO sweeps (name, varied, created_ms) VALUES (?, ?, ?)");
  statement.bind(1, name);
  statement.bind(2, json(varied).dump());
  statement.bind(3, now_ms());
  statement.exec();
  return database_.connection().getLastInsertRowid();
}

}  // namespace pretext
