#include "app/pages/run_details.h"

#include "app/pages/run_settings.h"
#include "app/pages/stored_curve.h"
#include "app/pages/thoughts_view.h"
#include "core/base/format.h"
#include "core/objective/objective_registry.h"
#include "core/store/attempt_record.h"
#include "core/store/engine_sign.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "core/store/run_warnings.h"
#include "widgets/confusion_matrix.h"
#include "widgets/metric_chart.h"
#include "widgets/metric_titles.h"
#include "widgets/plot_export.h"
#include "widgets/run_titles.h"
#include "widgets/smoothing_slider.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTabWidget>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>

namespace pretext {
namespace {

constexpr double kSilence = 10.0;  // Seconds without a sign that are worth a word.
constexpr int kLookMs = 1000;

QString inLines(const std::string& text) {
  return QString::fromStdString(text).toHtmlEscaped().replace(QLatin1Char('\n'),
                                                              QStringLiteral("<br>"));
}

}  // namespace

RunDetails::RunDetails(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      mark_(new QLabel),
      heading_(new QLabel),
      smoothing_(new SmoothingSlider),
      axis_(makeAxisChoice()),
      logPlaces_(new QCheckBox(tr("log"))),
      noCurves_(new QLabel(tr("Nothing is logged yet: curves begin with the first step."))),
      charts_(new QGridLayout),
      noAccuracies_(new QLabel(
          tr("No accuracy yet. It is measured when the run finishes; \"Evaluate now\" in the menu "
             "More measures the newest checkpoint."))),
      accuracies_(new QTableWidget),
      confusionChoice_(new QComboBox),
      confusionHint_(new QLabel),
      confusion_(new ConfusionMatrix),
      thoughts_(new ThoughtsView),
      settings_(new RunSettings(workspace)),
      tabs_(new QTabWidget),
      log_(new QPlainTextEdit) {
  heading_->setWordWrap(true);
  heading_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  log_->setReadOnly(true);
  log_->setAccessibleName(tr("Checkpoints and log"));
  tabs_->addTab(makeCurves(), tr("Curves"));
  tabs_->addTab(makeAccuracies(), tr("Accuracy"));
  tabs_->addTab(thoughts_, tr("What it answers"));
  tabs_->addTab(settings_, tr("Settings and note"));
  tabs_->addTab(log_, tr("Checkpoints and log"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  auto* top = new QHBoxLayout;
  top->addWidget(mark_, 0, Qt::AlignTop);
  top->addWidget(heading_, 1);
  layout->addLayout(top);
  layout->addWidget(tabs_, 1);
  connect(settings_, &RunSettings::failed, this, &RunDetails::failed);
  auto* clock = new QTimer(this);
  connect(clock, &QTimer::timeout, this, &RunDetails::followSilence);
  clock->start(kLookMs);
}

QWidget* RunDetails::makeCurves() {
  auto* chartBox = new QWidget;
  chartBox->setLayout(charts_);
  auto* scroll = new QScrollArea;
  scroll->setWidget(chartBox);
  scroll->setWidgetResizable(true);
  noCurves_->setAlignment(Qt::AlignCenter);
  noCurves_->setForegroundRole(QPalette::PlaceholderText);
  auto* curves = new QWidget;
  auto* layout = new QVBoxLayout(curves);
  layout->setContentsMargins(0, 4, 0, 0);
  auto* top = new QHBoxLayout;
  top->addStretch(1);
  top->addWidget(axis_);
  top->addWidget(logPlaces_);
  top->addWidget(smoothing_);
  layout->addLayout(top);
  layout->addWidget(noCurves_);
  layout->addWidget(scroll, 1);
  connect(smoothing_, &SmoothingSlider::changed, this, [this](double weight) {
    for (auto& [key, chart] : chartByKey_) chart->setSmoothing(weight);
  });
  logPlaces_->setAccessibleName(tr("Steps or time, logarithmic scale"));
  logPlaces_->setToolTip(tr("Logarithmic scale of the steps, or the time"));
  connect(logPlaces_, &QCheckBox::toggled, this, [this](bool on) {
    for (auto& [key, chart] : chartByKey_) chart->setLogPlaces(on);
  });
  connect(axis_, &QComboBox::currentIndexChanged, this, [this] {
    dropCurves();
    attempt([&] { showRun(RunStore(workspace_.database()).find(shown_)); });
  });
  return curves;
}

QWidget* RunDetails::makeAccuracies() {
  accuracies_->setColumnCount(5);
  nameColumns(false);
  accuracies_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  accuracies_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  accuracies_->verticalHeader()->hide();
  accuracies_->setEditTriggers(QTableWidget::NoEditTriggers);
  accuracies_->setWordWrap(true);
  offerCopy(*accuracies_);
  accuracies_->setAccessibleName(tr("Accuracies"));
  accuracies_->setTabKeyNavigation(false);
  connect(accuracies_->horizontalHeader(), &QHeaderView::sectionResized, accuracies_,
          &QTableWidget::resizeRowsToContents);
  noAccuracies_->setAlignment(Qt::AlignCenter);
  noAccuracies_->setWordWrap(true);
  noAccuracies_->setForegroundRole(QPalette::PlaceholderText);
  confusionChoice_->setAccessibleName(tr("Confusion matrix of"));
  confusionChoice_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->addWidget(noAccuracies_, 1);
  layout->addWidget(accuracies_, 1);
  auto* choice = new QHBoxLayout;
  choice->addWidget(confusionChoice_);
  choice->addWidget(confusionHint_, 1);
  confusionHint_->setWordWrap(true);
  layout->addLayout(choice);
  layout->addWidget(confusion_, 3);
  connect(confusionChoice_, &QComboBox::currentIndexChanged, this, [this] { showConfusion(); });
  return box;
}

/// Reports a damaged row or a busy database instead of letting the exception leave a slot.
void RunDetails::attempt(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

void RunDetails::showRun(const std::optional<RunRecord>& run) {
  setVisible(run.has_value());
  if (!run) return;
  if (run->id != shown_ || run->num_attempts != numAttempts_) {
    // Another run, or an attempt that took steps back: the curves start again.
    dropCurves();
    shown_ = run->id;
    thoughtsStep_ = -1;
    numAttempts_ = run->num_attempts;
  }
  attempt([&] { fill(*run); });
}

void RunDetails::fill(const RunRecord& run) {
  showAccuracies(run);
  showHeading(run);
  showCurves(run);
  showThoughts(run);
  settings_->showRun(run);
  QString text;
  for (const auto& attempt : attempts_of(workspace_.database(), run.id)) {
    text += tr("attempt %1 from step %2, %3: %4")
                .arg(attempt.number)
                .arg(attempt.from_step)
                .arg(QString::fromStdString(local_time(attempt.started_ms)),
                     statusText(run_status_from(attempt.status)));
    if (attempt.ended_ms)
      text += QStringLiteral(", %1").arg(QString::fromStdString(local_time(*attempt.ended_ms)));
    if (!attempt.reason.empty())
      text += QStringLiteral(". ") + QString::fromStdString(attempt.reason);
    text += QLatin1Char('\n');
  }
  for (const auto& checkpoint : RunStore(workspace_.database()).checkpoints(run.id)) {
    text += tr("step %1, epoch %2: %3, %4\n")
                .arg(checkpoint.step)
                .arg(checkpoint.epoch, 0, 'f', 1)
                .arg(QString::fromStdString(checkpoint.path),
                     QString::fromStdString(byte_count(checkpoint.bytes)));
  }
  for (const auto& message : RunStore(workspace_.database()).messages(run.id))
    text += QString::fromStdString(message) + QLatin1Char('\n');
  if (text != log_->toPlainText()) log_->setPlainText(text);
}

void RunDetails::showHeading(const RunRecord& run) {
  const int side = heading_->fontMetrics().height();
  mark_->setPixmap(statusIcon(run.status).pixmap(QSize(side, side), devicePixelRatioF()));
  heading_->setText(sentence(run));
}

QString RunDetails::sentence(const RunRecord& run) const {
  QString text = QStringLiteral("<b>%1</b> · %2")
                     .arg(QString::fromStdString(run.name).toHtmlEscaped(), statusText(run.status));
  if (run.total_steps > 0) text += tr(" · step %L1 of %L2").arg(run.step).arg(run.total_steps);
  if (run.samples_per_second > 0)
    text += tr(" · %L1 samples/s").arg(run.samples_per_second, 0, 'f', 0);
  if (run.status == RunStatus::kRunning && run.total_steps > 0 && run.step >= run.total_steps) {
    text += tr(" · being evaluated");
  } else if (run.status == RunStatus::kRunning && run.step > 0) {
    text += tr(" · %1 of training left").arg(QString::fromStdString(duration(run.seconds_left())));
  }
  const auto silence = seconds_without_sign(workspace_.database(), run.id);
  if (silence && *silence > kSilence)
    text += tr(" · no sign of its engine for %1").arg(QString::fromStdString(duration(*silence)));
  if (!run.reason.empty()) text += QStringLiteral("<br>") + inLines(run.reason);
  auto warnings = reading_warnings(workspace_.database(), run);
  warnings.insert(warnings.end(), evaluationWarnings_.begin(), evaluationWarnings_.end());
  for (const auto& warning : warnings)
    text += QStringLiteral("<br>") + warningText(warning).toHtmlEscaped();
  return text;
}

void RunDetails::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::PaletteChange) return;
  attempt([&] {
    const auto run = RunStore(workspace_.database()).find(shown_);
    if (run) showHeading(*run);  // Its mark is of the colours that were.
  });
}

void RunDetails::followSilence() {
  if (!isVisible()) return;
  attempt([&] {
    const auto run = RunStore(workspace_.database()).find(shown_);
    if (run && run->status == RunStatus::kRunning) showHeading(*run);
  });
}

void RunDetails::dropCurves() {
  for (auto& [key, chart] : chartByKey_) delete chart;
  chartByKey_.clear();
}

CurveScale RunDetails::scaleOf(const RunRecord& run) const {
  return {static_cast<CurveAxis>(axis_->currentData().toInt()), run,
          RunStore(workspace_.database()).checkpoints(run.id),
          run.started_ms.value_or(run.created_ms)};
}

void RunDetails::showCurves(const RunRecord& run) {
  auto keys = MetricStore(workspace_.database()).keys(run.id);
  std::ranges::stable_sort(keys, {}, metricRank);
  noCurves_->setVisible(keys.empty());
  bool isNew = false;
  for (const auto& key : keys) {
    auto& chart = chartByKey_[key];
    if (!chart) {
      chart = new MetricChart(metricTitle(key),
                              metricMeaning(key));  // Owned by the layout's widget below.
      chart->setAxis(static_cast<CurveAxis>(axis_->currentData().toInt()));
      chart->addCurve(QString::fromStdString(run.name), categoryColor(0), scaleOf(run));
      std::vector<Mark> marks;
      for (const auto& mark :
           find_objective(run.objective).marks(Experiment::from_json(run.settings()))) {
        if (mark.metric == key) marks.push_back(mark);
      }
      chart->setMarks(marks);
      chart->setSmoothing(smoothing_->weight());
      chart->setLogPlaces(logPlaces_->isChecked());
      connect(chart, &MetricChart::pointed, this, [this, pointed = chart](double place) {
        for (auto& [other, follower] : chartByKey_) {
          if (follower != pointed) follower->pointAt(place);
        }
      });
      isNew = true;
    }
    followCurve(*chart, 0, workspace_.database(), run.id, key);
  }
  if (!isNew) return;
  int place = 0;
  for (const auto& key : keys) {
    charts_->addWidget(chartByKey_[key], place / 2, place % 2);
    ++place;
  }
}

void RunDetails::nameColumns(bool isText) {
  accuracies_->setHorizontalHeaderLabels({tr("Protocol"), tr("Trained"), tr("Untrained"),
                                          isText ? tr("TF-IDF") : tr("Raw pixels"), tr("On")});
}

void RunDetails::showAccuracies(const RunRecord& run) {
  ResultStore results(workspace_.database());
  const std::pair newest(run.id, results.newest_evaluation(run.id));
  if (newest == newestEvaluation_) return;  // Hundreds of classes take a while to read.
  newestEvaluation_ = newest;
  evaluations_ = results.newest_evaluations(run.id);
  evaluationWarnings_ = evaluation_warnings(workspace_.database(), run);
  const bool isText = find_objective(run.objective).corpus_kind == "text";
  nameColumns(isText);
  accuracies_->clearContents();
  accuracies_->setRowCount(static_cast<int>(evaluations_.size()));
  confusionChoice_->clear();
  int row = 0;
  for (const auto& [kind, byBaseline] : evaluations_) {
    const auto put = [&](int column, const QString& text) {
      accuracies_->setItem(row, column, new QTableWidgetItem(text));
    };
    const auto trained = byBaseline.find("trained");
    const bool isTrained = trained != byBaseline.end();
    const auto& main = isTrained ? trained->second : byBaseline.begin()->second;
    put(0, QString::fromStdString(main.protocol));
    const char* baselines[] = {"trained", "untrained", "raw"};
    for (int i = 0; i < 3; ++i) {
      const auto found = byBaseline.find(baselines[i]);
      if (found != byBaseline.end())
        put(1 + i, QString::fromStdString(accuracy_text(found->second)));
    }
    put(4, QString::fromStdString(main.split));
    if (isTrained) confusionChoice_->addItem(evaluationTitle(kind), QString::fromStdString(kind));
    ++row;
  }
  const bool isEmpty = evaluations_.empty();
  noAccuracies_->setVisible(isEmpty);
  accuracies_->setVisible(!isEmpty);
  confusionChoice_->setVisible(confusionChoice_->count() > 0);
  confusion_->setVisible(confusionChoice_->count() > 0);
  accuracies_->resizeRowsToContents();
  showConfusion();
}

void RunDetails::showThoughts(const RunRecord& run) {
  const auto newest = ResultStore(workspace_.database()).newest_thoughts(run.id);
  tabs_->setTabVisible(tabs_->indexOf(thoughts_), newest.has_value());
  if (!newest || newest->step == thoughtsStep_) return;
  thoughtsStep_ = newest->step;
  thoughts_->show(newest->step, newest->answers);
}

void RunDetails::showConfusion() {
  const auto found = evaluations_.find(confusionChoice_->currentData().toString().toStdString());
  if (found == evaluations_.end() || !found->second.contains("trained")) {
    confusionHint_->clear();
    confusion_->show({}, {});
    return;
  }
  const auto& trained = found->second.at("trained");
  confusionHint_->setText(
      tr("On %L1 samples; ± is half of the interval of 95 % confidence. Always naming the most "
         "frequent class would get %2. Rows: the true class. Columns: what it was taken for.")
          .arg(trained.num_samples())
          .arg(QString::fromStdString(percent(trained.majority_share()))));
  confusion_->show(trained.confusion,
                   CorpusStore(workspace_.database()).get(trained.corpus_id).classes);
}

}  // namespace pretext
