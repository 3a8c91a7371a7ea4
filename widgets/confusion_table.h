#pragma once

#include <QTableWidget>

#include <string>
#include <vector>

namespace pretext {

/// A confusion matrix: true classes down, predicted ones across, shaded by share of the row.
class ConfusionTable final : public QTableWidget {
  Q_OBJECT

 public:
  explicit ConfusionTable(QWidget* parent = nullptr);
  void show(const std::vector<std::vector<std::int64_t>>& counts,
            const std::vector<std::string>& classes);
};

}  // namespace pretext
