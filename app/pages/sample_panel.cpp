#include "app/pages/sample_panel.h"

#include "app/pages/view_pictures.h"
#include "core/base/error.h"
#include "widgets/buddy_label.h"
#include "widgets/image_conversion.h"
#include "widgets/text_document_model.h"
#include "widgets/thumbnail_model.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPixmap>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace pretext {
namespace {

constexpr int kPictureSize = 140;  // Device-independent pixels.
constexpr int kViewSize = 66;
constexpr std::size_t kNeighbours = 12;

}  // namespace

SamplePanel::SamplePanel(QWidget* parent)
    : QWidget(parent),
      picture_(new QLabel),
      views_{new QLabel, new QLabel},
      description_(new QLabel),
      list_(new QListView),
      pictures_(new ThumbnailModel(this)),
      documents_(new TextDocumentModel(this)) {
  picture_->setFixedSize(kPictureSize, kPictureSize);
  picture_->setFrameShape(QFrame::StyledPanel);
  picture_->setAlignment(Qt::AlignCenter);
  picture_->setAccessibleName(tr("Chosen sample"));
  description_->setAccessibleName(tr("Chosen sample, in words"));
  description_->setWordWrap(true);
  description_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  list_->setIconSize({ThumbnailModel::kThumbnailSize, ThumbnailModel::kThumbnailSize});
  list_->setAccessibleName(tr("Nearest neighbours"));
  forget();
  fitToKind(false);
  const QString names[] = {tr("First view"), tr("Second view")};
  auto* views = new QVBoxLayout;
  for (int i = 0; i < 2; ++i) {
    views_[i]->setFixedSize(kViewSize, kViewSize);
    views_[i]->setFrameShape(QFrame::StyledPanel);
    views_[i]->setAlignment(Qt::AlignCenter);
    views_[i]->setAccessibleName(names[i]);
    views_[i]->setToolTip(tr("A view of it as training draws them, by this run's recipe"));
    views->addWidget(views_[i]);
  }
  auto* pictures = new QHBoxLayout;
  pictures->addStretch(1);
  pictures->addWidget(picture_);
  pictures->addLayout(views);
  pictures->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(pictures);
  layout->addWidget(description_);
  layout->addWidget(buddyLabel(tr("Nearest neighbours, by cosine"), list_));
  layout->addWidget(list_, 1);
  connect(list_, &QListView::activated, this, [this](const QModelIndex& index) {
    Q_EMIT chosen(index.data(ThumbnailModel::kPositionRole).toLongLong());
  });
}

void SamplePanel::setSamples(std::shared_ptr<const Corpus> corpus,
                             std::optional<Experiment> recipe) {
  forget();
  recipe_ = std::move(recipe);
  corpus_ = std::move(corpus);
  features_ = {};
  if (corpus_) fitToKind(corpus_->is_text());
}

void SamplePanel::setFeatures(Embeddings features) {
  features_ = std::move(features);
  if (chosen_ >= 0) showNeighbours();
}

