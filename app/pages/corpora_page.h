#pragma once

#include "app/ingest_worker.h"
#include "app/workspace.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QProgressBar;
class QStackedWidget;

namespace pretext {

struct IngestChoice;
struct SeriesIngestChoice;
struct TextIngestChoice;
class ClassListDialog;
class ImageBrowser;
class ImageChecksDialog;
class IngestPanel;
class MessageLine;
class SeriesBrowser;
class SeriesIngestPanel;
class SourcePanel;
class TextIngestPanel;
class TextBrowser;

/// Corpora: what is there, its pictures, what was skipped. Opening a folder shows what it is, then
/// ingests it in the background, with progress and Stop.
class CorporaPage final : public QWidget {
  Q_OBJECT

 public:
  explicit CorporaPage(Workspace& workspace, QWidget* parent = nullptr);

  /// Shows what a folder or file is and how it would be ingested.
  void open(const QString& path);
  /// The same, read as "images", "text" or "series".
  void openAs(const QString& kind, const QString& path);
  /// Draws and ingests the sample.
  void ingestSample();
  /// Writes and ingests the sample text.
  void ingestSampleText();
  std::int64_t selectedCorpus() const;
  QString selectedName() const;
  void select(std::int64_t corpus);

 public Q_SLOTS:
  void chooseFolder();
  void chooseFile();

 Q_SIGNALS:
  void corpusSelected(qint64 corpus);

 private:
  /// The corpora, and what takes in another.
  QWidget* makeList();
  /// What is in the chosen one.
  QWidget* makeSheet();
  /// A link of the summary.
  void follow(const QString& link);
  /// Copies and small images, of which a corpus without them can be made.
  void showChecks(const QString& page);
  void makeProgressRow();
  void ingest(const IngestChoice& choice);
  void ingest(const TextIngestChoice& choice);
  void ingest(const SeriesIngestChoice& choice);
  void ingest(const QString& name, IngestWorker::Work work);
  void showProgress(const IngestProgress& now);
  void endIngest(std::int64_t corpus, const QString& error);
  void refresh();
  /// Shows the corpus again where labels were attached to it.
  void refreshLabels();
  void showSheet();
  void showCorpus();
  void showImages(const std::shared_ptr<const Corpus>& corpus);
  void showText(const std::shared_ptr<const Corpus>& corpus);
  void showSeries(const std::shared_ptr<const Corpus>& corpus);
  void showSkipped(const std::vector<std::string>& notes, const std::vector<SkippedFile>& files);
  /// Takes away what the sheet shows.
  void clearContent();
  void deleteSelected();

  Workspace& workspace_;
  MessageLine* message_;  // All owned by this widget.
  QStackedWidget* stack_;
  QListWidget* list_;
  QLabel* summary_;
  QStackedWidget* content_;  // Images, documents or series.
  ImageBrowser* images_;
  TextBrowser* documents_;
  SeriesBrowser* series_;
  QPlainTextEdit* skipped_;
  QWidget* progressRow_;
  QProgressBar* progress_;
  QLabel* progressText_;
  IngestPanel* imagePanel_;
  TextIngestPanel* textPanel_;
  SeriesIngestPanel* seriesPanel_;
  QPointer<ImageChecksDialog> checks_;  // Of the corpus that is shown, while they are open.
  QPointer<ClassListDialog> classes_;
  IngestWorker* worker_;
  std::int64_t shown_ = -1;
  std::shared_ptr<const Corpus> shownCorpus_;
};

}  // namespace pretext
