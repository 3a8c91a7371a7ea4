#include "app/pages/point_legend.h"

#include "core/objective/objective_registry.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"
#include "widgets/buddy_label.h"
#include "widgets/embedding_scatter.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace pretext {

PointLegend::PointLegend(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      colourBy_(new QComboBox),
      title_(new QLabel),
      legend_(new QListWidget) {
  colourBy_->setAccessibleName(tr("Colour by"));
  legend_->setAccessibleName(tr("Classes"));
  legend_->setFixedHeight(112);
  title_->setBuddy(legend_);
  title_->setWordWrap(true);
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("Colour by"), colourBy_));
  top->addWidget(colourBy_, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(top);
  layout->addWidget(title_);
  layout->addWidget(legend_);
  connect(colourBy_, &QComboBox::currentIndexChanged, this, &PointLegend::colour);
  connect(legend_, &QListWidget::currentRowChanged, this, [this](int row) {
    emphasised_ = row > 0 ? colours_.names.value(row - 1) : QString();
    Q_EMIT emphasised(row - 1);
  });
  offerColours();
}

void PointLegend::setRun(std::int64_t run, std::shared_ptr<const Corpus> corpus,
                         std::optional<std::int64_t> checkpoint) {
  run_ = run;
  corpus_ = std::move(corpus);
  checkpoint_ = checkpoint;
  askedFor_.reset();
  job_.reset();
  sources_.readings = SampleReadingStore(workspace_.database()).find(run);
  const auto record = RunStore(workspace_.database()).find(run);
  hasLoss_ = false;
  if (record) {
    const auto& objective = find_objective(record->objective);
    hasLoss_ =
        objective.is_supervised || (objective.num_views == 2 && corpus_ && !corpus_->is_text());
  }
  offerColours();
}

void PointLegend::setPoints(std::vector<std::int64_t> positions) {
  positions_ = std::move(positions);
  colour();
}

void PointLegend::setLabels(const std::map<std::int64_t, std::string>& labels,
                            const std::optional<LabelProbe>& probe) {
  sources_.labels = labels;
  sources_.probe = probe;
  offerColours();
  colour();
}

void PointLegend::refresh() {
  const auto made = SampleReadingStore(workspace_.database()).checkpoint(run_);
  const auto had =
      sources_.readings ? std::optional(sources_.readings->checkpoint_id) : std::nullopt;
  if (made != had) {
    sources_.readings = SampleReadingStore(workspace_.database()).find(run_);
    colour();
  }
  if (!job_) return;
  const auto job = JobStore(workspace_.database()).find(*job_);
  if (job && (job->status == "queued" || job->status == "running")) return;
  job_.reset();
  if (job && job->status == "failed") Q_EMIT failed(QString::fromStdString(job->reason));
  showLegend();
}

ColourBy PointLegend::colourBy() const {
  return static_cast<ColourBy>(colourBy_->currentData().toInt());
}

void PointLegend::offerColours() {
  const QSignalBlocker blocker(colourBy_);
  const auto old = colourBy_->currentData();
  colourBy_->clear();
  const auto add = [&](const QString& text, ColourBy by) {
    colourBy_->addItem(text, static_cast<int>(by));
  };
  const bool hasLabels = !sources_.labels.empty();
  if (!hasLabels || !corpus_ || !corpus_->record().classes.empty())
    add(tr("Class"), ColourBy::kClass);
  if (hasLabels) add(tr("My labels"), ColourBy::kLabel);
  if (sources_.probe) {
    add(tr("What the probe predicts"), ColourBy::kPrediction);
    add(tr("How certain the probe is"), ColourBy::kCertainty);
  }
  if (checkpoint_) {
    add(tr("Cluster"), ColourBy::kCluster);
    add(tr("Neighbours that agree"), ColourBy::kAgreement);
    if (hasLoss_) add(tr("Loss"), ColourBy::kLoss);
  }
  colourBy_->setCurrentIndex(std::max(0, colourBy_->findData(old)));
}

bool PointLegend::hasReadings() const {
  return sources_.readings && sources_.readings->checkpoint_id == checkpoint_;
}

void PointLegend::askForReadings() {
  if (!checkpoint_ || hasReadings() || askedFor_ == checkpoint_) return;
  askedFor_ = checkpoint_;
  try {
    job_ = workspace_.submit("samples", run_, "{}");
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

void PointLegend::colour() {
  if (isRead(colourBy())) askForReadings();
  colours_ = {};
  if (corpus_) colours_ = colourPoints(colourBy(), *corpus_, positions_, sources_);
  colours_.categories.resize(positions_.size(), -1);
  Q_EMIT coloured(colours_);
  showLegend();
}

void PointLegend::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  // The marks are drawn in the theme's colours.
  if (event->type() == QEvent::PaletteChange) showLegend();
}

void PointLegend::showLegend() {
  {
    const QSignalBlocker blocker(legend_);
    legend_->clear();
    if (colours_.values.empty() && !colours_.names.isEmpty()) {
      legend_->addItem(colourBy() == ColourBy::kCluster ? tr("All clusters") : tr("All classes"));
      for (int i = 0; i < colours_.names.size(); ++i)
        new QListWidgetItem(EmbeddingScatter::categoryMark(i, devicePixelRatioF()),
                            colours_.names[i], legend_);
    }
    for (int i = 0; i < colours_.scale.size(); ++i) {
      QPixmap patch(14, 14);
      patch.fill(EmbeddingScatter::valueColor(0.5 * i));
      new QListWidgetItem(patch, colours_.scale[i], legend_);
    }
  }
  const bool hasLegend = legend_->count() > 0;
  const bool canPick = hasLegend && colours_.values.empty();
  legend_->setVisible(hasLegend);
  legend_->setSelectionMode(canPick ? QListWidget::SingleSelection : QListWidget::NoSelection);
  // By name: a new class moves the others.
  const int row = canPick ? static_cast<int>(colours_.names.indexOf(emphasised_)) + 1 : -1;
  {
    const QSignalBlocker blocker(legend_);
    legend_->setCurrentRow(row);
  }
  explain();
  Q_EMIT emphasised(std::max(row, 0) - 1);
}

void PointLegend::explain() {
  QString text;
  const bool isUnlabelled = !corpus_ || corpus_->record().classes.empty();
  if (isRead(colourBy()) && job_) {
    text = tr("The engine reads the samples…");
  } else if (isRead(colourBy()) && sources_.readings && !hasReadings()) {
    text = tr("Of step %L1: the embeddings are newer.").arg(sources_.readings->step);
  } else if (colourBy() == ColourBy::kAgreement) {
    text = isUnlabelled
               ? tr("Of the 15 nearest by cosine, how many are of the same cluster.")
               : tr("Of the 15 nearest by cosine, how many are of the same class. None: look "
                    "whether the label is right.");
  } else if (colourBy() == ColourBy::kLoss) {
    text = tr("The objective's, of each sample: high is hard.");
  } else if (colours_.values.empty() && legend_->count() > 0) {
    text = tr("Choose one to pick it out");
  }
  title_->setText(text);
  title_->setVisible(!text.isEmpty());
}

}  // namespace pretext
