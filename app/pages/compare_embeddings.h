#pragma once

#include "app/pages/compared_runs.h"
#include "app/workspace.h"

#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;

namespace pretext {

class EmbeddingScatter;

/// Projections of two runs side by side: the sample under the pointer and what a lasso has caught
/// are picked out in both.
class CompareEmbeddings final : public QWidget {
  Q_OBJECT

 public:
  explicit CompareEmbeddings(Workspace& workspace, QWidget* parent = nullptr);
  void show(const ComparedRuns& compared);

 private:
  struct Side {
    QComboBox* run;  // All owned by the widget.
    QLabel* caption;
    EmbeddingScatter* scatter;
    std::shared_ptr<const Corpus> corpus;
    std::optional<std::int64_t> projection;  // That is shown.
  };
  Side makeSide(const QString& name);
  void offerRuns(Side& side, int otherwise);
  void load(Side& side);
  void loadBoth();
  void link(Side& from, Side& to);
  /// Whether positions mean the same samples on both sides.
  bool isLinked() const;

  Workspace& workspace_;
  QComboBox* method_;  // Owned by this widget.
  Side left_;
  Side right_;
  ComparedRuns compared_;
};

}  // namespace pretext
