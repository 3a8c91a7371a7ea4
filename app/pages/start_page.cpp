#include "app/pages/start_page.h"

#include "app/session.h"
#include "core/base/format.h"
#include "core/base/machine.h"
#include "widgets/translation.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <thread>
#include <utility>

namespace pretext {

StartPage::StartPage(QString workspace, QWidget* parent)
    : QWidget(parent), workspace_(std::move(workspace)), recent_(new QWidget) {
  auto* title = new QLabel(tr("Pretext"));
  auto font = title->font();
  font.setPointSizeF(font.pointSizeF() * 2.4);
  title->setFont(font);
  auto* text =
      new QLabel(tr("Learn from images or text without labels: open a folder or a file, tune the "
                    "views by eye, pretrain, and watch what the encoder learns."));
  text->setWordWrap(true);
  text->setAlignment(Qt::AlignCenter);
  auto* open = new QPushButton(tr("&Open a folder…"));
  auto* openFile = new QPushButton(tr("Open a fi&le…"));
  auto* sample = new QPushButton(tr("&Try the sample"));
  auto* sampleText = new QPushButton(tr("Try the sample te&xt"));
  for (auto* button : {open, openFile, sample, sampleText}) {
    button->setMinimumSize(220, 36);
    button->setAccessibleName(QString(button->text()).remove(QLatin1Char('&')));
  }
  open->setDefault(true);
  auto* machine = new QLabel(tr("%1 processor threads, %2 of memory; %3")
                                 .arg(std::thread::hardware_concurrency())
                                 .arg(QString::fromStdString(byte_count(machine_memory_bytes())),
                                      translated(in_words(read_gpu_driver()))));
  machine->setForegroundRole(QPalette::PlaceholderText);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(12);
  layout->addStretch();
  layout->addWidget(title, 0, Qt::AlignHCenter);
  layout->addWidget(text);  // The whole width: an aligned label would not wrap to its height.
  layout->addSpacing(12);
  auto* buttons = new QGridLayout;
  buttons->setSpacing(12);
  buttons->addWidget(open, 0, 0);
  buttons->addWidget(openFile, 0, 1);
  buttons->addWidget(sample, 1, 0);
  buttons->addWidget(sampleText, 1, 1);
  auto* centred = new QHBoxLayout;
  centred->addStretch();
  centred->addLayout(buttons);
  centred->addStretch();
  layout->addLayout(centred);
  layout->addSpacing(12);
  layout->addWidget(machine, 0, Qt::AlignHCenter);
  layout->addWidget(recent_);
  layout->addStretch();
  connect(open, &QPushButton::clicked, this, &StartPage::openFolderRequested);
  connect(openFile, &QPushButton::clicked, this, &StartPage::openFileRequested);
  connect(sampleText, &QPushButton::clicked, this, &StartPage::sampleTextRequested);
  connect(sample, &QPushButton::clicked, this, &StartPage::sampleRequested);
}

void StartPage::showEvent(QShowEvent* event) {
  listRecent();
  QWidget::showEvent(event);
}

void StartPage::listRecent() {
  constexpr int kMostOffered = 4;
  qDeleteAll(recent_->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
  delete recent_->layout();
  auto* rows = new QVBoxLayout(recent_);
  rows->setContentsMargins({});
  rows->setSpacing(2);
  int count = 0;
  for (const auto& folder : Session::recentWorkspaces()) {
    if (folder == workspace_ || ++count > kMostOffered) continue;
    if (count == 1) {
      auto* heading = new QLabel(tr("Recent workspaces"));
      heading->setForegroundRole(QPalette::PlaceholderText);
      rows->addWidget(heading, 0, Qt::AlignHCenter);
    }
    auto* link = new QPushButton(fontMetrics().elidedText(folder, Qt::ElideMiddle, 520));
    link->setFlat(true);
    link->setToolTip(folder);
    link->setAccessibleName(tr("Open the workspace %1").arg(folder));
    rows->addWidget(link, 0, Qt::AlignHCenter);
    connect(link, &QPushButton::clicked, this,
            [this, folder] { Q_EMIT workspaceRequested(folder); });
  }
}

}  // namespace pretext
