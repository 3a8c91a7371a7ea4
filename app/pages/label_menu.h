#pragma once

#include "app/workspace.h"
#include "core/store/labelling_store.h"

#include <QToolButton>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace pretext {

/// The labels that a page shows.
struct ShownLabels {
  std::shared_ptr<const Corpus> corpus;
  std::int64_t run = -1;
  std::optional<LabellingRecord> labelling;  ///< None before the first label.
  std::size_t count = 0;
  bool hasProbe = false;  ///< One was trained on them, on that run's features.
};

/// What else can be done with labels: export, attach to the corpus, look at their history.
class LabelMenu final : public QToolButton {
  Q_OBJECT

 public:
  explicit LabelMenu(Workspace& workspace, QWidget* parent = nullptr);
  void setLabels(ShownLabels labels);

 Q_SIGNALS:
  /// It is about to be shown: the labels should be those in hand.
  void opened();
  void failed(const QString& reason);
  /// Something was done.
  void told(const QString& what);

 private:
  void exportCsv();
  void exportPredicted();
  void attach();
  void showHistory();
  void attempt(const std::function<void()>& work);

  Workspace& workspace_;
  ShownLabels labels_;
};

}  // namespace pretext
