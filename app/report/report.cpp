#include "app/report/report.h"

#include "app/report/report_figures.h"
#include "app/report/report_page.h"
#include "app/text_rows.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/new_file.h"
#include "core/objective/objective_registry.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "widgets/embedding_scatter.h"
#include "widgets/metric_titles.h"
#include "widgets/run_titles.h"
#include "widgets/theme.h"

#include <QCoreApplication>
#include <QPageLayout>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>
#include <QTextOption>
#include <QUrl>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>
#include <utility>

namespace pretext {
namespace {

constexpr QSize kChartSize(440, 240);
constexpr QSize kChartOnPaper(325, 190);  // Two fit across.
constexpr QSize kProjectionSize(440, 360);
constexpr QSize kProjectionOnPaper(325, 266);
constexpr double kViewsOnPaper = 0.53;
constexpr std::size_t kMostInLegend = 30;
constexpr std::int64_t kTextRows = 4;          // Of each run.
constexpr std::int64_t kMostPlanned = 20'000;  // Documents, to find these rows.
constexpr std::size_t kMostClasses = 24;       // Of a confusion matrix that is still read.

QString escaped(const std::string& text) {
  return QString::fromStdString(text).toHtmlEscaped();
}

/// On one line.
QString unbroken(const std::string& text) {
  return escaped(text).replace(QLatin1Char(' '), QStringLiteral("&nbsp;"));
}

QString dash() {
  return QStringLiteral("–");
}

/// Whether a metric says how training goes, and not how the machine does.
bool isTelling(const std::string& key) {
  if (key.ends_with("_per_second")) return false;
  return key.starts_with("train/") || key.starts_with("val/") || key.starts_with("eval/");
}

/// Gathers what there is to say of some runs, section by section.
class Report {
  Q_DECLARE_TR_FUNCTIONS(pretext::Report)

 public:
  Report(Database& database, const std::vector<std::int64_t>& ids, ReportPage& page)
      : database_(database), page_(page) {
    RunStore runs(database);
    for (const auto id : ids) {
      runs_.push_back(runs.require(id));
      experiments_.push_back(Experiment::from_json(runs_.back().settings()));
    }
  }

  QString title() const {
    return runs_.size() == 1 ? runTitle(runs_[0].id, runs_[0].name)
                             : tr("%L1 runs compared").arg(runs_.size());
  }

  void write() {
    page_.note(tr("Made by Pretext, %1").arg(QString::fromStdString(local_time(now_ms()))));
    tellRuns();
    if (runs_.size() > 1) tellDifferences();
    tellAccuracies();
    tellCurves();
    tellConfusions();
    tellViews();
    tellProjections();
    tellSettings();
  }

 private:
  QString swatch(std::size_t run) const {
    return QStringLiteral("<span style=\"background-color:%1\">&nbsp;&nbsp;&nbsp;</span>")
        .arg(categoryColor(static_cast<int>(run)).name());
  }
  QString titleOf(std::size_t run) const { return runTitle(runs_[run].id, runs_[run].name); }
  /// With the colour that it has in all charts.
  QString headOf(std::size_t run) const {
    return swatch(run) + QLatin1Char(' ') + titleOf(run).toHtmlEscaped();
  }
  QStringList heads(const QString& corner) const {
    QStringList all{corner};
    for (std::size_t i = 0; i < runs_.size(); ++i) all << headOf(i);
    return all;
  }

  void tellRuns() {
    std::vector<QStringList> rows;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const auto& run = runs_[i];
      rows.push_back({headOf(i), escaped(find_objective(run.objective).title), escaped(run.corpus),
                      statusText(run.status), tr("%L1 of %L2").arg(run.step).arg(run.total_steps),
                      unbroken(duration(run.seconds)), escaped(run.device),
                      unbroken(local_time(run.created_ms))});
    }
    page_.table({tr("Run"), tr("Objective"), tr("Corpus"), tr("Status"), tr("Steps"),
                 tr("Training"), tr("Device"), tr("Created")},
                rows);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      for (const auto& warning : run_warnings(database_, runs_[i]))
        page_.note(headOf(i) + ": " + warningText(warning).toHtmlEscaped());
      if (!runs_[i].reason.empty()) page_.note(headOf(i) + ": " + escaped(runs_[i].reason));
      if (!runs_[i].notes.empty()) page_.paragraph(headOf(i) + ": " + escaped(runs_[i].notes));
    }
  }

