#pragma once

#include "core/corpus/corpus.h"

#include <QWidget>

#include <memory>

class QTableWidget;

namespace pretext {

class BarDelegate;
class Histogram;
class ThumbnailModel;

/// An image corpus to look at: its pictures, how many there are of each class, of which one can be
/// looked at alone, and how large they are.
class ImageBrowser final : public QWidget {
  Q_OBJECT

 public:
  explicit ImageBrowser(QWidget* parent = nullptr);
  /// `corpus` is of images; null shows nothing.
  void show(std::shared_ptr<const Corpus> corpus);

 private:
  void listClasses();
  void showSizes();
  /// The pictures of the class in hand.
  void showPictures();

  std::shared_ptr<const Corpus> corpus_;
  ThumbnailModel* thumbnails_;  // All owned by this widget.
  QWidget* side_;
  QTableWidget* classes_;
  BarDelegate* bars_;
  Histogram* sizes_;
};

}  // namespace pretext
