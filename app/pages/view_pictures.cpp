#include "app/pages/view_pictures.h"

#include "widgets/background.h"
#include "widgets/image_conversion.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <utility>

namespace pretext {
namespace {

constexpr int kColumns = 4;
constexpr int kLeastSide = 132;  // Device-independent pixels.
constexpr int kMostSide = 320;
constexpr int kSpacing = 6;

/// What stands at a place of the grid.
struct Cell {
  enum Kind { kNothing, kOriginal, kView } kind = kView;
  std::size_t image = 0;  // Of the request's positions.
  int view = 0;
  std::uint32_t laterEpochs = 0;
  bool isBeside = false;  // By the second recipe.
};

/// Recipe and recipe beside each other: the two views of the one, then those of the other.
Cell cellOf(int place, const ViewPictures::Request& request) {
  const auto row = static_cast<std::size_t>(place / kColumns);
  const int column = place % kColumns;
  if (request.beside) return {Cell::kView, row, column % 2, 0, column >= 2};
  if (request.layout == ViewPictures::kDrawsOfOne)
    return {Cell::kView, 0, place % 2, static_cast<std::uint32_t>(place / 2)};
  if (request.layout == ViewPictures::kDrawOfMany)
    return {Cell::kView, static_cast<std::size_t>(place)};
  if (column == kColumns - 1) return {Cell::kNothing};  // Three pictures a row.
  if (column == 0) return {Cell::kOriginal, row};
  return {Cell::kView, row, column - 1};
}

}  // namespace

QImage pictureOfView(ViewRenderer& renderer, const Corpus& corpus, std::int64_t position,
                     const Experiment& recipe, const ViewDraw& draw) {
  const auto& record = corpus.record();
  const auto image = corpus.images().image(position);
  const auto decided = view_recipe(recipe, record.natural_size(), draw.view);
  const auto drawn = sample_view(decided, draw.seed, corpus.draw_key(position), draw.epoch,
                                 draw.view, image.width, image.height);
  std::vector<float> pixels(
      static_cast<std::size_t>(record.channels * decided.size * decided.size));
  renderer.render(image, decided, drawn, record.channels, corpus.value_window(), pixels.data());
  return toImage(pixels.data(), record.channels, decided.size);
}

ViewPictures::ViewPictures(QWidget* parent) : QWidget(parent), side_(kLeastSide) {
  auto* grid = new QGridLayout(this);
  grid->setSpacing(kSpacing);
  grid->setContentsMargins(0, 0, 0, 0);
  // The pictures follow this widget's size, not this widget theirs.
  grid->setSizeConstraint(QLayout::SetNoConstraint);
  constexpr int kRows = kPictures / kColumns;
  setMinimumSize(kColumns * kLeastSide + (kColumns - 1) * kSpacing,
                 kRows * kLeastSide + (kRows - 1) * kSpacing);
  for (int i = 0; i < kPictures; ++i) {
    auto* picture = new QLabel(this);
    picture->setFixedSize(side_, side_);
    picture->setAlignment(Qt::AlignCenter);
    picture->setAccessibleName(tr("Picture %1").arg(i + 1));
    pictures_.push_back(picture);
    grid->addWidget(picture, i / kColumns, i % kColumns);
  }
  grid->setColumnStretch(kColumns, 1);
  grid->setRowStretch(kPictures / kColumns, 1);
}

void ViewPictures::clear() {
  request_ = Request();
  isStale_ = isRendering_;
  images_.clear();
  for (auto* picture : pictures_) picture->clear();
}

void ViewPictures::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  constexpr int kRows = kPictures / kColumns;
  const int wide = (width() - (kColumns - 1) * kSpacing) / kColumns;
  const int high = (height() - (kRows - 1) * kSpacing) / kRows;
  const int side = std::clamp(std::min(wide, high), kLeastSide, kMostSide);
  if (std::exchange(side_, side) == side) return;
  for (auto* picture : pictures_) picture->setFixedSize(side, side);
  showImages();
}

void ViewPictures::show(const Request& request) {
  request_ = request;
  if (isRendering_) {
    isStale_ = true;
  } else {
    start();
  }
}

void ViewPictures::start() {
  isRendering_ = true;
  const auto receive = [this](const Outcome<std::vector<QImage>>& images) {
    isRendering_ = false;
    const bool isLate = std::exchange(isStale_, false);
    if (!request_.corpus) return;  // Cleared meanwhile.
    // While a slider moves, what is late by one step is shown all the same.
    if (images.value) {
      images_ = *images.value;
      showImages();
    }
    if (!images.value && !isLate) Q_EMIT failed(images.complaint);
    isLate ? start() : Q_EMIT shown();
  };
  runInBackground(
      this, [request = request_] { return render(request); }, receive);
}

std::vector<QImage> ViewPictures::render(const Request& request) {
  const auto& corpus = *request.corpus;
  ViewRenderer renderer;
  std::vector<QImage> images;
  for (int place = 0; place < kPictures; ++place) {
    const auto cell = cellOf(place, request);
    if (cell.kind == Cell::kNothing || cell.image >= request.positions.size()) {
      images.emplace_back();
      continue;
    }
    const auto position = request.positions[cell.image];
    if (cell.kind == Cell::kOriginal) {
      images.push_back(toImage(corpus.images().image(position), corpus.value_window()));
      continue;
    }
    images.push_back(pictureOfView(renderer, corpus, position,
                                   cell.isBeside ? *request.beside : request.recipe,
                                   {.seed = request.seed,
                                    .epoch = request.epoch + cell.laterEpochs,
                                    .view = static_cast<std::uint8_t>(cell.view)}));
  }
  return images;
}

void ViewPictures::showImages() {
  const double ratio = devicePixelRatioF();
  for (std::size_t i = 0; i < images_.size(); ++i) {
    if (images_[i].isNull()) {
      pictures_[i]->clear();
      continue;
    }
    const auto mode =
        images_[i].width() < side_ ? Qt::FastTransformation : Qt::SmoothTransformation;
    auto pixmap = QPixmap::fromImage(
        images_[i].scaled(QSize(side_, side_) * ratio, Qt::KeepAspectRatio, mode));
    pixmap.setDevicePixelRatio(ratio);
    pictures_[i]->setPixmap(pixmap);
  }
}

}  // namespace pretext
