#include "core/store/trial.h"

#include "core/base/format.h"
#include "core/store/json_column.h"

#include <nlohmann/json.hpp>

namespace pretext {

std::string TrialResult::to_json() const {
  return nlohmann::json{{"num_steps", num_steps},
                        {"seconds_per_step", seconds_per_step},
                        {"reading_seconds", reading_seconds},
                        {"total_steps", total_steps},
                        {"memory_bytes", memory_bytes},
                        {"device", device}}
      .dump();
}

TrialResult TrialResult::from_json(const std::string& text) {
  return read_json_column(text, "The figures of a trial", [](const nlohmann::json& json) {
    return TrialResult{
        json.at("num_steps").get<std::int64_t>(),    json.at("seconds_per_step").get<double>(),
        json.at("reading_seconds").get<double>(),    json.at("total_steps").get<std::int64_t>(),
        json.at("memory_bytes").get<std::int64_t>(), json.at("device").get<std::string>()};
  });
}

std::optional<double> TrialResult::seconds(const Experiment& experiment) const {
  if (const double budget = seconds_of(experiment.text("training.budget")); budget > 0)
    return budget;
  if (num_steps == 0) return std::nullopt;
  return seconds_per_step * static_cast<double>(total_steps) + reading_seconds;
}

}  // namespace pretext
