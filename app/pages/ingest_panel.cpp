#include "app/pages/ingest_panel.h"

#include "core/base/error.h"
#include "widgets/buddy_label.h"
#include "widgets/image_conversion.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <QTimer>

namespace pretext {
namespace {

constexpr int kNumPictures = 8;
constexpr int kPictureSize = 88;  // px
constexpr int kLongestClassList = 12;
enum LabelChoice { kRecognised, kNone, kFromCsv, kWholePath };
enum FitChoice { kShorterSide, kCropped, kPadded, kStretched };

/// What a look in the background brought.
struct LookAnswer {
  SourceLook look;
  std::int64_t freeBytes = 0;
};

LookAnswer lookAt(const std::filesystem::path& workspace, const IngestChoice& choice) {
  return {look_at(*open_image_source(choice.path.toStdString(), choice.labels, choice.size,
                                     choice.classes)),
          static_cast<std::int64_t>(std::filesystem::space(workspace).available)};
}

QSpinBox* pixels(int value, const QString& name) {
  auto* box = new QSpinBox;
  box->setRange(1, 8192);
  box->setValue(value);
  box->setSuffix(IngestPanel::tr(" px"));
  box->setAccessibleName(name);
  return box;
}

QString describe(const SourceLook& look) {
  auto text = IngestPanel::tr("%L1 images (%2).")
                  .arg(look.num_images)
                  .arg(QString::fromStdString(look.kind));
  if (look.classes.size() < 2) {
    text += QLatin1Char(' ') + IngestPanel::tr("No classes, and none are needed.");
  } else {
    QStringList names;
    for (const auto& name : look.classes) {
      if (names.size() == kLongestClassList) break;
      names << QString::fromStdString(name);
    }
    if (look.classes.size() > kLongestClassList) names << QStringLiteral("…");
    text += QLatin1Char(' ') + IngestPanel::tr("%1 classes: %2.")
                                   .arg(look.classes.size())
                                   .arg(names.join(QStringLiteral(", ")));
  }
  if (look.num_test > 0)
    text += QLatin1Char(' ') + IngestPanel::tr("A test part of %L1.").arg(look.num_test);
  if (look.num_validation > 0)
    text +=
        QLatin1Char(' ') + IngestPanel::tr("A validation part of %L1.").arg(look.num_validation);
  for (const auto& note : look.notes) text += QLatin1Char(' ') + QString::fromStdString(note);
  if (!look.complaint.empty()) {
    text += QLatin1Char(' ') + IngestPanel::tr("Some cannot be read (one %1); they will be listed.")
                                   .arg(QString::fromStdString(look.complaint));
  }
  return text;
}

}  // namespace

IngestPanel::IngestPanel(Workspace& workspace, QWidget* parent)
    : SourcePanel(workspace, QStringLiteral("images"), parent),
      strip_(new QWidget),
      labels_(new QComboBox),
      fit_(new QComboBox),
      width_(pixels(256, tr("Width"))),
      height_(pixels(256, tr("Height"))),
      settle_(new QTimer(this)) {
  setUpdateHint(
      tr("A corpus of that name is there: this becomes a new version of it, and files that have "
         "not changed are not read again."));
  auto* pictures = new QHBoxLayout(strip_);
  pictures->setContentsMargins({});
  pictures->setAlignment(Qt::AlignLeft);
  for (int i = 0; i < kNumPictures; ++i) pictures->addWidget(new QLabel);
  strip_->setFixedHeight(kPictureSize);
  addPreview(strip_);
  labels_->addItems({tr("As recognised: sub-folders of the first level, or label files"),
                     tr("None"), tr("From a CSV file…"),
                     tr("Sub-folders, with the whole path to them")});
  labels_->setAccessibleName(tr("Labels"));
  fit_->addItems({tr("Shorter side, never enlarged"), tr("Exact size, cropped"),
                  tr("Exact size, padded"), tr("Exact size, stretched")});
  fit_->setAccessibleName(tr("Size"));
  auto* size = new QHBoxLayout;
  size->addWidget(fit_);
  size->addWidget(width_);
  size->addWidget(height_);
  size->addStretch();
  form()->addRow(tr("&Labels"), labels_);
  form()->addRow(buddyLabel(tr("&Size"), fit_), size);

  settle_->setSingleShot(true);
  settle_->setInterval(400);
  connect(settle_, &QTimer::timeout, this, [this] { look(); });
  connect(labels_, &QComboBox::activated, this, &IngestPanel::chooseLabels);
  connect(fit_, &QComboBox::currentIndexChanged, this, [this](int fit) {
    height_->setVisible(fit != kShorterSide);
    look();
  });
  for (auto* box : {width_, height_})
    connect(box, &QSpinBox::valueChanged, settle_, qOverload<>(&QTimer::start));
  height_->hide();
}

void IngestPanel::reset() {
  labelFile_.clear();
  labels_->setCurrentIndex(kRecognised);
}

void IngestPanel::chooseLabels(int index) {
  labelFile_ = index == kFromCsv ? QFileDialog::getOpenFileName(
                                       this, tr("Labels: a CSV of file and class"), path(),
                                       tr("CSV files (*.csv *.tsv *.txt);;All files (*)"))
                                 : QString();
  if (index == kFromCsv && labelFile_.isEmpty()) labels_->setCurrentIndex(kRecognised);
  look();
}

IngestChoice IngestPanel::chosen() const {
  IngestChoice choice;
  choice.path = path();
  choice.name = corpusName();
  const int labels = labels_->currentIndex();
  choice.labels = labels == kNone ? "none" : labels == kFromCsv ? labelFile_.toStdString() : "";
  choice.classes = labels == kWholePath ? ClassFolders::kPath : ClassFolders::kFirst;
  choice.size.shorter_side = width_->value();
  if (const int fit = fit_->currentIndex(); fit != kShorterSide) {
    choice.size.width = width_->value();
    choice.size.height = height_->value();
    choice.size.fit = fit == kPadded      ? ResizeOptions::Fit::kPad
                      : fit == kStretched ? ResizeOptions::Fit::kStretch
                                          : ResizeOptions::Fit::kCrop;
  }
  choice.update = isUpdate();
  return choice;
}

void IngestPanel::beginLook() {
  lookInBackground(
      [folder = workspace().folder(), choice = chosen()] { return lookAt(folder, choice); },
      [this](const LookAnswer& answer) {
        showPictures(answer.look);
        showFound(describe(answer.look), answer.look.packed_bytes, answer.freeBytes);
      });
}

void IngestPanel::clearLook() {
  showPictures({});
}

void IngestPanel::showPictures(const SourceLook& look) {
  auto* layout = strip_->layout();
  for (int i = 0; i < kNumPictures; ++i) {
    auto* label = qobject_cast<QLabel*>(layout->itemAt(i)->widget());
    QPixmap pixmap;
    const auto spread = static_cast<std::size_t>(i) * look.pictures.size() / kNumPictures;
    if (static_cast<std::size_t>(i) < look.pictures.size()) {
      const auto& picture = look.pictures[spread];
      const float most = picture.dtype == PixelType::kU16 ? 65535.0F : 255.0F;
      pixmap = QPixmap::fromImage(
          toImage(picture.view(), {0.0F, most})
              .scaled(kPictureSize, kPictureSize, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    }
    label->setPixmap(pixmap);
  }
}

}  // namespace pretext
