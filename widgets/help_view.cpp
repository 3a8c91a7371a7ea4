#include "widgets/help_view.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QShortcut>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace pretext {
namespace {

const char* const kTopics[] = {"start",   "corpora", "views",       "runs",      "embeddings",
                               "compare", "metrics", "reliability", "shortcuts", "sql"};

/// Its first heading.
QString titleOf(const QString& markdown) {
  return markdown.section(QLatin1Char('\n'), 0, 0).mid(2);
}

}  // namespace

QString helpTopic(const QString& topic) {
  //: Folder of this language's help, e.g. "zh_CN/"; as it is where there is none.
  const auto folder = QCoreApplication::translate("HelpView", "help folder");
  for (const auto& name : {folder + topic, topic}) {
    QFile file(QStringLiteral(":/help/%1.md").arg(name));
    if (file.open(QIODevice::ReadOnly)) return QString::fromUtf8(file.readAll());
  }
  return {};
}

HelpView::HelpView(QWidget* parent)
    : QWidget(parent, Qt::Window),
      search_(new QLineEdit),
      topics_(new QListWidget),
      page_(new QTextBrowser) {
  setWindowTitle(tr("Pretext — help"));
  search_->setPlaceholderText(tr("Search the help"));
  search_->setAccessibleName(tr("Search the help"));
  search_->setClearButtonEnabled(true);
  topics_->setAccessibleName(tr("Topics"));
  page_->setAccessibleName(tr("Help page"));
  page_->setOpenExternalLinks(true);
  for (const auto* topic : kTopics) {
    const auto name = QString::fromLatin1(topic);
    auto* item = new QListWidgetItem(titleOf(helpTopic(name)), topics_);
    item->setData(Qt::UserRole, name);
  }
  auto* left = new QWidget;
  auto* leftLayout = new QVBoxLayout(left);
  leftLayout->setContentsMargins({});
  leftLayout->addWidget(search_);
  leftLayout->addWidget(topics_, 1);
  auto* splitter = new QSplitter;
  splitter->addWidget(left);
  splitter->addWidget(page_);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({220, 620});
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(splitter, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QWidget::close);
  for (const auto& key : {QKeySequence(Qt::Key_Escape), QKeySequence(QKeySequence::Close)})
    connect(new QShortcut(key, this), &QShortcut::activated, this, &QWidget::close);
  resize(860, 600);
  connect(search_, &QLineEdit::textChanged, this, &HelpView::search);
  connect(topics_, &QListWidget::currentRowChanged, this, &HelpView::turnTo);
  topics_->setCurrentRow(0);
}

void HelpView::showTopic(const QString& topic) {
  search_->clear();
  for (int row = 0; row < topics_->count(); ++row) {
    if (topics_->item(row)->data(Qt::UserRole).toString() == topic) topics_->setCurrentRow(row);
  }
  show();
  raise();
  activateWindow();
}

/// Topics that have the words; of these the first, at the place where they stand.
void HelpView::search(const QString& words) {
  int first = -1;
  for (int row = 0; row < topics_->count(); ++row) {
    auto* item = topics_->item(row);
    const bool isFound = helpTopic(item->data(Qt::UserRole).toString())
                             .contains(words.trimmed(), Qt::CaseInsensitive);
    item->setHidden(!isFound);
    if (isFound && first < 0) first = row;
  }
  const auto* current = topics_->currentItem();
  if (first >= 0 && (!current || current->isHidden())) {
    topics_->setCurrentRow(first);
  } else {
    turnTo(topics_->currentRow());
  }
}

void HelpView::turnTo(int row) {
  if (row < 0) return;
  page_->setMarkdown(helpTopic(topics_->item(row)->data(Qt::UserRole).toString()));
  if (!search_->text().trimmed().isEmpty()) page_->find(search_->text().trimmed());
}

}  // namespace pretext
