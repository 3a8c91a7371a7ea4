#include "core/spec/sweep.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/random_stream.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>

namespace pretext {
namespace {

constexpr std::int64_t kDrawsPerRun = 100;  // At most, to find a combination that is new.

struct Range {
  double low = 0.0, high = 0.0;
  bool is_log = false;
};

/// A key that varies: its values as `--set` takes them, or a range.
struct Axis {
  std::string key;
  std::vector<std::string> values;
  std::optional<Range> range;
};

/// The parts between commas that stand in no brackets and no quotes.
std::vector<std::string> split_values(const std::string& text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  bool is_quoted = false;
  for (const char c : text) {
    if (c == '"') is_quoted = !is_quoted;
    if (!is_quoted && c == '[') ++depth;
    if (!is_quoted && c == ']') --depth;
    if (c == ',' && depth == 0 && !is_quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (auto& part : parts) part = trimmed(part);
  return parts;
}

bool is_list(FieldKind kind) {
  return kind == FieldKind::kIntegers || kind == FieldKind::kReals;
}

/// Throws UserError unless `text` is "low..high" or "low..high:log".
Range parse_range(const Field& field, const std::string& text) {
  Range range;
  auto high = text.substr(text.find("..") + 2);
  if (high.ends_with(":log")) {
    range.is_log = true;
    high.resize(high.size() - 4);
  }
  const auto number = [&](const std::string& side) {
    const auto value = parse_field(field, side);
    const auto* whole = std::get_if<std::int64_t>(&value);
    return whole ? static_cast<double>(*whole) : std::get<double>(value);
  };
  range.low = number(text.substr(0, text.find("..")));
  range.high = number(high);
  if (range.low >= range.high)
    throw UserError(field.key + " takes the smaller number first, got " + text + ".");
  if (range.is_log && range.low <= 0)
    throw UserError(field.key + " has no logarithm at " + shortest(range.low) +
                    ": begin above 0, or leave out \":log\".");
  return range;
}

Axis parse_axis(const Field& field, const std::string& text, bool is_random) {
  Axis axis{field.key, {}, {}};
  const bool is_number = field.kind == FieldKind::kInteger || field.kind == FieldKind::kReal;
  if (is_number && text.find("..") != std::string::npos) {
    if (!is_random)
      throw UserError(field.key + " = " + text +
                      " is a range: say how many combinations to draw, e.g. --random 20, or list "
                      "the values.");
    axis.range = parse_range(field, text);
    return axis;
  }
  // As everywhere, a list may stand without brackets; then it is one value.
  const bool is_single = is_list(field.kind) && text.find('[') == std::string::npos;
  axis.values = is_single ? std::vector<std::string>{text} : split_values(text);
  return axis;
}

/// A value within the range, as `--set` takes it: three digits of a number say enough.
std::string draw(const Range& range, FieldKind kind, RandomStream& random) {
  const double share = random.share();
  const double low = range.is_log ? std::log(range.low) : range.low;
  const double high = range.is_log ? std::log(range.high) : range.high;
  if (kind == FieldKind::kInteger && !range.is_log)  // Both ends as likely as what is between.
    return std::to_string(static_cast<std::int64_t>(low + share * (high - low + 1.0)));
  const double drawn = low + share * (high - low);
  const double value = range.is_log ? std::exp(drawn) : drawn;
  if (kind == FieldKind::kInteger) return std::to_string(std::llround(value));
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.3g", value);
  return shortest(std::clamp(std::strtod(digits, nullptr), range.low, range.high));
}

/// How many there are; one more than `kMostRuns` where they are more than that.
std::int64_t num_combinations(const std::vector<Axis>& axes) {
  std::int64_t count = 1;
  for (const auto& axis : axes) {
    if (axis.range) return kMostRuns + 1;
    count = std::min(count * static_cast<std::int64_t>(axis.values.size()), kMostRuns + 1);
  }
  return count;
}

using Combination = std::vector<std::string>;  // A value of each axis.

/// The last axis turns fastest.
std::vector<Combination> all_combinations(const std::vector<Axis>& axes) {
  std::vector<Combination> combinations(1);
  for (const auto& axis : axes) {
    std::vector<Combination> longer;
    for (const auto& combination : combinations) {
      for (const auto& value : axis.values) {
        longer.push_back(combination);
        longer.back().push_back(value);
      }
    }
    combinations = std::move(longer);
  }
  return combinations;
}

std::vector<Combination> random_combinations(const Experiment& base, const std::vector<Axis>& axes,
                                             std::int64_t count) {
  RandomStream random(
      {.seed = static_cast<std::uint64_t>(base.integer("seed")), .purpose = RandomPurpose::kSweep});
  std::vector<Combination> combinations;
  for (std::int64_t i = 0; i < kDrawsPerRun * count; ++i) {
    Combination drawn;
    for (const auto& axis : axes) {
      const auto kind = base.field(axis.key).kind;
      const auto size = static_cast<std::int64_t>(axis.values.size());
      drawn.push_back(axis.range ? draw(*axis.range, kind, random)
                                 : axis.values[static_cast<std::size_t>(random.index(size))]);
    }
    if (std::ranges::find(combinations, drawn) == combinations.end())
      combinations.push_back(std::move(drawn));
    if (static_cast<std::int64_t>(combinations.size()) == count) return combinations;
  }
  throw UserError("Only " + std::to_string(combinations.size()) +
                  " different combinations were found, not " + std::to_string(count) +
                  ": ask for fewer, or for wider ranges.");
}

/// "temperature" of "objective.temperature", unless another key ends so.
std::string short_key(const std::string& key, const std::vector<Axis>& axes) {
  const auto last = [](const std::string& one) { return one.substr(one.rfind('.') + 1); };
  const auto same =
      std::ranges::count_if(axes, [&](const Axis& axis) { return last(axis.key) == last(key); });
  return same > 1 ? key : last(key);
}

/// Throws UserError where two of its values are the same, however they are written.
void check_values(const Experiment& base, const Axis& axis) {
  if (axis.values.size() > static_cast<std::size_t>(kMostRuns))
    throw UserError(axis.key + " lists more than " + grouped(kMostRuns) + " values: list fewer.");
  std::vector<FieldValue> seen;
  auto experiment = base;
  for (const auto& text : axis.values) {
    experiment.set_all({axis.key + "=" + text});
    const auto& value = experiment.value(axis.key);
    if (std::ranges::find(seen, value) != seen.end())
      throw UserError(axis.key + " lists " + text + " twice: leave one out.");
    seen.push_back(value);
  }
}

/// Throws UserError where a key varies twice or nothing does.
void check_axes(const std::vector<Axis>& axes, std::int64_t num_seeds) {
  for (const auto& axis : axes) {
    if (std::ranges::count(axes, axis.key, &Axis::key) > 1)
      throw UserError(axis.key + " varies twice: write all its values in one list.");
    if (axis.key == "seed" && num_seeds > 1)
      throw UserError("The seed varies twice: list seeds, or ask for a number of them.");
  }
  if (axes.empty() && num_seeds <= 1)
    throw UserError(
        "Nothing varies: give a setting several values, e.g. "
        "training.learning_rate=0.03,0.06,0.1, or ask for several seeds.");
}

/// Throws UserError where there are too many runs, or fewer combinations than are to be drawn.
void check_count(const std::vector<Axis>& axes, const SweepOptions& options) {
  const auto existing = num_combinations(axes);
  const auto count = options.num_random > 0 ? options.num_random : existing;
  if (std::max(count, options.num_seeds) > kMostRuns || count * options.num_seeds > kMostRuns)
    throw UserError("These are more than " + grouped(kMostRuns) +
                    " runs: list fewer values, or draw some of them at random.");
  if (existing < count)
    throw UserError("There are only " + std::to_string(existing) +
                    " combinations: leave out the number to draw at random.");
}

/// Takes the settings that have one value into `base`; returns those that vary.
std::vector<Axis> gather_axes(Experiment& base, const SweepOptions& options) {
  auto settings = options.settings;
  std::ranges::stable_sort(settings, {}, setting_rank);
  std::vector<Axis> axes;
  for (const auto& setting : settings) {
    const auto equals = setting.find('=');
    const auto key = setting.substr(0, equals);
    std::optional<Axis> axis;
    if (equals != std::string::npos && key != "name")  // A name is everyone's, and may have commas.
      axis = parse_axis(base.field(key), setting.substr(equals + 1), options.num_random > 0);
    if (axis && (axis->range || axis->values.size() > 1)) {
      check_values(base, *axis);
      axes.push_back(std::move(*axis));
    } else {
      base.set_all({setting});
    }
  }
  return axes;
}

/// What a run of this combination is called.
std::string name_of(const std::string& base, const std::vector<Axis>& axes,
                    const Combination& combination, std::optional<std::int64_t> seed) {
  std::string name = base;
  const auto append = [&](const std::string& what) { name += (name.empty() ? "" : ", ") + what; };
  for (std::size_t i = 0; i < axes.size(); ++i)
    append(short_key(axes[i].key, axes) + " " + combination[i]);
  if (seed) append("seed " + std::to_string(*seed));
  return name;
}

}  // namespace

SweepPlan plan_sweep(const Experiment& base, const SweepOptions& options) {
  auto fixed = base;
  const auto axes = gather_axes(fixed, options);
  check_axes(axes, options.num_seeds);
  check_count(axes, options);
  SweepPlan plan{.name = fixed.text("name"), .varied = {}, .experiments = {}};
  for (const auto& axis : axes) plan.varied.push_back(axis.key);
  const bool has_seeds = options.num_seeds > 1;
  if (has_seeds) plan.varied.emplace_back("seed");
  const auto combinations = options.num_random > 0
                                ? random_combinations(fixed, axes, options.num_random)
                                : all_combinations(axes);
  for (const auto& combination : combinations) {
    auto experiment = fixed;
    for (std::size_t i = 0; i < axes.size(); ++i)
      experiment.set_all({axes[i].key + "=" + combination[i]});
    for (std::int64_t i = 0; i < options.num_seeds; ++i) {
      const auto seed = experiment.integer("seed") + i;
      auto& run = plan.experiments.emplace_back(experiment);
      run.set("seed", seed);
      run.set("name", name_of(plan.name, axes, combination,
                              has_seeds ? std::optional(seed) : std::nullopt));
    }
  }
  return plan;
}

}  // namespace pretext
