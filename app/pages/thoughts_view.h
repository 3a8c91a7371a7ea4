#pragma once

#include <QWidget>

#include <cstdint>
#include <string>

class QLabel;
class QTableWidget;

namespace pretext {

/// What a language model answers as of its newest checkpoint: blanks with the likeliest pieces, or
/// texts that it goes on with.
class ThoughtsView final : public QWidget {
  Q_OBJECT

 public:
  explicit ThoughtsView(QWidget* parent = nullptr);
  /// `answers`: JSON of `thoughts` in the store.
  void show(std::int64_t step, const std::string& answers);

 private:
  void addRow(const QStringList& cells);

  QLabel* heading_;  // Both owned by this widget.
  QTableWidget* table_;
};

}  // namespace pretext
