#pragma once

#include "app/workspace.h"
#include "core/store/projection_store.h"

#include <QWidget>

#include <cstdint>
#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QSlider;
class QTimer;
class QToolButton;

namespace pretext {

/// A run's embedding as it forms: a slider through the frames of its film, one a checkpoint, and a
/// button that plays it, or asks the engine for it.
class FilmBar final : public QWidget {
  Q_OBJECT

 public:
  explicit FilmBar(Workspace& workspace, QWidget* parent = nullptr);

  /// Shows the newest film of a run by a method; reads it only when it is another.
  void setRun(std::int64_t run, const std::string& method);
  /// Whether a frame is shown in place of the newest points.
  bool isOn() const { return isOn_; }
  const std::vector<Projection>& frames() const { return frames_; }
  /// Coordinates between two frames, as the slider stands.
  std::vector<float> places() const;
  /// Back to the newest points.
  void leave();

 Q_SIGNALS:
  /// It was turned on or off.
  void toggled();
  void moved();
  /// The engine is to be asked for a film.
  void wanted();

 private:
  void play();
  void step();
  void turn(bool on);
  void say();
  void showWhetherItPlays();
  bool isUnderWay() const;

  Workspace& workspace_;
  QToolButton* play_;  // All owned by this widget.
  QSlider* slider_;
  QLabel* caption_;
  QPushButton* make_;
  QPushButton* leave_;
  QTimer* timer_;
  std::vector<Projection> frames_;
  std::int64_t run_ = -1;
  std::string method_;
  std::int64_t film_ = -1;
  bool isOn_ = false;
};

}  // namespace pretext
