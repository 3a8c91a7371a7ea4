#include "app/report/report_page.h"

#include <QBuffer>
#include <QSvgGenerator>

namespace pretext {
namespace {

constexpr double kPaperScale = 3.0;  // Pixels of a picture for one of the page.

constexpr const char* kStyle =
    "body { font-family: sans-serif; color: #1b1b1b; background: #ffffff; margin: 24px; }"
    "h1 { font-size: x-large; } h2 { font-size: large; margin-top: 28px; }"
    "h3 { font-size: medium; margin-bottom: 4px; }"
    "table { border-collapse: collapse; margin: 8px 0; }"
    "th, td { border: 1px solid #cccccc; padding: 3px 8px; text-align: left; }"
    "th { background: #f0f0f0; font-weight: 600; }"
    "figure { display: inline-block; vertical-align: top; margin: 8px 16px 8px 0; }"
    "figcaption, .note { color: #555555; font-size: small; }"
    "pre { background: #f6f6f6; padding: 8px; font-size: small; }"
    "@media print { body { margin: 0; } h2 { page-break-after: avoid; } }";
// Paper is narrower, and its layout knows no figures.
constexpr const char* kPaperStyle =
    "td, th, p, pre { font-size: 8pt; } body { margin: 0; }"
    ".dense td, .dense th, .dense b, .dense span { font-size: 7pt; padding: 1px 2px; }";

QString imageTag(const QString& source, const QSize& size, const QString& words) {
  return QStringLiteral("<img src=\"%1\" width=\"%2\" height=\"%3\" alt=\"%4\">")
      .arg(source)
      .arg(size.width())
      .arg(size.height())
      .arg(words);
}

QString dataUrl(const char* type, const QByteArray& bytes) {
  return QStringLiteral("data:%1;base64,%2")
      .arg(QLatin1String(type), QString::fromLatin1(bytes.toBase64()));
}

}  // namespace

void ReportPage::heading(const QString& text) {
  placeFigures();
  body_ += QStringLiteral("<h2>%1</h2>\n").arg(text.toHtmlEscaped());
}

void ReportPage::subheading(const QString& text) {
  placeFigures();
  body_ += QStringLiteral("<h3>%1</h3>\n").arg(text.toHtmlEscaped());
}

void ReportPage::paragraph(const QString& html) {
  placeFigures();
  body_ += QStringLiteral("<p>%1</p>\n").arg(html);
}

void ReportPage::note(const QString& html) {
  placeFigures();
  body_ += QStringLiteral("<p class=\"note\">%1</p>\n").arg(html);
}

void ReportPage::table(const QStringList& header, const std::vector<QStringList>& rows,
                       bool isDense) {
  placeFigures();
  // The attributes are for paper, whose layout knows little of styles.
  body_ +=
      QStringLiteral("<table class=\"%1\" border=\"1\" cellspacing=\"0\" cellpadding=\"%2\"><tr>")
          .arg(QLatin1String(isDense ? "dense" : "plain"))
          .arg(isDense ? 2 : 4);
  for (const auto& cell : header) body_ += QStringLiteral("<th>%1</th>").arg(cell);
  body_ += QStringLiteral("</tr>\n");
  for (const auto& row : rows) {
    body_ += QStringLiteral("<tr>");
    for (int i = 0; i < row.size(); ++i)
      body_ += QStringLiteral("<%1>%2</%1>").arg(i == 0 ? "th" : "td", row[i]);
    body_ += QStringLiteral("</tr>\n");
  }
  body_ += QStringLiteral("</table>\n");
}

void ReportPage::folded(const QString& title, const QString& text) {
  placeFigures();
  const auto pre = QStringLiteral("<pre>%1</pre>").arg(text.toHtmlEscaped());
  if (isForPaper()) {
    subheading(title);
    body_ += pre;
    return;
  }
  body_ += QStringLiteral("<details><summary>%1</summary>%2</details>\n")
               .arg(title.toHtmlEscaped(), pre);
}

void ReportPage::drawing(const QString& caption, const QSize& size,
                         const std::function<void(QPaintDevice&)>& paint) {
  if (isForPaper()) {
    QImage image(size * kPaperScale, QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setDevicePixelRatio(kPaperScale);
    paint(image);
    return picture(caption, image, size);
  }
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(size);
  generator.setViewBox(QRect(QPoint(0, 0), size));
  paint(generator);
  place(caption, dataUrl("image/svg+xml", bytes), size);
}

QString ReportPage::sourceOf(const QImage& image) {
  if (isForPaper()) {
    const auto name = QStringLiteral("picture-%1").arg(pictures_.size() + 1);
    pictures_.emplace_back(name, image);
    return name;
  }
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return dataUrl("image/png", bytes);
}

void ReportPage::picture(const QString& caption, const QImage& image, const QSize& size) {
  place(caption, sourceOf(image), size);
}

QString ReportPage::inlined(const QImage& image, const QSize& size) {
  return imageTag(sourceOf(image), size, {});
}

void ReportPage::place(const QString& caption, const QString& source, const QSize& size) {
  const auto words = caption.toHtmlEscaped();
  const auto image = imageTag(source, size, words);
  if (isForPaper()) {
    figures_ << QStringLiteral("%1<br><span class=\"note\">%2</span>").arg(image, words);
  } else {
    body_ += QStringLiteral("<figure>%1<figcaption>%2</figcaption></figure>\n").arg(image, words);
  }
}

void ReportPage::placeFigures() {
  if (figures_.isEmpty()) return;
  body_ += QStringLiteral("<table class=\"figures\" border=\"0\" cellpadding=\"4\">");
  for (int i = 0; i < figures_.size(); i += 2)
    body_ += QStringLiteral(
                 "<tr><td style=\"border: none\">%1</td><td style=\"border: none\">%2</td></tr>\n")
                 .arg(figures_[i], figures_.value(i + 1));
  body_ += QStringLiteral("</table>\n");
  figures_.clear();
}

QString ReportPage::html(const QString& title) {
  placeFigures();
  return QStringLiteral(
             "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%1</title>\n"
             "<style>%2</style></head><body>\n<h1>%1</h1>\n%3</body></html>\n")
      .arg(title.toHtmlEscaped(),
           QLatin1String(kStyle) + QLatin1String(isForPaper() ? kPaperStyle : ""), body_);
}

}  // namespace pretext
