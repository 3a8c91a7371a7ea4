#include "app/pages/compared_runs.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace pretext {

std::vector<std::vector<std::size_t>> ComparedRuns::overSeeds() const {
  const auto isAlike = [this](std::size_t a, std::size_t b) {
    const auto keys = experiments[a].differences(experiments[b]);
    static const std::set<std::string> kOfNoConcern = {"seed", "name", "device",
                                                       "training.threads"};
    return std::ranges::all_of(keys,
                               [](const std::string& key) { return kOfNoConcern.contains(key); });
  };
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t run = 0; run < runs.size(); ++run) {
    const auto group = std::ranges::find_if(
        groups, [&](const auto& members) { return isAlike(members.front(), run); });
    if (group == groups.end()) {
      groups.push_back({run});
    } else {
      group->push_back(run);
    }
  }
  return groups;
}

std::vector<std::vector<std::size_t>> ComparedRuns::groups() const {
  if (isOverSeeds) return overSeeds();
  std::vector<std::vector<std::size_t>> alone;
  alone.reserve(runs.size());
  for (std::size_t run = 0; run < runs.size(); ++run) alone.push_back({run});
  return alone;
}

bool isBaseline(const RunRecord& run) {
  return std::ranges::find(run.tags, kBaselineTag) != run.tags.end();
}

std::vector<RunRow> rowsOf(RunReader& reader, const ComparedRuns& compared,
                           const std::vector<std::string>& columns) {
  std::unordered_map<std::int64_t, RunRow> known;
  for (auto& row : reader.read(columns)) {
    const auto id = row.run.id;
    if (compared.colours.contains(id)) known.emplace(id, std::move(row));
  }
  std::vector<RunRow> rows;
  for (const auto& run : compared.runs) {
    const auto found = known.find(run.id);
    if (found != known.end()) rows.push_back(std::move(found->second));
  }
  return rows;
}

bool isDrawnByPowers(const std::string& column, double lowest, double highest) {
  constexpr double kWide = 9.0;  // From the lowest to the highest.
  return is_setting(column) && lowest > 0 && highest / lowest >= kWide;
}

std::vector<std::string> measureColumns() {
  return {"linear", "knn", "finetune", "probe", "val/mlm_loss", "val/lm_loss", "loss", "time"};
}

}  // namespace pretext
