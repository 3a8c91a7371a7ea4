#include "app/pages/corpora_page.h"

#include "app/pages/class_list_dialog.h"
#include "app/pages/image_browser.h"
#include "app/pages/image_checks_dialog.h"
#include "app/pages/ingest_panel.h"
#include "app/pages/page.h"
#include "app/pages/series_browser.h"
#include "app/pages/series_ingest_panel.h"
#include "app/pages/text_browser.h"
#include "app/pages/text_ingest_panel.h"
#include "app/sample_ingest.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/corpus_notes.h"
#include "core/corpus/image_checks.h"
#include "core/corpus/image_subset.h"
#include "core/corpus/series_ingest.h"
#include "core/corpus/text_ingest.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>

namespace pretext {
namespace {

enum Sheet { kEmpty, kBrowser, kImagePanel, kTextPanel, kSeriesPanel };

/// Widths and heights apart: the narrowest picture is not the lowest one.
QString sizeRange(const CorpusRecord& record) {
  const auto range = [](int least, int most) {
    return least == most ? QString::number(most) : QStringLiteral("%1–%2").arg(least).arg(most);
  };
  return QStringLiteral("%1 × %2").arg(range(record.min_width, record.max_width),
                                       range(record.min_height, record.max_height));
}

QString partsOf(const Corpus& corpus) {
  const auto linked = [](const char* page, const QString& text) {
    return QStringLiteral("<a href=\"%1\">%2</a>").arg(QLatin1String(page), text);
  };
  auto duplicates = CorporaPage::tr("%L1 exact duplicates").arg(corpus.record().num_duplicates);
  if (corpus.has_images()) {  // Of text they are mostly left out, and in no list.
    duplicates = linked("copies", duplicates) + QStringLiteral(", ") +
                 linked("near", CorporaPage::tr("look for near-duplicates"));
    if (const auto small = small_images(corpus).size(); small > 0)
      duplicates +=
          QStringLiteral(", ") + linked("small", CorporaPage::tr("too small: %L1").arg(small));
  }
  return CorporaPage::tr("Training %L1, validation %L2, test %L3. %4.")
      .arg(corpus.split("train").size())
      .arg(corpus.split("validation").size())
      .arg(corpus.split("test").size())
      .arg(duplicates);
}

}  // namespace

CorporaPage::CorporaPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      message_(new MessageLine(this)),
      stack_(new QStackedWidget(this)),
      list_(new QListWidget),
      summary_(new QLabel),
      content_(new QStackedWidget),
      images_(new ImageBrowser),
      documents_(new TextBrowser),
      series_(new SeriesBrowser),
      skipped_(new QPlainTextEdit),
      progressRow_(new QWidget(this)),
      progress_(new QProgressBar),
      progressText_(new QLabel),
      imagePanel_(new IngestPanel(workspace)),
      textPanel_(new TextIngestPanel(workspace)),
      seriesPanel_(new SeriesIngestPanel(workspace)),
      worker_(new IngestWorker(workspace.folder(), this)) {
  auto* empty = new EmptyState(tr("No corpora yet"),
                               tr("A corpus is a set of images, texts or series, read once and "
                                  "kept. Open a folder, or drop one here, or a file of text or "
                                  "measurements; labels are never needed."),
                               tr("Open a folder…"), this);
  connect(empty, &EmptyState::pressed, this, &CorporaPage::chooseFolder);

  auto* splitter = new QSplitter;
  splitter->addWidget(makeList());
  splitter->addWidget(makeSheet());
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({220, 800});
  stack_->addWidget(empty);
  stack_->addWidget(splitter);

  stack_->addWidget(imagePanel_);
  stack_->addWidget(textPanel_);
  stack_->addWidget(seriesPanel_);
  makeProgressRow();
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(progressRow_);
  layout->addWidget(stack_, 1);
  layout->addWidget(message_);  // Below, so that nothing moves away under the pointer.

  connect(imagePanel_, &SourcePanel::accepted, this, [this] { ingest(imagePanel_->chosen()); });
  connect(textPanel_, &SourcePanel::accepted, this, [this] { ingest(textPanel_->chosen()); });
  connect(seriesPanel_, &SourcePanel::accepted, this, [this] { ingest(seriesPanel_->chosen()); });
  for (auto* panel : std::initializer_list<SourcePanel*>{imagePanel_, textPanel_, seriesPanel_}) {
    connect(panel, &SourcePanel::cancelled, this, [this] { showSheet(); });
    connect(panel, &SourcePanel::otherKindWanted, this,
            [this, panel](const QString& kind) { openAs(kind, panel->path()); });
  }
  connect(worker_, &IngestWorker::progressed, this, &CorporaPage::showProgress);
  connect(worker_, &IngestWorker::ended, this, &CorporaPage::endIngest);
  connect(list_, &QListWidget::currentRowChanged, this, [this] {
    showCorpus();
    Q_EMIT corpusSelected(selectedCorpus());
  });
  connect(&workspace_, &Workspace::changed, this, [this] { refresh(); });
  refresh();
}

QWidget* CorporaPage::makeList() {
  list_->setAccessibleName(tr("Corpora"));
  list_->setTextElideMode(Qt::ElideMiddle);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* open = new QPushButton(tr("&Open a folder…"));
  auto* openFile = new QPushButton(tr("Open a fi&le…"));
  openFile->setToolTip(
      tr("Text, CSV, TSV or JSONL (.gz too), measurements over time, or an IDX file of "
         "images"));
  auto* remove = new QPushButton(tr("&Delete"));
  auto* left = new QWidget;
  auto* leftLayout = new QVBoxLayout(left);
  leftLayout->setContentsMargins({});
  leftLayout->addWidget(list_, 1);
  leftLayout->addWidget(open);
  leftLayout->addWidget(openFile);
  leftLayout->addWidget(remove);
  connect(open, &QPushButton::clicked, this, &CorporaPage::chooseFolder);
  connect(remove, &QPushButton::clicked, this, [this] { deleteSelected(); });
  connect(openFile, &QPushButton::clicked, this, &CorporaPage::chooseFile);
  return left;
}

QWidget* CorporaPage::makeSheet() {
  summary_->setWordWrap(true);
  summary_->setTextInteractionFlags(Qt::TextBrowserInteraction);
  summary_->setAccessibleName(tr("About the corpus"));
  connect(summary_, &QLabel::linkActivated, this,
          [this](const QString& page) { message_->attempt([this, page] { follow(page); }); });
  skipped_->setReadOnly(true);
  skipped_->setMaximumHeight(110);
  skipped_->setAccessibleName(tr("Skipped files"));
  auto* right = new QWidget;
  auto* rightLayout = new QVBoxLayout(right);
  rightLayout->setContentsMargins({});
  rightLayout->addWidget(summary_);
  content_->addWidget(images_);
  content_->addWidget(documents_);
  content_->addWidget(series_);
  rightLayout->addWidget(content_, 1);
  rightLayout->addWidget(skipped_);
  return right;
}

void CorporaPage::follow(const QString& link) {
  if (link != QLatin1String("classes")) return showChecks(link);
  if (!classes_) classes_ = new ClassListDialog(*workspace_.corpus(selectedCorpus()), this);
  classes_->show();  // Deletes itself when it is closed.
  classes_->raise();
}

void CorporaPage::showChecks(const QString& page) {
  if (checks_) {  // That of this corpus: another's is closed.
    checks_->turnTo(page);
    checks_->raise();
    return checks_->activateWindow();
  }
  const auto whole = workspace_.corpus(selectedCorpus());
  checks_ = new ImageChecksDialog(workspace_.database(), whole, page, this);
  connect(checks_, &ImageChecksDialog::leaveOutWanted, this,
          [this, whole](const QString& name, const std::set<std::int64_t>& leftOut) {
            if (!worker_->isBusy()) checks_->close();  // Else what was found stays.
            ingest(name, [whole, name = name.toStdString(), leftOut](Database& database,
                                                                     const IngestObserver& observe,
                                                                     const std::stop_token& stop) {
              return leave_out_images(database, *whole, leftOut, name, observe, stop);
            });
          });
  checks_->show();  // Deletes itself when it is closed.
}

void CorporaPage::makeProgressRow() {
  auto* stop = new QPushButton(tr("&Stop"));
  stop->setAccessibleName(tr("Stop ingest"));
  auto* row = new QHBoxLayout(progressRow_);
  row->setContentsMargins({});
  row->addWidget(progressText_);
  row->addWidget(progress_, 1);
  row->addWidget(stop);
  progressRow_->hide();
  connect(stop, &QPushButton::clicked, worker_, &IngestWorker::stop);
}

void CorporaPage::chooseFolder() {
  const auto path =
      QFileDialog::getExistingDirectory(this, tr("A folder of images, texts or series"));
  if (!path.isEmpty()) open(path);
}

void CorporaPage::chooseFile() {
  const auto path =
      QFileDialog::getOpenFileName(this, tr("A file of text or measurements, or an IDX file"));
  if (!path.isEmpty()) open(path);
}

void CorporaPage::open(const QString& path) {
  const auto source = path.toStdString();
  openAs(looks_like_series(source) ? QStringLiteral("series")
         : looks_like_text(source) ? QStringLiteral("text")
                                   : QStringLiteral("images"),
         path);
}

void CorporaPage::openAs(const QString& kind, const QString& path) {
  message_->say({});
  SourcePanel* panel = imagePanel_;
  if (kind == QLatin1String("text")) panel = textPanel_;
  if (kind == QLatin1String("series")) panel = seriesPanel_;
  stack_->setCurrentWidget(panel);
  panel->open(path);
}

void CorporaPage::ingest(const IngestChoice& choice) {
  ingest(choice.name,
         [choice](Database& database, const IngestObserver& observe, const std::stop_token& stop) {
           const auto path = choice.path.toStdString();
           const auto source = open_image_source(path, choice.labels, choice.size, choice.classes);
           return ingest_images(
               database, {source.get()},
               {.name = choice.name.toStdString(), .source = path, .update = choice.update},
               observe, stop);
         });
}

void CorporaPage::ingest(const TextIngestChoice& choice) {
  ingest(choice.name, [choice](Database& database, const IngestObserver& observe,
                               const std::stop_token& stop) {
    const auto path = choice.path.toStdString();
    const auto source = open_text_source(path, choice.reading);
    return ingest_text(database, *source, nullptr,
                       {.name = choice.name.toStdString(), .source = path, .update = choice.update},
                       choice.text, observe, stop);
  });
}

void CorporaPage::ingest(const SeriesIngestChoice& choice) {
  ingest(choice.name,
         [choice](Database& database, const IngestObserver& observe, const std::stop_token& stop) {
           const auto path = choice.path.toStdString();
           SeriesSource source(path, choice.reading);
           return ingest_series(
               database, source, nullptr,
               {.name = choice.name.toStdString(), .source = path, .update = choice.update},
               observe, stop);
         });
}

void CorporaPage::ingestSample() {
  ingest(tr("the sample"),
         [](Database& database, const IngestObserver& observe, const std::stop_token& stop) {
           return sampleCorpus(database, observe, stop);
         });
}

void CorporaPage::ingestSampleText() {
  ingest(tr("the sample"),
         [](Database& database, const IngestObserver& observe, const std::stop_token& stop) {
           return sampleText(database, observe, stop);
         });
}

void CorporaPage::ingest(const QString& name, IngestWorker::Work work) {
  if (worker_->isBusy()) {
    message_->say(tr("Another ingest is under way: wait for it, or stop it, then start this one."));
    return;
  }
  message_->say({});
  showSheet();
  progress_->setRange(0, 0);
  progressText_->setText(tr("Ingest of %1…").arg(name));
  progressRow_->show();
  worker_->start(std::move(work));
}

void CorporaPage::showProgress(const IngestProgress& now) {
  constexpr int kSteps = 1000;
  const auto share = static_cast<double>(now.num_done) /
                     static_cast<double>(std::max<std::int64_t>(1, now.num_total));
  progress_->setRange(0, kSteps);
  progress_->setValue(static_cast<int>(share * kSteps));
  progressText_->setText(tr("Ingest: %1, %2 left")
                             .arg(QString::fromStdString(percent(share)),
                                  QString::fromStdString(duration(now.seconds_left))));
}

void CorporaPage::endIngest(std::int64_t corpus, const QString& error) {
  progressRow_->hide();
  message_->say(error);
  workspace_.announceChange();
  if (corpus >= 0 && !checks_) select(corpus);  // Nobody is torn from what they look at.
}

std::int64_t CorporaPage::selectedCorpus() const {
  const auto* item = list_->currentItem();
  return item ? item->data(Qt::UserRole).toLongLong() : -1;
}

QString CorporaPage::selectedName() const {
  const auto* item = list_->currentItem();
  return item ? item->text() : QString();
}

void CorporaPage::select(std::int64_t corpus) {
  for (int row = 0; row < list_->count(); ++row) {
    if (list_->item(row)->data(Qt::UserRole).toLongLong() == corpus) list_->setCurrentRow(row);
  }
}

void CorporaPage::refresh() {
  const auto corpora = CorpusStore(workspace_.database()).list();
  bool same = static_cast<int>(corpora.size()) == list_->count();
  for (int row = 0; same && row < list_->count(); ++row) {
    same = list_->item(row)->data(Qt::UserRole).toLongLong() ==
           corpora[static_cast<std::size_t>(row)].id;
  }
  if (stack_->currentIndex() < kImagePanel)
    stack_->setCurrentIndex(corpora.empty() ? kEmpty : kBrowser);
  if (same) return refreshLabels();
  const auto selected = selectedCorpus();
  list_->clear();
  for (const auto& corpus : corpora) {
    auto* item =
        new QListWidgetItem(QString::fromStdString(corpus.name), list_);  // Owned by the list.
    item->setToolTip(item->text());
    item->setData(Qt::UserRole, static_cast<qint64>(corpus.id));
  }
  select(selected);
  if (list_->currentRow() < 0 && list_->count() > 0) list_->setCurrentRow(0);
}

void CorporaPage::refreshLabels() {
  if (shown_ < 0 || !shownCorpus_) return;
  message_->attempt([this] {
    if (workspace_.corpus(shown_) == shownCorpus_) return;
    shown_ = -1;
    showCorpus();
  });
}

void CorporaPage::showSheet() {
  stack_->setCurrentIndex(list_->count() == 0 ? kEmpty : kBrowser);
}

void CorporaPage::showCorpus() {
  const auto id = selectedCorpus();
  if (id == shown_) return;
  shown_ = id;
  if (checks_) checks_->close();
  if (classes_) classes_->close();
  if (id < 0) return clearContent();
  try {
    shownCorpus_.reset();
    const auto corpus = workspace_.corpus(id);
    shownCorpus_ = corpus;
    clearContent();
    if (corpus->has_images()) showImages(corpus);
    if (corpus->is_text()) showText(corpus);
    if (corpus->is_series()) showSeries(corpus);
    showSkipped(corpus_notes(corpus->record()), CorpusStore(workspace_.database()).skipped(id));
    message_->say({});
  } catch (const UserError& error) {
    clearContent();
    skipped_->hide();
    message_->say(QString::fromUtf8(error.what()));
  }
}

void CorporaPage::showSkipped(const std::vector<std::string>& notes,
                              const std::vector<SkippedFile>& files) {
  constexpr qsizetype kMost = 2'000;  // Lines; the command "corpora --json" lists all.
  QStringList lines;
  for (const auto& note : notes) lines << QString::fromStdString(note);
  if (!files.empty()) lines << tr("Skipped, or not taken as it was:");
  for (const auto& file : files) {
    if (lines.size() > kMost) {
      lines << tr("and %L1 more, which \"pretext corpora --json\" lists")
                   .arg(std::ssize(files) - kMost);
      break;
    }
    lines << tr("%1: %2").arg(QString::fromStdString(file.path),
                              QString::fromStdString(file.reason));
  }
  skipped_->setPlainText(lines.join(QLatin1Char('\n')));
  skipped_->setVisible(!lines.empty());
}

void CorporaPage::clearContent() {
  images_->show(nullptr);
  documents_->show(nullptr);
  series_->show(nullptr);
  summary_->clear();
}

void CorporaPage::showImages(const std::shared_ptr<const Corpus>& corpus) {
  const auto& record = corpus->record();
  summary_->setText(tr("<b>%1</b>: %L2 images, %3 px, %4. %5<br>%6")
                        .arg(QString::fromStdString(record.name).toHtmlEscaped())
                        .arg(record.num_samples)
                        .arg(sizeRange(record))
                        .arg(record.channels == 1 ? tr("one channel") : tr("colour"))
                        .arg(partsOf(*corpus), classesInWords(*corpus)));
  images_->show(corpus);
  content_->setCurrentWidget(images_);
}

void CorporaPage::showText(const std::shared_ptr<const Corpus>& corpus) {
  const auto& record = corpus->record();
  const auto details = TextDetails::from_json(record.details);
  const auto share = [](std::int64_t part, std::int64_t whole) {
    return static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(1, whole));
  };
  summary_->setText(
      tr("<b>%1</b>: %L2 documents, %L3 sentences, %L4 pieces of a vocabulary of %L5 (%6). "
         "[UNK] %7, %8 pieces a word. %9")
          .arg(QString::fromStdString(record.name).toHtmlEscaped())
          .arg(record.num_samples)
          .arg(details.num_sentences)
          .arg(details.num_pieces)
          .arg(details.vocabulary_size)
          .arg(details.is_uncased ? tr("uncased") : tr("cased"))
          .arg(QString::fromStdString(percent(share(details.num_unknown, details.num_pieces))))
          .arg(share(details.num_pieces, details.num_words), 0, 'f', 2)
          .arg(partsOf(*corpus)) +
      QStringLiteral("<br>") + classesInWords(*corpus));
  documents_->show(corpus);
  content_->setCurrentWidget(documents_);
}

