#include "app/report/report_figures.h"

#include "app/pages/point_colours.h"
#include "app/pages/view_pictures.h"
#include "core/augment/view_renderer.h"
#include "core/objective/objective_registry.h"
#include "widgets/image_conversion.h"
#include "widgets/metric_curve.h"

#include <QPainter>
#include <qcustomplot.h>

#include <algorithm>

namespace pretext {
namespace {

constexpr std::size_t kMostSamples = 1000;  // Of a curve: more is finer than a line is wide.
constexpr double kSmoothing = 0.9;
constexpr int kImages = 4;
constexpr int kViews = 5;
constexpr int kCell = 96;  // px
constexpr int kGap = 6;

void drawInto(QPainter& painter, const QImage& image, int column, int row) {
  const auto mode = image.width() < kCell ? Qt::FastTransformation : Qt::SmoothTransformation;
  const auto scaled = image.scaled(kCell, kCell, Qt::KeepAspectRatio, mode);
  const QPoint corner(column * (kCell + kGap), row * (kCell + kGap));
  painter.drawImage(corner + QPoint((kCell - scaled.width()) / 2, (kCell - scaled.height()) / 2),
                    scaled);
}

}  // namespace

std::vector<MetricSample> thinned(const std::vector<MetricSample>& samples, std::size_t most) {
  if (samples.size() <= most) return samples;
  const auto stretch = 2 * samples.size() / most + 1;
  std::vector<MetricSample> kept;
  for (std::size_t begin = 0; begin < samples.size(); begin += stretch) {
    const auto first = samples.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last =
        samples.begin() + static_cast<std::ptrdiff_t>(std::min(samples.size(), begin + stretch));
    auto [low, high] = std::minmax_element(
        first, last, [](const auto& a, const auto& b) { return a.value < b.value; });
    if (high < low) std::swap(low, high);
    kept.push_back(*low);
    if (high != low) kept.push_back(*high);
  }
  return kept;
}

void drawCurves(QPaintDevice& device, const QSize& size, const std::vector<ReportCurve>& curves) {
  QCustomPlot plot;
  plot.setBackground(Qt::white);
  plot.yAxis2->setRange(0, 1);
  for (const auto& curve : curves) {
    MetricCurve line(plot, curve.name, curve.colour);
    line.setSmoothing(kSmoothing);
    line.append(thinned(curve.samples, kMostSamples));
  }
  plot.xAxis->setLabel(QCoreApplication::translate("pretext::Report", "step"));
  plot.xAxis->rescale();
  plot.yAxis->rescale();
  plot.yAxis->scaleRange(1.05);
  QCPPainter painter(&device);
  painter.setMode(QCPPainter::pmVectorized);
  painter.setRenderHint(QPainter::Antialiasing);
  plot.toPainter(&painter, size.width(), size.height());
}

QImage picturesOfViews(const Corpus& corpus, const Experiment& experiment) {
  const auto positions = corpus.fixed_part("train", kImages);
  const int rows = static_cast<int>(positions.size());
  QImage all((kViews + 1) * (kCell + kGap) - kGap, rows * (kCell + kGap) - kGap,
             QImage::Format_RGB32);
  all.fill(Qt::white);
  QPainter painter(&all);
  ViewRenderer renderer;
  const auto numViews = std::max(1, find_objective(experiment.text("objective.kind")).num_views);
  for (int row = 0; row < rows; ++row) {
    const auto position = positions[static_cast<std::size_t>(row)];
    const auto image = corpus.images().image(position);
    drawInto(painter, toImage(image, corpus.value_window()), 0, row);
    for (int view = 0; view < kViews; ++view) {
      const auto picture =
          pictureOfView(renderer, corpus, position, experiment,
                        {.seed = static_cast<std::uint64_t>(experiment.integer("seed")),
                         .epoch = static_cast<std::uint32_t>(view / numViews),
                         .view = static_cast<std::uint8_t>(view % numViews)});
      drawInto(painter, picture, view + 1, row);
    }
  }
  return all;
}

QImage pictureOfProjection(const Corpus& corpus, const Projection& projection, const QSize& size) {
  EmbeddingScatter scatter;
  scatter.setPalette(QPalette(QColor(0xf0, 0xf0, 0xf0)));  // A light one, whatever the window's.
  scatter.resize(size);
  showByClass(scatter, corpus, projection);
  return scatter.grab().toImage();
}

}  // namespace pretext
