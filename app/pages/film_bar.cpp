#include "app/pages/film_bar.h"

#include "core/store/job_store.h"
#include "core/store/run_store.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

namespace pretext {
namespace {

constexpr int kBetweenFrames = 20;  // Places of the slider from one frame to the next.
constexpr int kTickMs = 33;
constexpr int kTicksAStill = 15;  // With reduced motion: half a second a frame.

}  // namespace

FilmBar::FilmBar(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      play_(new QToolButton),
      slider_(new QSlider(Qt::Horizontal)),
      caption_(new QLabel),
      make_(new QPushButton(tr("Make a &film"))),
      leave_(new QPushButton(tr("&Newest points"))),
      timer_(new QTimer(this)) {
  showWhetherItPlays();
  play_->setAccessibleName(tr("Play the film"));
  play_->setToolTip(tr("Play how the embedding formed, checkpoint by checkpoint"));
  slider_->setAccessibleName(tr("Place in the film"));
  slider_->setPageStep(kBetweenFrames);
  caption_->setAccessibleName(tr("Step of the film"));
  make_->setAccessibleName(tr("Make a film"));
  make_->setToolTip(tr(
      "Projects the same samples at each checkpoint that is kept, from the untrained encoder on"));
  leave_->setAccessibleName(tr("Newest points"));
  timer_->setInterval(kTickMs);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  for (auto* button : {make_, leave_})
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  layout->addWidget(play_);
  layout->addWidget(slider_, 1);
  layout->addWidget(caption_);
  layout->addWidget(make_);
  layout->addWidget(leave_);
  connect(make_, &QPushButton::clicked, this, &FilmBar::wanted);
  connect(leave_, &QPushButton::clicked, this, &FilmBar::leave);
  connect(play_, &QToolButton::clicked, this, &FilmBar::play);
  connect(timer_, &QTimer::timeout, this, &FilmBar::step);
  connect(slider_, &QSlider::valueChanged, this, [this] {
    turn(true);
    say();
    Q_EMIT moved();
  });
}

bool FilmBar::isUnderWay() const {
  return std::ranges::any_of(
      JobStore(workspace_.database()).pending_interactive(),
      [this](const JobRecord& job) { return job.kind == "film" && job.run_id == run_; });
}

void FilmBar::setRun(std::int64_t run, const std::string& method) {
  ProjectionStore projections(workspace_.database());
  const auto film = projections.newest_film(run, method).value_or(-1);
  if (run != run_ || method != method_ || film != film_) {
    run_ = run;
    method_ = method;
    film_ = film;
    frames_ = projections.film(run, method);
    const QSignalBlocker blocker(slider_);
    slider_->setRange(0, std::max(0, static_cast<int>(frames_.size()) - 1) * kBetweenFrames);
    slider_->setValue(slider_->maximum());
    leave();
  }
  const bool hasFilm = frames_.size() >= 2;
  play_->setVisible(hasFilm);
  slider_->setVisible(hasFilm);
  RunStore runs(workspace_.database());
  const auto newest = runs.newest_checkpoint(run_);
  const bool isStale = hasFilm && newest && newest->step > frames_.back().step;
  make_->setText(hasFilm ? tr("Make the &film again") : tr("Make a &film"));
  make_->setVisible(newest && !isUnderWay() && (!hasFilm || isStale));
  leave_->setVisible(isOn_);
  say();
}

void FilmBar::say() {
  if (frames_.size() < 2) {
    caption_->setText(isUnderWay() ? tr("The film is being made…") : QString());
    return;
  }
  const auto nearest =
      static_cast<std::size_t>((slider_->value() + kBetweenFrames / 2) / kBetweenFrames);
  const auto& frame = frames_[nearest];
  caption_->setText(
      frame.step == 0
          ? tr("untrained")
          : tr("step %L1 (%2 of %3)").arg(frame.step).arg(nearest + 1).arg(frames_.size()));
}

std::vector<float> FilmBar::places() const {
  const auto below =
      std::min(static_cast<std::size_t>(slider_->value() / kBetweenFrames), frames_.size() - 2);
  const float share =
      static_cast<float>(slider_->value()) / kBetweenFrames - static_cast<float>(below);
  const auto& from = frames_[below].coordinates;
  const auto& to = frames_[below + 1].coordinates;
  std::vector<float> places(from.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = from[i] + share * (to[i] - from[i]);
  return places;
}

void FilmBar::turn(bool on) {
  if (on == isOn_) return;
  isOn_ = on;
  leave_->setVisible(on);
  if (!on) timer_->stop();
  Q_EMIT toggled();
}

void FilmBar::leave() {
  turn(false);
  showWhetherItPlays();
}

void FilmBar::showWhetherItPlays() {
  // Our own, since the style's icons are drawn for light grounds.
  play_->setIcon(
      themedIcon(timer_->isActive() ? QStringLiteral("paused") : QStringLiteral("running")));
}

void FilmBar::play() {
  if (timer_->isActive()) {
    timer_->stop();
  } else {
    if (slider_->value() == slider_->maximum()) slider_->setValue(0);
    turn(true);
    timer_->setInterval(isMotionReduced() ? kTicksAStill * kTickMs : kTickMs);
    timer_->start();
  }
  showWhetherItPlays();
}

void FilmBar::step() {
  slider_->setValue(slider_->value() + (isMotionReduced() ? kBetweenFrames : 1));
  if (slider_->value() < slider_->maximum()) return;
  timer_->stop();
  showWhetherItPlays();
}

}  // namespace pretext
