#pragma once

#include <QString>

#include <string>

namespace pretext {

/// What people call a metric, with its unit; its key where it has no title.
QString metricTitle(const std::string& key);

/// What people call a kind of evaluation ("knn", "linear", "finetune", "probe", or one of these
/// with " on CORPUS"); itself where it is none of these.
QString evaluationTitle(const std::string& kind);

/// Place of a metric among its peers, the most telling first.
int metricRank(const std::string& key);

}  // namespace pretext
