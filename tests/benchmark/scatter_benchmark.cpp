// Frames of a scatter of 100,000 points: while it is dragged, zoomed, hovered over and as a film
// plays. Each moves the points and paints them once; counters are percentiles in milliseconds.

#include "widgets/embedding_scatter.h"

#include <QApplication>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <random>

namespace pretext {
namespace {

constexpr int kPoints = 100'000;
constexpr int kClasses = 10;

std::vector<EmbeddingScatter::Point> heaps() {
  std::mt19937 generator(0);
  std::normal_distribution<float> normal;
  std::vector<EmbeddingScatter::Point> points;
  for (int i = 0; i < kPoints; ++i) {
    const int of = i % kClasses;
    points.push_back({static_cast<float>(of % 4) * 6.f + normal(generator),
                      static_cast<float>(of / 4) * 6.f + normal(generator), of, i});
  }
  return points;
}

/// The scatter, and the time of each of its frames.
class Frames {
 public:
  explicit Frames(const QSize& size) : points_(heaps()) {
    scatter_.resize(size);
    scatter_.setPoints(points_);
    scatter_.show();
    QApplication::processEvents();
  }
  EmbeddingScatter& scatter() { return scatter_; }
  std::vector<float> places(float shift) const {
    std::vector<float> places;
    for (const auto& point : points_) {
      places.push_back(point.x + shift);
      places.push_back(point.y - shift);
    }
    return places;
  }
  template <typename Change>
  void time(const Change& change) {
    const auto begin = std::chrono::steady_clock::now();
    change();
    scatter_.repaint();
    milliseconds_.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  void tell(benchmark::State& state) {
    std::ranges::sort(milliseconds_);
    for (const int percentile : {50, 95, 99}) {
      const auto place = milliseconds_.size() * static_cast<std::size_t>(percentile) / 100;
      state.counters["p" + std::to_string(percentile)] =
          milliseconds_[std::min(place, milliseconds_.size() - 1)];
    }
  }

 private:
  std::vector<EmbeddingScatter::Point> points_;
  EmbeddingScatter scatter_;
  std::vector<double> milliseconds_;
};

QSize size_of(const benchmark::State& state) {
  return {static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
}

void dragged(benchmark::State& state) {
  Frames frames(size_of(state));
  const auto send = [&](QEvent::Type type, const QPointF& at) {
    QMouseEvent event(type, at, at, Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&frames.scatter(), &event);
  };
  send(QEvent::MouseButtonPress, {300, 300});
  double x = 0;
  for (auto _ : state) frames.time([&] { send(QEvent::MouseMove, {310 + (x += 1), 300}); });
  frames.tell(state);
}

void zoomed(benchmark::State& state) {
  Frames frames(size_of(state));
  int direction = 1;
  for (auto _ : state) {
    frames.time([&] {
      QWheelEvent event({300, 300}, {300, 300}, {}, {0, 120 * direction}, Qt::NoButton,
                        Qt::NoModifier, Qt::NoScrollPhase, false);
      QApplication::sendEvent(&frames.scatter(), &event);
    });
    direction = -direction;
  }
  frames.tell(state);
}

void hovered(benchmark::State& state) {
  Frames frames(size_of(state));
  double x = 0;
  for (auto _ : state) {
    frames.time([&] {
      const QPointF at(100 + (x += 1), 300);
      QMouseEvent event(QEvent::MouseMove, at, at, Qt::NoButton, Qt::NoButton, Qt::NoModifier);
      QApplication::sendEvent(&frames.scatter(), &event);
    });
  }
  frames.tell(state);
}

void film(benchmark::State& state) {
  Frames frames(size_of(state));
  const std::vector<float> places[] = {frames.places(0.f), frames.places(0.1f)};
  int next = 0;
  for (auto _ : state) frames.time([&] { frames.scatter().setPlaces(places[next ^= 1]); });
  frames.tell(state);
}

void certainty(benchmark::State& state) {
  Frames frames(size_of(state));
  std::vector<float> values;
  for (int i = 0; i < kPoints; ++i) values.push_back(static_cast<float>(i % 100) / 100.f);
  for (auto _ : state) frames.time([&] { frames.scatter().setValues(values); });
  frames.tell(state);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Args({900, 600})
      ->Args({3200, 1900})
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime()
      ->Iterations(300);
}
BENCHMARK(dragged)->Apply(sizes);
BENCHMARK(zoomed)->Apply(sizes);
BENCHMARK(hovered)->Apply(sizes);
BENCHMARK(film)->Apply(sizes);
BENCHMARK(certainty)->Apply(sizes);

}  // namespace
}  // namespace pretext

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
