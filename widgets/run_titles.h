#pragma once

#include "core/store/run_row.h"
#include "core/store/run_state.h"
#include "core/store/run_warnings.h"

#include <QIcon>
#include <QString>

#include <cstdint>
#include <string>

namespace pretext {

/// "12 · first try"
QString runTitle(std::int64_t id, const std::string& name);

/// A status by its word, and by its shape, which stands beside the word.
QString statusText(RunStatus status);
QIcon statusIcon(RunStatus status);

/// What is suspicious of a run, in the window's language.
QString warningText(const RunWarning& warning);

/// Heading of a column of runs: its word, the metric's title, or the setting's key.
QString columnTitle(const std::string& column);

/// What a column shows of a run, as a person reads it; empty where it has nothing.
QString cellText(const RunRow& row, const std::string& column);

/// A setting as a person reads it, a text without TOML's quotes; a dash where the run has none.
QString settingText(const Experiment& experiment, const std::string& key);
QString valueText(const FieldValue& value);

/// A number as that column writes it: a share as percents, seconds as h:mm:ss, a moment as a date.
QString numberText(const std::string& column, double value);

}  // namespace pretext