  void tellDifferences() {
    page_.heading(tr("What differs"));
    std::vector<QStringList> rows;
    for (const auto& key : differing_keys(experiments_)) {
      if (key == "name") continue;
      QStringList row{escaped(key)};
      for (const auto& experiment : experiments_)
        row << settingText(experiment, key).toHtmlEscaped();
      rows.push_back(row);
    }
    if (rows.empty()) return page_.paragraph(tr("Nothing: they have the same settings."));
    page_.table(heads(tr("Setting")), rows);
  }

  void tellAccuracies() {
    std::vector<QStringList> rows;
    QStringList protocols;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      for (const auto& [kind, byBaseline] :
           ResultStore(database_).newest_evaluations(runs_[i].id)) {
        const auto cell = [&of = byBaseline](const char* baseline) {
          const auto found = of.find(baseline);
          return found == of.end() ? dash() : escaped(accuracy_text(found->second));
        };
        const auto& any = byBaseline.begin()->second;
        rows.push_back({headOf(i), evaluationTitle(kind).toHtmlEscaped(), cell("trained"),
                        cell("untrained"), cell("raw"), escaped(percent(any.majority_share())),
                        escaped(any.split)});
        if (const auto own = byBaseline.find("trained"); own != byBaseline.end()) {
          protocols << tr("%1, %2: %3; macro-F1 %4")
                           .arg(headOf(i), evaluationTitle(kind).toHtmlEscaped(),
                                escaped(own->second.protocol),
                                escaped(percent(macro_f1(own->second.confusion))));
        }
      }
    }
    if (rows.empty()) return;
    page_.heading(tr("Accuracies"));
    page_.table({tr("Run"), tr("Evaluation"), tr("Trained"), tr("Untrained"),
                 tr("Raw pixels, or TF-IDF of text"), tr("Majority"), tr("On")},
                rows);
    for (const auto& protocol : protocols) page_.note(protocol);
  }

  void tellCurves() {
    MetricStore metrics(database_);
    std::set<std::string> keys;
    for (const auto& run : runs_) {
      for (const auto& key : metrics.keys(run.id)) {
        if (isTelling(key)) keys.insert(key);
      }
    }
    if (keys.empty()) return;
    std::vector<std::string> ranked(keys.begin(), keys.end());
    std::ranges::stable_sort(ranked, {}, metricRank);
    page_.heading(tr("Curves"));
    const auto size = page_.isForPaper() ? kChartOnPaper : kChartSize;
    for (const auto& key : ranked) {
      std::vector<ReportCurve> curves;
      curves.reserve(runs_.size());
      for (std::size_t i = 0; i < runs_.size(); ++i) {
        curves.push_back(
            {titleOf(i), categoryColor(static_cast<int>(i)), metrics.curve(runs_[i].id, key)});
      }
      page_.drawing(metricTitle(key), size,
                    [&](QPaintDevice& device) { drawCurves(device, size, curves); });
    }
  }

  void tellConfusions() {
    bool isFirst = true;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const auto all = ResultStore(database_).newest_evaluations(runs_[i].id);
      for (const char* kind : {"finetune", "probe", "linear", "knn"}) {
        const auto found = all.find(kind);
        if (found == all.end() || !found->second.contains("trained")) continue;
        if (std::exchange(isFirst, false)) page_.heading(tr("Confusions"));
        tellConfusion(i, kind, found->second.at("trained"));
        break;
      }
    }
  }

  void tellConfusion(std::size_t run, const std::string& kind, const EvaluationRecord& evaluation) {
    const auto classes = CorpusStore(database_).get(evaluation.corpus_id).classes;
    const auto& counts = evaluation.confusion;
    page_.subheading(tr("%1, %2").arg(titleOf(run), evaluationTitle(kind)));
    if (counts.size() > kMostClasses)
      return page_.paragraph(tr("%L1 classes: too many for a table.").arg(counts.size()));
    const auto nameOf = [&](std::size_t number) {
      return number < classes.size() ? escaped(classes[number]) : QString::number(number);
    };
    QStringList header{tr("true ↓, predicted →")};
    for (std::size_t i = 0; i < counts.size(); ++i) header << nameOf(i);
    std::vector<QStringList> rows;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const auto total = std::max<std::int64_t>(
          1, std::accumulate(counts[i].begin(), counts[i].end(), std::int64_t{0}));
      QStringList row{nameOf(i)};
      for (std::size_t j = 0; j < counts[i].size(); ++j) {
        const auto share = static_cast<double>(counts[i][j]) / static_cast<double>(total);
        const auto text = QString::number(counts[i][j]);
        row << (i == j         ? QStringLiteral("<b>%1</b>").arg(text)
                : share >= 0.1 ? QStringLiteral("<span style=\"color:#b03a00\">%1</span>").arg(text)
                               : text);
      }
      rows.push_back(row);
    }
    page_.table(header, rows, true);
  }

  void tellViews() {
    std::set<std::string> told;
    bool isFirst = true;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const auto& objective = find_objective(runs_[i].objective);
      const bool isText = objective.corpus_kind == "text";
      if (isText && objective.is_supervised) continue;  // It reads texts as they are.
      std::string recipe = std::to_string(runs_[i].corpus_id) + ' ' + runs_[i].objective;
      for (const auto& field : experiments_[i].fields()) {
        if (field.key.starts_with("views."))
          recipe += ' ' + to_toml(experiments_[i].value(field.key));
      }
      if (!told.insert(recipe).second) continue;  // As another run's.
      attempt([&] {
        const Corpus corpus(database_, CorpusStore(database_).get(runs_[i].corpus_id));
        if (isText) {
          auto experiment = experiments_[i];
          const bool isLarge = corpus.size() > kMostPlanned;
          if (isLarge) experiment.set("corpus_limit", kMostPlanned);
          auto rows = textRows(corpus, experiment, {.count = kTextRows});
          if (isLarge)
            rows += tr("<p>Of %L1 of the documents, lest the report take minutes.</p>")
                        .arg(kMostPlanned);
          if (std::exchange(isFirst, false)) page_.heading(tr("Views"));
          page_.subheading(tr("%1: rows as its training sees them").arg(titleOf(i)));
          return page_.paragraph(rows);
        }
        const auto image = picturesOfViews(corpus, experiments_[i]);
        if (std::exchange(isFirst, false)) page_.heading(tr("Views"));
        const auto size = page_.isForPaper() ? image.size() * kViewsOnPaper : image.size();
        page_.picture(tr("%1: images, and what its recipe makes of them").arg(titleOf(i)), image,
                      size);
      });
    }
  }

  void tellProjections() {
    bool isFirst = true;
    std::set<std::int64_t> named;  // Corpora whose classes stand there.
    const auto size = page_.isForPaper() ? kProjectionOnPaper : kProjectionSize;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const auto projection = ProjectionStore(database_).newest(runs_[i].id);
      if (!projection) continue;
      attempt([&] {
        const Corpus corpus(database_, CorpusStore(database_).get(runs_[i].corpus_id));
        const auto image = pictureOfProjection(corpus, *projection, 2 * kProjectionSize);
        if (std::exchange(isFirst, false)) page_.heading(tr("Embeddings"));
        if (named.insert(corpus.record().id).second) tellClasses(corpus.record());
        page_.picture(captionOf(i, *projection), image, size);
      });
    }
  }

  /// What the colours of a projection mean.
  void tellClasses(const CorpusRecord& corpus) {
    if (corpus.classes.empty() || corpus.classes.size() > kMostInLegend) return;
    QStringList marks;
    for (std::size_t i = 0; i < corpus.classes.size(); ++i) {
      const auto mark = EmbeddingScatter::categoryMark(static_cast<int>(i), 1.0).toImage();
      marks << page_.inlined(mark, mark.size()) + QStringLiteral("&nbsp;") +
                   escaped(corpus.classes[i]);
    }
    page_.paragraph(escaped(corpus.name) + QStringLiteral(": ") +
                    marks.join(QStringLiteral(" &nbsp; ")));
  }

  QString captionOf(std::size_t run, const Projection& projection) const {
    auto caption = tr("%1: %2 of %L3 samples at step %L4")
                       .arg(titleOf(run), QString::fromStdString(projection.method))
                       .arg(projection.positions.size())
                       .arg(projection.step);
    const auto parameters = nlohmann::json::parse(projection.parameters);
    if (parameters.contains("trustworthiness"))
      caption +=
          tr(", trustworthiness %1").arg(parameters["trustworthiness"].get<double>(), 0, 'f', 3);
    return caption;
  }

  void tellSettings() {
    page_.heading(tr("Settings"));
    for (std::size_t i = 0; i < runs_.size(); ++i)
      page_.folded(titleOf(i), QString::fromStdString(experiments_[i].to_toml()));
  }

  /// A corpus that is gone takes its pictures along, and not the report.
  void attempt(const std::function<void()>& work) {
    try {
      work();
    } catch (const UserError& error) {
      page_.note(escaped(error.what()));
    }
  }

  Database& database_;
  ReportPage& page_;
  std::vector<RunRecord> runs_;
  std::vector<Experiment> experiments_;
};

