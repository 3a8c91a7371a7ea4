#pragma once

#include <QString>

#include <string>

namespace pretext {

/// What people call a metric, with its unit; its key where it has no title.
QString metricTitle(const std::string& key);

/// Place of a metric among its peers, the most telling first.
int metricRank(const std::string& key);

}  // namespace pretext
