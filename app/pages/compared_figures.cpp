#include "app/pages/compared_figures.h"

#include "core/base/format.h"
#include "core/base/statistics.h"
#include "widgets/metric_titles.h"
#include "widgets/run_titles.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace pretext {
namespace {

struct Verdict {
  Q_DECLARE_TR_FUNCTIONS(Verdict)
};

/// A kind of accuracy, and those that have it of the same samples: others are no comparison.
struct Contest {
  std::string kind;
  std::vector<std::size_t> groups;  ///< Best first.
};

/// That with the most groups; of as many the kind that says most. Without two there is none.
Contest contestOf(const std::vector<ComparedFigures>& figures) {
  Contest contest;
  for (const char* kind : {"finetune", "linear", "knn", "probe"}) {
    std::map<std::pair<std::int64_t, std::string>, std::vector<std::size_t>> bySamples;
    for (std::size_t group = 0; group < figures.size(); ++group) {
      const auto found = figures[group].find(kind);
      if (found != figures[group].end())
        bySamples[{found->second.one.corpus_id, found->second.one.split}].push_back(group);
    }
    for (const auto& [samples, groups] : bySamples)
      if (groups.size() > std::max<std::size_t>(1, contest.groups.size())) contest = {kind, groups};
  }
  std::ranges::stable_sort(contest.groups, std::ranges::greater{}, [&](std::size_t group) {
    return figures[group].at(contest.kind).accuracy;
  });
  return contest;
}

QString titleOf(const ComparedRuns& compared, const std::vector<std::size_t>& group) {
  const auto& first = compared.runs[group.front()];
  return (group.size() > 1
              ? Verdict::tr("%1 and its other seeds").arg(runTitle(first.id, first.name))
              : runTitle(first.id, first.name))
      .toHtmlEscaped();
}

/// The first few.
QString someOf(const QStringList& all) {
  constexpr int kNamed = 3;
  auto text = all.mid(0, kNamed).join(QStringLiteral(", "));
  if (all.size() > kNamed)
    text += Verdict::tr(" and %n more", nullptr, static_cast<int>(all.size()) - kNamed);
  return text;
}

/// "temperature (0.5, not 0.1)".
QString differencesOf(const Experiment& best, const Experiment& next) {
  QStringList named;
  for (const auto& key : best.differences(next)) {
    if (key == "name") continue;
    named << Verdict::tr("%1 (%2, not %3)")
                 .arg(QString::fromStdString(key), settingText(best, key), settingText(next, key))
                 .toHtmlEscaped();
  }
  return someOf(named);
}

/// What of some runs has not come to its end, whose settings tell of a longer one.
QString unfinishedOf(const ComparedRuns& compared, const std::vector<std::size_t>& runs) {
  QStringList unfinished;
  for (const auto run : runs) {
    const auto& record = compared.runs[run];
    if (record.step < record.total_steps)
      unfinished << Verdict::tr("%1 is at step %L2 of %L3")
                        .arg(titleOf(compared, {run}))
                        .arg(record.step)
                        .arg(record.total_steps);
  }
  return unfinished.isEmpty() ? QString()
                              : unfinished.join(QStringLiteral(", ")) + QLatin1Char('.');
}

}  // namespace

QString ComparedFigure::text() const {
  if (num_runs < 2) return QString::fromStdString(accuracy_text(one));
  return QStringLiteral("%1 (s.d. %2)")
      .arg(QString::fromStdString(percent(accuracy)),
           QLocale().toString(100.0 * deviation, 'f', 1));
}

std::optional<double> ComparedFigure::uncertainty() const {
  std::optional<double> half;
  if (const auto count = one.num_samples(); count > 0) {
    const auto hits = std::llround(accuracy * static_cast<double>(count));
    const auto [low, high] = wilson_interval(hits, count);
    half = 0.5 * (high - low);
  }
  if (num_runs > 1)
    half = std::max(half.value_or(0.0), 2.0 * deviation / std::sqrt(static_cast<double>(num_runs)));
  return half;
}

bool ComparedFigure::isOfSameSamples(const ComparedFigure& other) const {
  return one.corpus_id == other.one.corpus_id && one.split == other.one.split;
}

ComparedFigures figuresOf(
    const std::vector<std::map<std::string, EvaluationRecord>>& accuraciesOfRuns) {
  std::map<std::string, std::vector<double>> values;
  ComparedFigures figures;
  for (const auto& accuracies : accuraciesOfRuns) {
    for (const auto& [kind, evaluation] : accuracies) {
      values[kind].push_back(evaluation.accuracy);
      figures.try_emplace(kind).first->second.num_runs += 1;
      if (values[kind].size() == 1) figures[kind].one = evaluation;
    }
  }
  for (auto& [kind, figure] : figures) {
    const auto all = mean_and_deviation(values[kind]);
    figure.accuracy = all.mean;
    figure.deviation = all.deviation;
  }
  return figures;
}

QString verdictOn(const ComparedRuns& compared, const ComparedGroups& groups) {
  const auto [kind, ranked] = contestOf(groups.figures);
  if (ranked.empty()) return {};
  const auto figureOf = [&, kind = kind](std::size_t group) -> const ComparedFigure& {
    return groups.figures[group].at(kind);
  };
  const auto nameOf = [&](std::size_t group) { return titleOf(compared, groups.runs[group]); };
  const auto first = ranked[0];
  const auto second = ranked[1];
  const auto& best = figureOf(first);
  // Whether another lies within what chance alone may do; none where that is not known.
  const auto isAlike = [&](std::size_t group) -> std::optional<bool> {
    const auto& other = figureOf(group);
    const auto own = best.uncertainty();
    const auto its = other.uncertainty();
    if (!own || !its) return std::nullopt;
    return best.accuracy - other.accuracy <= std::hypot(*own, *its);
  };
  QStringList sentences = {Verdict::tr("Best by %1 accuracy: <b>%2</b>, %3. Next: %4, %5.")
                               .arg(evaluationTitle(kind), nameOf(first), best.text(),
                                    nameOf(second), figureOf(second).text())};
  if (isAlike(second).value_or(false))
    sentences << Verdict::tr("The two cannot be told apart by these samples and seeds.");
  const auto differences = differencesOf(compared.experiments[groups.runs[first].front()],
                                         compared.experiments[groups.runs[second].front()]);
  if (!differences.isEmpty()) sentences << Verdict::tr("They differ in %1.").arg(differences);
  for (const auto group : {first, second}) sentences << unfinishedOf(compared, groups.runs[group]);
  sentences.removeAll(QString());
  QStringList behind;
  for (std::size_t place = 2; place < ranked.size(); ++place)
    if (!isAlike(ranked[place]).value_or(true))
      behind << QStringLiteral("%1 (%2)").arg(nameOf(ranked[place]),
                                              figureOf(ranked[place]).text());
  if (!behind.isEmpty())
    sentences << Verdict::tr("Clearly behind the best: %1.").arg(someOf(behind));
  const auto raw = groups.raw[first].find(kind);
  if (raw != groups.raw[first].end() && raw->second.isOfSameSamples(best) &&
      raw->second.accuracy >= best.accuracy)
    sentences << Verdict::tr(
                     "Without any encoder the same protocol gets %1: what was learned is "
                     "of no use for it yet.")
                     .arg(raw->second.text());
  if (ranked.size() < groups.runs.size())
    sentences << Verdict::tr("The others have no such accuracy of the same samples.");
  return sentences.join(QLatin1Char(' '));
}

}  // namespace pretext
