#include "app/pages/views_page.h"

#include "app/pages/page.h"
#include "app/pages/text_views.h"
#include "core/augment/view_renderer.h"
#include "core/base/error.h"
#include "widgets/background.h"
#include "widgets/buddy_label.h"
#include "widgets/image_conversion.h"
#include "widgets/recipe_editor.h"

#include <QComboBox>
#include <QGridLayout>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>

#include <utility>

namespace pretext {
namespace {

constexpr int kColumns = 4;
constexpr int kPictures = 16;
constexpr int kPictureSize = 132;  // Device-independent pixels.

enum PreviewLayout { kOriginalAndViews, kDrawsOfOne, kDrawOfMany };

}  // namespace

/// All that a preview depends on, so that a worker needs nothing of the page.
struct ViewsPage::Request {
  std::shared_ptr<const Corpus> corpus;
  Experiment experiment;
  int layout;
  std::uint64_t seed;
  std::uint32_t epoch;
  int firstSample;
};

ViewsPage::ViewsPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      sheets_(new QStackedWidget),
      text_(new TextViews),
      editor_(new RecipeEditor),
      layoutChoice_(new QComboBox),
      seed_(new QSpinBox),
      epoch_(new QSpinBox),
      hint_(new QLabel),
      grid_(new QGridLayout) {
  auto* scroll = new QScrollArea;
  scroll->setWidget(editor_);
  scroll->setWidgetResizable(true);
  scroll->setMinimumWidth(360);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

  hint_->setWordWrap(true);
  auto* right = new QWidget;
  auto* rightLayout = new QVBoxLayout(right);
  rightLayout->setContentsMargins({});
  rightLayout->addLayout(makeTop());
  rightLayout->addWidget(hint_);
  rightLayout->addWidget(makePictures(), 1);
  auto* splitter = new QSplitter;
  splitter->addWidget(scroll);
  splitter->addWidget(right);
  splitter->setStretchFactor(1, 1);
  sheets_->addWidget(splitter);
  sheets_->addWidget(text_);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(sheets_);

  connect(editor_, &RecipeEditor::changed, this, [this] { requestPreview(); });
  requestPreview();
}

QHBoxLayout* ViewsPage::makeTop() {
  layoutChoice_->addItems({tr("Original and its two views"), tr("Many draws of one image"),
                           tr("One draw of many images")});
  layoutChoice_->setAccessibleName(tr("Picture layout"));
  seed_->setRange(0, 1 << 30);
  seed_->setAccessibleName(tr("Seed"));
  epoch_->setRange(0, 1'000'000);
  epoch_->setAccessibleName(tr("Epoch"));
  auto* reshuffle = new QPushButton(tr("&Reshuffle"));
  auto* next = new QPushButton(tr("&Next images"));
  auto* top = new QHBoxLayout;
  top->addWidget(layoutChoice_);
  top->addStretch();
  top->addWidget(buddyLabel(tr("Seed"), seed_));
  top->addWidget(seed_);
  top->addWidget(buddyLabel(tr("Epoch"), epoch_));
  top->addWidget(epoch_);
  top->addWidget(reshuffle);
  top->addWidget(next);
  connect(layoutChoice_, &QComboBox::currentIndexChanged, this, [this] { requestPreview(); });
  connect(seed_, &QSpinBox::valueChanged, this, [this] { requestPreview(); });
  connect(epoch_, &QSpinBox::valueChanged, this, [this] { requestPreview(); });
  connect(reshuffle, &QPushButton::clicked, this, [this] { seed_->setValue(seed_->value() + 1); });
  connect(next, &QPushButton::clicked, this, [this] {
    firstSample_ += kPictures;
    requestPreview();
  });
  return top;
}

QWidget* ViewsPage::makePictures() {
  auto* pictures = new QWidget;
  pictures->setLayout(grid_);
  grid_->setSpacing(6);
  for (int i = 0; i < kPictures; ++i) {
    auto* picture = new QLabel(pictures);
    picture->setFixedSize(kPictureSize, kPictureSize);
    picture->setAlignment(Qt::AlignCenter);
    picture->setAccessibleName(tr("Picture %1").arg(i + 1));
    pictures_.push_back(picture);
    grid_->addWidget(picture, i / kColumns, i % kColumns);
  }
  grid_->setColumnStretch(kColumns, 1);
  grid_->setRowStretch(kPictures / kColumns, 1);
  auto* pictureScroll = new QScrollArea;
  pictureScroll->setWidget(pictures);
  pictureScroll->setWidgetResizable(true);
  pictureScroll->setFrameShape(QFrame::NoFrame);
  return pictureScroll;
}

const Experiment& ViewsPage::experiment() const {
  return sheets_->currentWidget() == text_ ? text_->experiment() : editor_->experiment();
}

void ViewsPage::showCorpus(std::int64_t corpus) {
  try {
    corpus_ = corpus < 0 ? nullptr : workspace_.corpus(corpus);
    const bool isText = corpus_ && corpus_->is_text();
    sheets_->setCurrentIndex(isText ? 1 : 0);
    if (isText) {
      text_->show(std::exchange(corpus_, nullptr));
      return;
    }
    if (corpus_) editor_->setChannels(corpus_->record().channels);
  } catch (const UserError& error) {
    corpus_ = nullptr;
    hint_->setText(QString::fromUtf8(error.what()));
  }
  firstSample_ = 0;
  requestPreview();
}

void ViewsPage::requestPreview() {
  if (!corpus_) {
    hint_->setText(tr("Open a corpus first: its images appear here as training sees them."));
    for (auto* picture : pictures_) picture->clear();
    return;
  }
  if (isRendering_) {
    isStale_ = true;
    return;
  }
  hint_->setText(
      tr("The very views of epoch %1 for seed %2: a run with this recipe and seed sees them.")
          .arg(epoch_->value())
          .arg(seed_->value()));
  const Request request{corpus_,
                        editor_->experiment(),
                        layoutChoice_->currentIndex(),
                        static_cast<std::uint64_t>(seed_->value()),
                        static_cast<std::uint32_t>(epoch_->value()),
                        firstSample_};
  isRendering_ = true;
  const int token = ++token_;
  const auto show = [this, token](const Outcome<std::vector<QImage>>& images) {
    isRendering_ = false;
    if (token == token_ && images.value) showImages(*images.value);
    if (token == token_ && !images.value) hint_->setText(images.complaint);
    if (std::exchange(isStale_, false)) {
      requestPreview();
    } else {
      Q_EMIT previewShown();
    }
  };
  runInBackground(
      this, [request] { return render(request); }, show);
}

std::vector<QImage> ViewsPage::render(const Request& request) {
  const auto& corpus = *request.corpus;
  const auto& record = corpus.record();
  const auto window = corpus.value_window();
  ViewRenderer renderer;
  std::vector<float> pixels;
  std::vector<QImage> images;
  for (int i = 0; i < kPictures; ++i) {
    int sample = request.firstSample;
    int view = i;
    std::uint32_t epoch = request.epoch;
    bool isOriginal = false;
    if (request.layout == kOriginalAndViews) {
      const int column = i % kColumns;
      if (column == kColumns - 1) {
        images.emplace_back();  // Three pictures a row.
        continue;
      }
      sample += i / kColumns;
      isOriginal = column == 0;
      view = column - 1;
    } else if (request.layout == kDrawsOfOne) {
      epoch += static_cast<std::uint32_t>(i / 2);
      view = i % 2;
    } else {
      sample += i;
      view = 0;
    }
    const std::int64_t position = sample % corpus.size();
    const auto image = corpus.images().image(position);
    if (isOriginal) {
      images.push_back(toImage(image, window));
      continue;
    }
    const auto recipe = view_recipe(request.experiment, record.natural_size(), view);
    const auto drawn = sample_view(recipe, request.seed, corpus.draw_key(position), epoch,
                                   static_cast<std::uint8_t>(view), image.width, image.height);
    pixels.resize(static_cast<std::size_t>(record.channels * recipe.size * recipe.size));
    renderer.render(image, recipe, drawn, record.channels, window, pixels.data());
    images.push_back(toImage(pixels.data(), record.channels, recipe.size));
  }
  return images;
}

void ViewsPage::showImages(const std::vector<QImage>& images) {
  const double ratio = devicePixelRatioF();
  for (std::size_t i = 0; i < pictures_.size(); ++i) {
    if (images[i].isNull()) {
      pictures_[i]->clear();
      continue;
    }
    const auto mode =
        images[i].width() < kPictureSize ? Qt::FastTransformation : Qt::SmoothTransformation;
    auto pixmap = QPixmap::fromImage(
        images[i].scaled(QSize(kPictureSize, kPictureSize) * ratio, Qt::KeepAspectRatio, mode));
    pixmap.setDevicePixelRatio(ratio);
    pictures_[i]->setPixmap(pixmap);
  }
}

}  // namespace pretext
