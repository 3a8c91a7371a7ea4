#pragma once

#include "app/workspace.h"

#include <QWidget>

#include <stop_token>

class QLabel;
class QListView;
class QListWidget;
class QPlainTextEdit;
class QProgressBar;
class QStackedWidget;

namespace pretext {

class MessageLine;
class ThumbnailModel;

/// Corpora: what is there, its pictures, what was skipped; opening a folder ingests it in the
/// background, with progress and Stop.
class CorporaPage final : public QWidget {
  Q_OBJECT

 public:
  explicit CorporaPage(Workspace& workspace, QWidget* parent = nullptr);
  ~CorporaPage() override;

  /// Ingests a folder or file under its own name.
  void ingest(const QString& path);
  std::int64_t selectedCorpus() const;
  void select(std::int64_t corpus);

 public Q_SLOTS:
  void chooseFolder();

 Q_SIGNALS:
  void corpusSelected(qint64 corpus);

 private:
  void refresh();
  void showCorpus();
  void deleteSelected();

  Workspace& workspace_;
  MessageLine* message_;  // All owned by this widget.
  QStackedWidget* stack_;
  QListWidget* list_;
  QLabel* summary_;
  QPlainTextEdit* skipped_;
  ThumbnailModel* thumbnails_;
  QWidget* progressRow_;
  QProgressBar* progress_;
  QLabel* progressText_;
  std::stop_source stop_;
  std::int64_t shown_ = -1;
};

}  // namespace pretext
