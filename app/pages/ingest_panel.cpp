#include "app/pages/ingest_panel.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "widgets/buddy_label.h"
#include "widgets/image_conversion.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QFutureWatcher>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QtConcurrent>

namespace pretext {
namespace {

constexpr int kNumPictures = 8;
constexpr int kPictureSize = 88;  // px
constexpr int kLongestClassList = 12;
enum LabelChoice { kRecognised, kNone, kFromCsv };
enum FitChoice { kShorterSide, kCropped, kPadded, kStretched };

/// What a look in the background brought.
struct LookAnswer {
  SourceLook look;
  std::int64_t freeBytes = 0;
  QString error;
};

LookAnswer lookInBackground(const std::filesystem::path& workspace, const IngestChoice& choice) {
  LookAnswer answer;
  try {
    answer.look =
        look_at(*open_image_source(choice.path.toStdString(), choice.labels, choice.size));
    answer.freeBytes = static_cast<std::int64_t>(std::filesystem::space(workspace).available);
  } catch (const std::exception& error) {
    answer.error = QString::fromUtf8(error.what());
  }
  return answer;
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
  if (!look.complaint.empty()) {
    text += QLatin1Char(' ') + IngestPanel::tr("Some cannot be read (one %1); they will be listed.")
                                   .arg(QString::fromStdString(look.complaint));
  }
  return text;
}

}  // namespace

IngestPanel::IngestPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      heading_(new QLabel),
      found_(new QLabel),
      strip_(new QWidget),
      name_(new QLineEdit),
      nameHint_(new QLabel),
      labels_(new QComboBox),
      fit_(new QComboBox),
      width_(pixels(256, tr("Width"))),
      height_(pixels(256, tr("Height"))),
      disk_(new QLabel),
      accept_(new QPushButton(tr("&Ingest"))),
      settle_(new QTimer(this)) {
  for (auto* text : {heading_, found_, nameHint_, disk_}) {
    text->setWordWrap(text == heading_ || text == found_);
    text->setTextFormat(text == heading_ ? Qt::RichText : Qt::PlainText);
  }
  nameHint_->setForegroundRole(QPalette::PlaceholderText);
  auto* pictures = new QHBoxLayout(strip_);
  pictures->setContentsMargins({});
  pictures->setAlignment(Qt::AlignLeft);
  for (int i = 0; i < kNumPictures; ++i) pictures->addWidget(new QLabel);
  strip_->setFixedHeight(kPictureSize);
  name_->setAccessibleName(tr("Name of the corpus"));
  labels_->addItems(
      {tr("As recognised: sub-folders or label files"), tr("None"), tr("From a CSV file…")});
  labels_->setAccessibleName(tr("Labels"));
  fit_->addItems({tr("Shorter side, never enlarged"), tr("Exact size, cropped"),
                  tr("Exact size, padded"), tr("Exact size, stretched")});
  fit_->setAccessibleName(tr("Size"));
  accept_->setAccessibleName(tr("Ingest"));
  accept_->setDefault(true);

  auto* size = new QHBoxLayout;
  size->addWidget(fit_);
  size->addWidget(width_);
  size->addWidget(height_);
  size->addStretch();
  auto* form = new QFormLayout;
  form->addRow(tr("&Name"), name_);
  form->addRow({}, nameHint_);
  form->addRow(tr("&Labels"), labels_);
  form->addRow(buddyLabel(tr("&Size"), fit_), size);
  form->addRow(tr("Disk"), disk_);
  auto* cancel = new QPushButton(tr("&Cancel"));
  auto* buttons = new QHBoxLayout;
  buttons->addStretch();
  buttons->addWidget(cancel);
  buttons->addWidget(accept_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(10);
  for (QWidget* widget : {static_cast<QWidget*>(heading_), static_cast<QWidget*>(found_), strip_})
    layout->addWidget(widget);
  auto* narrow = new QHBoxLayout;  // Lines as wide as a window are hard to read.
  narrow->addLayout(form, 3);
  narrow->addStretch(1);
  layout->addLayout(narrow);
  layout->addStretch();
  layout->addLayout(buttons);

  settle_->setSingleShot(true);
  settle_->setInterval(400);
  connect(settle_, &QTimer::timeout, this, [this] { look(); });
  connect(name_, &QLineEdit::textChanged, this, [this] { check(); });
  connect(name_, &QLineEdit::returnPressed, accept_, &QPushButton::click);
  connect(labels_, &QComboBox::activated, this, &IngestPanel::chooseLabels);
  connect(fit_, &QComboBox::currentIndexChanged, this, [this](int fit) {
    height_->setVisible(fit != kShorterSide);
    look();
  });
  for (auto* box : {width_, height_})
    connect(box, &QSpinBox::valueChanged, settle_, qOverload<>(&QTimer::start));
  connect(cancel, &QPushButton::clicked, this, [this] {
    ++token_;
    Q_EMIT cancelled();
  });
  connect(accept_, &QPushButton::clicked, this, [this] { Q_EMIT accepted(chosen()); });
  height_->hide();
}

void IngestPanel::open(const QString& path) {
  path_ = path;
  labelFile_.clear();
  labels_->setCurrentIndex(kRecognised);
  heading_->setText(tr("<b>New corpus</b> from %1").arg(path.toHtmlEscaped()));
  const auto name = QFileInfo(path).completeBaseName();
  name_->setText(name.isEmpty() ? QStringLiteral("corpus") : name);
  name_->selectAll();
  name_->setFocus();
  look();
}

void IngestPanel::chooseLabels(int index) {
  labelFile_ = index == kFromCsv ? QFileDialog::getOpenFileName(
                                       this, tr("Labels: a CSV of file and class"), path_,
                                       tr("CSV files (*.csv *.tsv *.txt);;All files (*)"))
                                 : QString();
  if (index == kFromCsv && labelFile_.isEmpty()) labels_->setCurrentIndex(kRecognised);
  look();
}

IngestChoice IngestPanel::chosen() const {
  IngestChoice choice;
  choice.path = path_;
  choice.name = name_->text().trimmed();
  const int labels = labels_->currentIndex();
  choice.labels = labels == kNone ? "none" : labels == kFromCsv ? labelFile_.toStdString() : "";
  choice.size.shorter_side = width_->value();
  if (const int fit = fit_->currentIndex(); fit != kShorterSide) {
    choice.size.width = width_->value();
    choice.size.height = height_->value();
    choice.size.fit = fit == kPadded      ? ResizeOptions::Fit::kPad
                      : fit == kStretched ? ResizeOptions::Fit::kStretch
                                          : ResizeOptions::Fit::kCrop;
  }
  choice.update = CorpusStore(workspace_.database()).find(choice.name.toStdString()).has_value();
  return choice;
}

void IngestPanel::look() {
  const int token = ++token_;
  isUsable_ = false;
  found_->setText(tr("Looking at it…"));
  check();
  auto* watcher = new QFutureWatcher<LookAnswer>(this);
  connect(watcher, &QFutureWatcher<LookAnswer>::finished, this, [this, watcher, token] {
    watcher->deleteLater();
    if (token != token_) return;
    const auto answer = watcher->result();
    isUsable_ = answer.error.isEmpty();
    showLook(answer.look, answer.freeBytes);
    if (!isUsable_) found_->setText(answer.error);
    check();
  });
  watcher->setFuture(QtConcurrent::run(lookInBackground, workspace_.folder(), chosen()));
}

void IngestPanel::showLook(const SourceLook& look, std::int64_t freeBytes) {
  found_->setText(describe(look));
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
  const bool fits = look.packed_bytes <= freeBytes;
  isUsable_ = isUsable_ && fits;
  disk_->setText((fits ? tr("about %1 needed, %2 free")
                       : tr("about %1 needed and only %2 free: free some, or take a smaller size"))
                     .arg(QString::fromStdString(byte_count(look.packed_bytes)),
                          QString::fromStdString(byte_count(freeBytes))));
}

void IngestPanel::check() {
  const auto choice = chosen();
  nameHint_->setText(
      choice.update
          ? tr("A corpus of that name is there: this becomes a new version of it, and files that "
               "have not changed are not read again.")
          : tr("It is called so in runs and commands."));
  accept_->setText(choice.update ? tr("&Update") : tr("&Ingest"));
  accept_->setEnabled(isUsable_ && !choice.name.isEmpty());
}

}  // namespace pretext
