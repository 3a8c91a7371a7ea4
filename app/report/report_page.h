#pragma once

#include <QImage>
#include <QSize>
#include <QString>
#include <QStringList>

#include <functional>
#include <utility>
#include <vector>

class QPaintDevice;

namespace pretext {

/// A page of HTML with its pictures inside: for a browser, or laid out on paper.
class ReportPage {
 public:
  enum class Medium { kScreen, kPaper };

  explicit ReportPage(Medium medium) : medium_(medium) {}
  bool isForPaper() const { return medium_ == Medium::kPaper; }

  void heading(const QString& text);
  void subheading(const QString& text);
  /// `html`: its plain parts escaped.
  void paragraph(const QString& html);
  /// Small print.
  void note(const QString& html);
  /// `header` and cells are HTML. The first column names the rows. `isDense`: of many columns.
  void table(const QStringList& header, const std::vector<QStringList>& rows, bool isDense = false);
  /// Text as it is, for browsers folded away below `title`.
  void folded(const QString& title, const QString& text);
  /// Something painted in device-independent pixels: lines on the screen, sharp enough on paper.
  void drawing(const QString& caption, const QSize& size,
               const std::function<void(QPaintDevice&)>& paint);
  void picture(const QString& caption, const QImage& image, const QSize& size);
  /// A picture within a line of text, as HTML.
  QString inlined(const QImage& image, const QSize& size);

  QString html(const QString& title);
  /// By the names that `html` calls them, on paper.
  const std::vector<std::pair<QString, QImage>>& pictures() const { return pictures_; }

 private:
  /// Where a picture's pixels are: here, or on paper in `pictures_`.
  QString sourceOf(const QImage& image);
  void place(const QString& caption, const QString& source, const QSize& size);
  /// Puts the figures that wait in rows of two, as paper has no other way to flow them.
  void placeFigures();

  Medium medium_;
  QString body_;
  QStringList figures_;  // That wait for one to stand beside, on paper.
  std::vector<std::pair<QString, QImage>> pictures_;
};

}  // namespace pretext
