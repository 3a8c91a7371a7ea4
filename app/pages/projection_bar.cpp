#include "app/pages/projection_bar.h"

#include "core/base/error.h"
#include "core/store/job_store.h"
#include "core/store/json_column.h"
#include "core/store/run_store.h"
#include "widgets/buddy_label.h"
#include "widgets/translation.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace pretext {
namespace {

using nlohmann::json;

QDoubleSpinBox* numberBox(double low, double high, double step, int decimals, double value) {
  auto* box = new QDoubleSpinBox;
  box->setRange(low, high);
  box->setSingleStep(step);
  box->setDecimals(decimals);
  box->setValue(value);
  return box;
}

}  // namespace

ProjectionBar::ProjectionBar(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      samples_(new QComboBox),
      method_(new QComboBox),
      neighbours_(new QSpinBox),
      neighboursLabel_(buddyLabel(tr("Neighbours"), neighbours_)),
      minDist_(numberBox(0.0, 1.0, 0.05, 2, 0.1)),
      minDistLabel_(buddyLabel(tr("Least distance"), minDist_)),
      perplexity_(numberBox(1.0, 200.0, 5.0, 0, 30.0)),
      perplexityLabel_(buddyLabel(tr("Perplexity"), perplexity_)),
      compute_(new QPushButton(tr("&Compute"))),
      progress_(new QProgressBar),
      stop_(new QPushButton(tr("Sto&p"))) {
  samples_->addItem(tr("evaluation split"), QString());
  samples_->addItem(tr("all samples"), QStringLiteral("all"));
  samples_->setAccessibleName(tr("Samples"));
  samples_->setToolTip(tr("Which samples are embedded, shown and can be labelled"));
  method_->addItem(tr("PCA"), QStringLiteral("pca"));
  method_->addItem(tr("t-SNE"), QStringLiteral("tsne"));
  method_->addItem(tr("UMAP"), QStringLiteral("umap"));
  method_->setAccessibleName(tr("Projection"));
  method_->setToolTip(
      tr("PCA keeps what is far apart; t-SNE and UMAP keep what is near, and distances between "
         "their heaps mean little"));
  neighbours_->setRange(2, 200);
  neighbours_->setValue(15);
  neighbours_->setAccessibleName(tr("UMAP's neighbours"));
  neighbours_->setToolTip(tr("Few show detail, many the whole"));
  minDist_->setAccessibleName(tr("UMAP's least distance"));
  minDist_->setToolTip(tr("How close points may lie"));
  perplexity_->setAccessibleName(tr("t-SNE's perplexity"));
  perplexity_->setToolTip(tr("About how many neighbours of a point count"));
  compute_->setAccessibleName(tr("Compute embeddings"));
  progress_->setRange(0, 100);
  progress_->setFixedWidth(120);
  progress_->setAccessibleName(tr("Progress of the projection"));
  stop_->setAccessibleName(tr("Stop the projection"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(samples_);
  layout->addWidget(buddyLabel(tr("Projection"), method_));
  for (QWidget* widget : {static_cast<QWidget*>(method_), static_cast<QWidget*>(neighboursLabel_),
                          static_cast<QWidget*>(neighbours_), static_cast<QWidget*>(minDistLabel_),
                          static_cast<QWidget*>(minDist_), static_cast<QWidget*>(perplexityLabel_),
                          static_cast<QWidget*>(perplexity_), static_cast<QWidget*>(compute_),
                          static_cast<QWidget*>(progress_), static_cast<QWidget*>(stop_)})
    layout->addWidget(widget);
  connect(method_, &QComboBox::currentIndexChanged, this, [this] {
    showSettings();
    Q_EMIT methodChosen();
  });
  connect(samples_, &QComboBox::currentIndexChanged, this, &ProjectionBar::showButtons);
  connect(neighbours_, &QSpinBox::valueChanged, this, &ProjectionBar::showButtons);
  for (auto* box : {minDist_, perplexity_})
    connect(box, &QDoubleSpinBox::valueChanged, this, &ProjectionBar::showButtons);
  connect(compute_, &QPushButton::clicked, this, &ProjectionBar::compute);
  connect(stop_, &QPushButton::clicked, this, &ProjectionBar::stop);
  showSettings();
}

std::string ProjectionBar::method() const {
  return method_->currentData().toString().toStdString();
}

void ProjectionBar::setMethod(const std::string& method) {
  const QSignalBlocker blocker(method_);
  method_->setCurrentIndex(std::max(0, method_->findData(QString::fromStdString(method))));
  showSettings();
}

void ProjectionBar::setRun(std::int64_t run) {
  run_ = run;
  refresh();
}

void ProjectionBar::setShown(const std::optional<std::string>& parameters, bool isStale) {
  if (parameters && parameters != shown_) fillSettings(*parameters);
  shown_ = parameters;
  isStale_ = isStale;
  showButtons();
}

void ProjectionBar::fillSettings(const std::string& parameters) {
  const auto settings = json::parse(parameters);
  const QSignalBlocker quiet[] = {QSignalBlocker(samples_), QSignalBlocker(neighbours_),
                                  QSignalBlocker(minDist_), QSignalBlocker(perplexity_)};
  samples_->setCurrentIndex(settings.value("split", "") == "all" ? 1 : 0);
  neighbours_->setValue(settings.value("neighbours", neighbours_->value()));
  minDist_->setValue(settings.value("min_dist", minDist_->value()));
  perplexity_->setValue(settings.value("perplexity", perplexity_->value()));
}

void ProjectionBar::showSettings() {
  const auto chosen = method();
  for (QWidget* widget :
       {static_cast<QWidget*>(neighboursLabel_), static_cast<QWidget*>(neighbours_),
        static_cast<QWidget*>(minDistLabel_), static_cast<QWidget*>(minDist_)})
    widget->setVisible(chosen == "umap");
  for (QWidget* widget :
       {static_cast<QWidget*>(perplexityLabel_), static_cast<QWidget*>(perplexity_)})
    widget->setVisible(chosen == "tsne");
  showButtons();
}

std::string ProjectionBar::parameters() const {
  json settings = {{"method", method()}};
  if (const auto split = samples_->currentData().toString(); !split.isEmpty())
    settings["split"] = split.toStdString();
  if (method() == "umap") {
    settings["neighbours"] = neighbours_->value();
    settings["min_dist"] = minDist_->value();
  } else if (method() == "tsne") {
    settings["perplexity"] = perplexity_->value();
  }
  return settings.dump();
}

bool ProjectionBar::isAsShown() const {
  if (!shown_) return false;
  const auto before = json::parse(*shown_);
  const auto now = json::parse(parameters());
  if (now.value("split", "") != before.value("split", "")) return false;
  for (const auto& [key, value] : now.items()) {
    if (key == "method" || key == "split") continue;
    const bool isSame =
        before.contains(key) && std::abs(before[key].get<double>() - value.get<double>()) < 1e-9;
    if (!isSame) return false;
  }
  return true;
}

void ProjectionBar::refresh() {
  JobStore jobs(workspace_.database());
  const auto before = std::exchange(job_, std::nullopt);
  for (auto& job : jobs.pending_interactive()) {
    const bool isOfAnother = json_column_or_none(
        job.parameters, [](const json& settings) { return settings.contains("corpus"); });
    const bool makesPoints =
        job.kind == "embed" || job.kind == "project" || job.kind == "film" || job.kind == "samples";
    if (job.run_id == run_ && makesPoints && !isOfAnother) job_ = std::move(job);
  }
  showButtons();
  if (!before || job_ || before->run_id != run_) return;
  const auto ended = jobs.find(before->id);
  if (ended && ended->status == "failed") Q_EMIT failed(QString::fromStdString(ended->reason));
}

void ProjectionBar::showButtons() {
  const bool hasCheckpoint = RunStore(workspace_.database()).newest_checkpoint(run_).has_value();
  compute_->setVisible(hasCheckpoint && !job_ && (isStale_ || !isAsShown()));
  progress_->setVisible(job_.has_value());
  stop_->setVisible(job_ && job_->kind != "embed");  // Of which there is no half.
  if (job_) progress_->setValue(static_cast<int>(std::lround(100.0 * job_->progress)));
}

void ProjectionBar::compute() {
  try {
    workspace_.submit("project", run_, parameters());
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

void ProjectionBar::stop() {
  if (!job_) return;
  try {
    JobStore(workspace_.database()).stop_job(job_->id);
    workspace_.announceChange();
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

}  // namespace pretext
