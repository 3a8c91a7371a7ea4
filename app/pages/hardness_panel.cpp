#include "app/pages/hardness_panel.h"

#include "core/augment/view_renderer.h"
#include "core/base/format.h"
#include "core/objective/objective_registry.h"
#include "core/store/job_store.h"
#include "core/store/json_column.h"
#include "widgets/background.h"
#include "widgets/buddy_label.h"
#include "widgets/run_titles.h"
#include "widgets/similarity_plot.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace pretext {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kSide = 32;  // Of the views whose pixels are compared, px.

}  // namespace

/// All that a measurement depends on, so that a worker needs nothing of the panel.
struct HardnessPanel::Request {
  std::shared_ptr<const Corpus> corpus;
  Experiment recipe;
  std::uint64_t seed;
  std::uint32_t epoch;
  std::vector<std::int64_t> positions;
  bool isColours;
};

HardnessPanel::HardnessPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      features_(new QComboBox),
      ask_(new QPushButton(tr("&Measure"))),
      plot_(new SimilarityPlot),
      sentence_(new QLabel),
      pause_(new QTimer(this)) {
  features_->setAccessibleName(tr("Features that tell views apart"));
  features_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  features_->setMinimumContentsLength(18);
  ask_->setAccessibleName(tr("Measure"));
  ask_->setToolTip(tr("Asks the engine how alike this run's encoder finds the views"));
  sentence_->setWordWrap(true);
  sentence_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  sentence_->setMinimumHeight(4 * fontMetrics().lineSpacing());  // What is above does not jump.
  pause_->setSingleShot(true);
  pause_->setInterval(80ms);  // The pictures go first while a slider moves.
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("&Hardness by"), features_));
  top->addWidget(features_, 1);
  top->addWidget(ask_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addLayout(top);
  layout->addWidget(plot_);
  layout->addWidget(sentence_);
  listRuns();
  connect(features_, &QComboBox::currentIndexChanged, this, &HardnessPanel::turnTo);
  connect(ask_, &QPushButton::clicked, this, &HardnessPanel::askEngine);
  connect(pause_, &QTimer::timeout, this, &HardnessPanel::start);
  connect(&workspace_, &Workspace::changed, this, [this] {
    if (job_) takeAnswer();
    if (isVisible()) listRuns();
  });
}

void HardnessPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  listRuns();
}

void HardnessPanel::listRuns() {
  if (features_->view()->isVisible()) return;  // Being chosen from.
  const QSignalBlocker blocker(features_);
  const auto chosen = features_->currentData();
  features_->clear();
  features_->addItem(tr("Raw pixels"), -1);
  features_->addItem(tr("Colours alone"), -2);
  for (const auto& run : RunStore(workspace_.database()).titles()) {
    const bool isOfImages = find_objective(run.objective).corpus_kind == "images";
    if (isOfImages && run.has_checkpoint)
      features_->addItem(runTitle(run.id, run.name), QVariant::fromValue<qint64>(run.id));
  }
  features_->setCurrentIndex(std::max(0, features_->findData(chosen)));
}

void HardnessPanel::show(std::shared_ptr<const Corpus> corpus, const Experiment& recipe,
                         std::uint64_t seed, std::uint32_t epoch) {
  if (corpus == corpus_ && recipe == recipe_ && seed == seed_ && epoch == epoch_) return;
  corpus_ = std::move(corpus);
  recipe_ = recipe;
  seed_ = seed;
  epoch_ = epoch;
  turnTo();
}

void HardnessPanel::clear() {
  corpus_ = nullptr;
  pause_->stop();
  plot_->clear();
  sentence_->clear();
}

void HardnessPanel::turnTo() {
  const bool isEncoder = features_->currentData().toLongLong() > 0;
  ask_->setVisible(isEncoder);
  ask_->setEnabled(corpus_ && !job_);
  if (!corpus_) return;
  if (!isEncoder) return pause_->start();
  pause_->stop();
  plot_->clear();
  sentence_->setText(job_
                         ? tr("The engine measures…")
                         : tr("Measure asks this run's encoder, as its newest checkpoint has it."));
}

std::vector<std::int64_t> HardnessPanel::positions() const {
  return corpus_->fixed_part("train", kHardnessImages);
}

