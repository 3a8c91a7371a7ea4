#pragma once

#include "core/augment/view_renderer.h"
#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;

namespace pretext {

/// Which of the views that training draws of a sample.
struct ViewDraw {
  std::uint64_t seed = 0;
  std::uint32_t epoch = 0;
  std::uint8_t view = 0;
};

/// A view of a sample by an experiment's recipe, as training makes it.
QImage pictureOfView(ViewRenderer& renderer, const Corpus& corpus, std::int64_t position,
                     const Experiment& recipe, const ViewDraw& draw);

/// What a recipe makes of images, rendered off the GUI thread by the code that training uses; late
/// pictures are dropped.
class ViewPictures final : public QWidget {
  Q_OBJECT

 public:
  static constexpr int kPictures = 16;

  enum Layout { kOriginalAndViews, kDrawsOfOne, kDrawOfMany };

  /// All that the pictures depend on.
  struct Request {
    std::shared_ptr<const Corpus> corpus;
    Experiment recipe;
    std::optional<Experiment> beside;  ///< A second recipe, on the same images and draws.
    int layout = kOriginalAndViews;
    std::uint64_t seed = 0;
    std::uint32_t epoch = 0;
    std::vector<std::int64_t> positions;  ///< Of the images, at least one.
  };

  explicit ViewPictures(QWidget* parent = nullptr);
  void show(const Request& request);
  void clear();

 Q_SIGNALS:
  /// Pictures of the newest request are on the screen.
  void shown();
  void failed(const QString& reason);

 protected:
  /// The pictures grow with the room there is.
  void resizeEvent(QResizeEvent* event) override;

 private:
  static std::vector<QImage> render(const Request& request);
  void start();
  void showImages();

  std::vector<QLabel*> pictures_;  // Owned by this widget.
  std::vector<QImage> images_;     // That they show.
  int side_;                       // Of each, device-independent pixels.
  Request request_;
  bool isRendering_ = false;
  bool isStale_ = false;
};

}  // namespace pretext
