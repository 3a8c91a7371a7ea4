#pragma once

#include <QString>

#include <string>

namespace pretext {

/// What people call a metric, with its unit; its key where it has no title.
QString metricTitle(const std::string& key);

/// What a metric says, in a sentence, and where it comes from: what the help's page of metrics has
/// of it. Empty for a metric that is not there.
QString metricMeaning(const std::string& key);

/// What people call a kind of evaluation ("knn", "linear", "finetune", "probe", or one of these
/// with " on CORPUS"); itself where it is none of these.
QString evaluationTitle(const std::string& kind);

/// Place of a metric among its peers, the most telling first.
int metricRank(const std::string& key);

}  // namespace pretext
