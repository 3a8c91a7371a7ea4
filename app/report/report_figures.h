#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "core/store/metric_sample.h"
#include "core/store/projection_store.h"

#include <QColor>
#include <QImage>
#include <QString>

#include <vector>

class QPaintDevice;

namespace pretext {

/// One run's readings of a metric.
struct ReportCurve {
  QString name;
  QColor colour;
  std::vector<MetricSample> samples;
};

/// Draws curves over steps on a white ground, as large as `size`, in device-independent pixels.
void drawCurves(QPaintDevice& device, const QSize& size, const std::vector<ReportCurve>& curves);

/// At most about `most` samples that look the same from afar: the lowest and the highest of each
/// stretch.
std::vector<MetricSample> thinned(const std::vector<MetricSample>& samples, std::size_t most);

/// A few training images, each with views of it by a recipe beside it.
QImage picturesOfViews(const Corpus& corpus, const Experiment& experiment);

/// A projection's points, in the colours of their classes.
QImage pictureOfProjection(const Corpus& corpus, const Projection& projection, const QSize& size);

}  // namespace pretext