void writeFile(const QString& file, const std::function<bool(QIODevice&)>& write) {
  QSaveFile target(QString::fromStdString(writable_file(file.toStdString()).string()));
  if (!target.open(QIODevice::WriteOnly) || !write(target) || !target.commit()) {
    throw UserError("The report " + file.toStdString() +
                    " cannot be written: " + target.errorString().toStdString() + ".");
  }
}

bool writePdf(QIODevice& target, ReportPage& page, const QString& title) {
  constexpr double kPixelsAPoint = 96.0 / 72.0;
  const auto html = page.html(title);  // Now all of its pictures are known.
  QPdfWriter writer(&target);
  writer.setTitle(title);
  writer.setPageSize(QPageSize(QPageSize::A4));
  writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter);
  QTextDocument document;
  document.setDocumentMargin(0);
  document.setPageSize(writer.pageLayout().paintRect(QPageLayout::Point).size() * kPixelsAPoint);
  QTextOption words;
  words.setWrapMode(QTextOption::WordWrap);
  document.setDefaultTextOption(words);
  for (const auto& [name, image] : page.pictures())
    document.addResource(QTextDocument::ImageResource, QUrl(name), image);
  document.setHtml(html);
  document.print(&writer);
  return true;
}

}  // namespace

void writeReport(Database& database, const std::vector<std::int64_t>& runs,
                 const std::filesystem::path& file) {
  const auto ending = file.extension().string();
  if (ending != ".html" && ending != ".pdf") {
    throw UserError("A report is written as .html or .pdf, not as \"" + file.filename().string() +
                    "\".");
  }
  if (runs.empty()) throw UserError("A report needs a run: name one, or several to compare.");
  const bool isPdf = ending == ".pdf";
  ReportPage page(isPdf ? ReportPage::Medium::kPaper : ReportPage::Medium::kScreen);
  Report report(database, runs, page);
  report.write();
  writeFile(QString::fromStdString(file.string()), [&](QIODevice& target) {
    if (isPdf) return writePdf(target, page, report.title());
    const auto bytes = page.html(report.title()).toUtf8();
    return target.write(bytes) == bytes.size();
  });
}

}  // namespace pretext