void HardnessPanel::start() {
  if (!corpus_ || features_->currentData().toLongLong() > 0) return;
  if (isMeasuring_) {
    isStale_ = true;
    return;
  }
  const bool isColours = features_->currentData().toLongLong() == -2;
  const Request request{corpus_, recipe_, seed_, epoch_, positions(), isColours};
  if (request.positions.size() < 2) return sentence_->setText(tr("One image has no others."));
  isMeasuring_ = true;
  const auto by = features_->currentText();
  const auto receive = [this, by](const Outcome<ViewHardness>& hardness) {
    isMeasuring_ = false;
    if (std::exchange(isStale_, false)) return start();
    if (!corpus_ || features_->currentText() != by) return;
    if (hardness.value) {
      present(*hardness.value, by);
    } else {
      sentence_->setText(hardness.complaint);
    }
  };
  runInBackground(
      this, [request] { return measure(request); }, receive);
}

ViewHardness HardnessPanel::measure(const Request& request) {
  const auto& corpus = *request.corpus;
  const int channels = corpus.record().channels;
  ViewRenderer renderer;
  std::vector<float> features[2];
  std::vector<float> pixels(static_cast<std::size_t>(channels * kSide * kSide));
  for (const auto position : request.positions) {
    const auto image = corpus.images().image(position);
    for (int view = 0; view < 2; ++view) {
      auto recipe = view_recipe(request.recipe, kSide, view);
      recipe.size = static_cast<std::int32_t>(kSide);
      const auto drawn = sample_view(recipe, request.seed, corpus.draw_key(position), request.epoch,
                                     static_cast<std::uint8_t>(view), image.width, image.height);
      renderer.render(image, recipe, drawn, channels, corpus.value_window(), pixels.data());
      const auto row = request.isColours ? colour_histogram(pixels, channels) : pixels;
      features[view].insert(features[view].end(), row.begin(), row.end());
    }
  }
  const auto rows = static_cast<std::int64_t>(request.positions.size());
  return view_hardness(features[0], features[1],
                       static_cast<std::int64_t>(features[0].size()) / rows);
}

QString HardnessPanel::meaning(const ViewHardness& hardness, const QString& by) {
  const auto margin = (hardness.interval.high - hardness.interval.low) / 2.0;
  const auto found =
      tr("%1 find an image's other view among those of %2 images in %3 ± %4 of cases (chance: "
         "%5). ")
          .arg(by)
          .arg(std::llround(1.0 / hardness.chance))
          .arg(QString::fromStdString(percent(hardness.partner_found)),
               QString::fromStdString(fixed(100.0 * margin, 1)),
               QString::fromStdString(percent(hardness.chance)));
  if (hardness.partner_found > 0.5)
    return found + tr("That is easy: an encoder can solve the task without "
                      "learning what is in the images.");
  if (hardness.partner_found > 5.0 * hardness.chance)
    return found + tr("They help, but do not suffice.");
  return found + tr("They hardly help: the task asks for more.");
}

void HardnessPanel::present(const ViewHardness& hardness, const QString& by) {
  plot_->show(hardness);
  sentence_->setText(meaning(hardness, by));
  Q_EMIT shown();
}

void HardnessPanel::askEngine() {
  const auto run = features_->currentData().toLongLong();
  if (!corpus_ || run <= 0) return;
  try {
    asked_ = question();
    job_ = workspace_.submit("hardness", run, asked_);
  } catch (const std::exception& error) {
    job_.reset();
    sentence_->setText(QString::fromUtf8(error.what()));
    return;
  }
  turnTo();
}

std::string HardnessPanel::question() const {
  return nlohmann::json{{"corpus", corpus_->record().id},
                        {"recipe", recipe_.to_json()},
                        {"positions", positions()},
                        {"seed", seed_},
                        {"epoch", epoch_}}
      .dump();
}

void HardnessPanel::takeAnswer() {
  try {
    const auto job = JobStore(workspace_.database()).find(*job_);
    if (job && (job->status == "queued" || job->status == "running")) return;
    job_.reset();
    turnTo();
    const bool isOfOther = !job || features_->currentData().toLongLong() != job->run_id.value_or(0);
    if (isOfOther || !corpus_ || asked_ != question()) return;  // It comes late.
    if (job->status != "finished") {
      sentence_->setText(QString::fromStdString(job->reason));
      return;
    }
    const auto read = [](const nlohmann::json& answer) -> ViewHardness {
      return {
          answer.at("partners").get<std::vector<float>>(),
          answer.at("others").get<std::vector<float>>(),
          answer.at("partner_found").get<double>(),
          {answer.at("interval").at(0).get<double>(), answer.at("interval").at(1).get<double>()},
          answer.at("chance").get<double>()};
    };
    present(read_json_column(job->result, "The hardness's figures", read),
            tr("The features of run %1").arg(*job->run_id));
  } catch (const std::exception& error) {
    sentence_->setText(QString::fromUtf8(error.what()));
  }
}

}  // namespace pretext