void CorporaPage::showSeries(const std::shared_ptr<const Corpus>& corpus) {
  const auto& record = corpus->record();
  const auto details = SeriesDetails::from_json(record.details);
  auto text = tr("<b>%1</b>: series: %L2, points: %L3, variables: %L4, times in \"%5\" (%6), "
                 "values missing: %L7.")
                  .arg(QString::fromStdString(record.name).toHtmlEscaped())
                  .arg(record.num_samples)
                  .arg(details.num_points)
                  .arg(details.variables.size())
                  .arg(QString::fromStdString(details.time_column).toHtmlEscaped(),
                       details.has_dates ? tr("dates in UTC") : tr("numbers"))
                  .arg(details.num_missing);
  if (details.num_back_steps > 0)
    text += QLatin1Char(' ') +
            tr("Times that are before the one above them: %L1.").arg(details.num_back_steps);
  if (!details.left_out.empty()) {
    QStringList names;
    for (const auto& name : details.left_out) names << QString::fromStdString(name);
    text +=
        QLatin1Char(' ') +
        tr("Left out, being no numbers: %1.").arg(names.join(QStringLiteral(", ")).toHtmlEscaped());
  }
  summary_->setText(text + QLatin1Char(' ') + partsOf(*corpus) + QStringLiteral("<br>") +
                    classesInWords(*corpus));
  series_->show(corpus);
  content_->setCurrentWidget(series_);
}

void CorporaPage::deleteSelected() {
  const auto name = selectedName().toStdString();
  if (name.empty()) return;
  message_->attempt([&] {
    CorpusStore(workspace_.database()).move_to_bin(name);
    workspace_.announceChange();  // Shows another corpus, which says nothing of this one.
    message_->offerUndo(tr("\"%1\" is in the bin.").arg(QString::fromStdString(name)),
                        [this, name] {
                          CorpusStore(workspace_.database()).restore(name);
                          workspace_.announceChange();
                        });
  });
}

}  // namespace pretext