void SamplePanel::fitToKind(bool isText) {
  picture_->setVisible(!isText);
  for (auto* view : views_) view->setVisible(!isText && recipe_);
  list_->setModel(isText ? static_cast<QAbstractItemModel*>(documents_) : pictures_);
  list_->setViewMode(isText ? QListView::ListMode : QListView::IconMode);
  list_->setResizeMode(QListView::Adjust);
  list_->setMovement(QListView::Static);
  list_->setWordWrap(isText);
  list_->setAlternatingRowColors(isText);
  list_->setHorizontalScrollBarPolicy(isText ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
}

QString SamplePanel::describe(std::int64_t position) const {
  constexpr int kShownCharacters = 400;
  constexpr std::ptrdiff_t kMostShown = 4 * kShownCharacters;  // Bytes.
  auto sentence = describeSample(*corpus_, position).toHtmlEscaped();
  if (!corpus_->is_text()) return sentence;
  try {
    const auto bytes = corpus_->text().documents().text(position);
    const auto text = QString::fromUtf8(bytes.data(), std::min(std::ssize(bytes), kMostShown));
    const bool isLong = text.size() > kShownCharacters;
    sentence = QStringLiteral("<p>%1%2</p><p><small>%3</small></p>")
                   .arg(text.left(kShownCharacters).toHtmlEscaped(),
                        isLong ? QStringLiteral("…") : QString(), sentence);
  } catch (const UserError& error) {
    sentence += QStringLiteral("<p>%1</p>").arg(QString::fromUtf8(error.what()).toHtmlEscaped());
  }
  return sentence;
}

void SamplePanel::forget() {
  chosen_ = -1;
  for (auto* picture : {picture_, views_[0], views_[1]}) picture->clear();
  pictures_->show(nullptr, {});
  documents_->show(nullptr, {});
  description_->setText(tr(
      "Hover to see a sample, click for its nearest neighbours. The wheel zooms, dragging moves, "
      "dragging with Shift draws a lasso."));
}

void SamplePanel::show(std::int64_t position) {
  description_->setText(describe(position));
  if (corpus_->is_text()) return;
  const auto image = toImage(corpus_->images().image(position), corpus_->value_window());
  showPicture(*picture_, image, kPictureSize);
  for (auto* view : views_) view->clear();  // They would be those of another sample.
}

void SamplePanel::showPicture(QLabel& label, const QImage& image, int size) const {
  const double ratio = devicePixelRatioF();
  auto pixmap = QPixmap::fromImage(
      image.scaled(QSize(size, size) * ratio, Qt::KeepAspectRatio,
                   image.width() < size ? Qt::FastTransformation : Qt::SmoothTransformation));
  pixmap.setDevicePixelRatio(ratio);
  label.setPixmap(pixmap);
}

void SamplePanel::showViews(std::int64_t position) {
  if (!recipe_ || corpus_->is_text()) return;
  const auto seed = static_cast<std::uint64_t>(recipe_->integer("seed"));
  for (std::uint8_t view = 0; view < 2; ++view)
    showPicture(*views_[view],
                pictureOfView(renderer_, *corpus_, position, *recipe_, {seed, 0, view}), kViewSize);
}

void SamplePanel::choose(std::int64_t position) {
  chosen_ = position;
  show(position);
  showViews(position);
  showNeighbours();
}

void SamplePanel::showNeighbours() {
  std::vector<std::int64_t> positions;
  QStringList cosines;
  for (const auto& [neighbour, cosine] : nearest(chosen_)) {
    positions.push_back(neighbour);
    cosines << QLocale().toString(cosine, 'f', 3);
  }
  if (corpus_->is_text())
    return documents_->show(corpus_, std::move(positions), std::move(cosines));
  pictures_->show(corpus_, std::move(positions), std::move(cosines));
}

std::vector<std::pair<std::int64_t, float>> SamplePanel::nearest(std::int64_t position) const {
  const auto& positions = features_.positions;
  const auto& rows = features_.rows;
  const auto own = std::ranges::find(positions, position);
  if (own == positions.end()) return {};
  const auto width = static_cast<std::size_t>(features_.dimensions);
  const float* query = &rows[static_cast<std::size_t>(own - positions.begin()) * width];
  std::vector<std::pair<float, std::int64_t>> ranked;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] == position) continue;
    float cosine = 0.f;
    for (std::size_t d = 0; d < width; ++d) cosine += query[d] * rows[i * width + d];
    ranked.emplace_back(-cosine, positions[i]);
  }
  const auto count = std::min(kNeighbours, ranked.size());
  std::ranges::partial_sort(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<std::pair<std::int64_t, float>> nearest;
  nearest.reserve(count);
  for (std::size_t i = 0; i < count; ++i) nearest.emplace_back(ranked[i].second, -ranked[i].first);
  return nearest;
}

}  // namespace pretext
