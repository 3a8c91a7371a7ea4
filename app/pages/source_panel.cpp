#include "app/pages/source_panel.h"

#include "core/base/format.h"
#include "core/store/corpus_store.h"
#include "widgets/buddy_label.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace pretext {

SourcePanel::SourcePanel(Workspace& workspace, const QString& kind, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      kind_(kind),
      heading_(new QLabel),
      found_(new QLabel),
      previews_(new QVBoxLayout),
      form_(new QFormLayout),
      name_(new QLineEdit),
      nameHint_(new QLabel),
      disk_(new QLabel),
      accept_(new QPushButton(tr("&Ingest"))) {
  for (auto* text : {heading_, found_, nameHint_, disk_}) {
    text->setWordWrap(text == heading_ || text == found_);
    text->setTextFormat(text == heading_ ? Qt::RichText : Qt::PlainText);
  }
  nameHint_->setForegroundRole(QPalette::PlaceholderText);
  name_->setAccessibleName(tr("Name of the corpus"));
  accept_->setAccessibleName(tr("Ingest"));
  accept_->setDefault(true);
  form_->addRow(tr("&Name"), name_);
  form_->addRow({}, nameHint_);
  auto* readAs = makeKindChoice();
  form_->addRow(buddyLabel(tr("&Read as"), readAs), readAs);
  auto* cancel = new QPushButton(tr("&Cancel"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(disk_);
  buttons->addStretch();
  buttons->addWidget(cancel);
  buttons->addWidget(accept_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(10);
  layout->addWidget(heading_);
  layout->addWidget(found_);
  layout->addLayout(previews_);
  auto* narrow = new QHBoxLayout;  // Lines as wide as a window are hard to read.
  narrow->addLayout(form_, 3);
  narrow->addStretch(1);
  layout->addLayout(narrow);
  layout->addStretch();
  layout->addLayout(buttons);
  connect(name_, &QLineEdit::textChanged, this, [this] { check(); });
  connect(name_, &QLineEdit::returnPressed, accept_, &QPushButton::click);
  connect(cancel, &QPushButton::clicked, this, [this] {
    ++token_;
    Q_EMIT cancelled();
  });
  connect(accept_, &QPushButton::clicked, this, &SourcePanel::accepted);
}

QComboBox* SourcePanel::makeKindChoice() {
  auto* choice = new QComboBox;
  choice->setAccessibleName(tr("Read as"));
  choice->addItem(tr("images"), QStringLiteral("images"));
  choice->addItem(tr("text"), QStringLiteral("text"));
  choice->addItem(tr("series: measurements over time"), QStringLiteral("series"));
  const int own = choice->findData(kind_);
  choice->setCurrentIndex(own);
  connect(choice, &QComboBox::activated, this, [this, choice, own](int index) {
    if (index == own) return;
    const auto wanted = choice->itemData(index).toString();
    choice->setCurrentIndex(own);  // For the next source; another panel takes over.
    ++token_;
    Q_EMIT otherKindWanted(wanted);
  });
  return choice;
}

void SourcePanel::addPreview(QWidget* preview, int stretch) {
  previews_->addWidget(preview, stretch);
}

void SourcePanel::open(const QString& path) {
  path_ = path;
  heading_->setText(tr("<b>New corpus</b> from %1").arg(path.toHtmlEscaped()));
  const auto name = QFileInfo(path).completeBaseName();
  name_->setText(name.isEmpty() ? QStringLiteral("corpus") : name);
  name_->selectAll();
  name_->setFocus();
  reset();
  look();
}

QString SourcePanel::corpusName() const {
  return name_->text().trimmed();
}

std::optional<CorpusRecord> SourcePanel::sameNamed() const {
  return CorpusStore(workspace_.database()).find(corpusName().toStdString());
}

bool SourcePanel::isUpdate() const {
  return sameNamed().has_value();
}

void SourcePanel::look() {
  ++token_;
  isUsable_ = false;
  found_->setText(tr("Looking at it…"));
  check();
  beginLook();
}

void SourcePanel::showFound(const QString& text, std::int64_t neededBytes, std::int64_t freeBytes) {
  found_->setText(text);
  isUsable_ = neededBytes <= freeBytes;
  disk_->setText((isUsable_
                      ? tr("Disk: about %1 needed, %2 free.")
                      : tr("Disk: about %1 needed and only %2 free: free some, or take less in."))
                     .arg(QString::fromStdString(byte_count(neededBytes)),
                          QString::fromStdString(byte_count(freeBytes))));
  check();
}

void SourcePanel::showComplaint(const QString& complaint) {
  found_->setText(complaint);
  disk_->clear();
  isUsable_ = false;
  check();
}

void SourcePanel::check() {
  const auto earlier = sameNamed();
  const bool isOther = earlier && earlier->kind != kind_.toStdString();
  nameHint_->setText(isOther   ? tr("A corpus of another kind has that name: choose another.")
                     : earlier ? updateHint_
                               : tr("It is called so in runs and commands."));
  accept_->setText(earlier && !isOther ? tr("&Update") : tr("&Ingest"));
  accept_->setEnabled(isUsable_ && !isOther && !corpusName().isEmpty());
}

}  // namespace pretext
