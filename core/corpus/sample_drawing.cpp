#include "core/corpus/sample_drawing.h"

#include "core/base/philox.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace pretext {
namespace {

constexpr int kSide = 32;
constexpr int kOversampling = 4;
constexpr int kFine = kSide * kOversampling;
constexpr float kPi = std::numbers::pi_v<float>;

struct Point {
  float x;
  float y;
};

/// A stream of draws for one picture.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t number)
      : at_{.seed = seed, .sample = number, .purpose = RandomPurpose::kDrawing} {}

  float between(float low, float high) { return uniform(next(), low, high); }
  bool flip() { return next() >> 31; }
  std::uint32_t next() {
    if (used_ == 4) {
      words_ = random_words(at_);
      ++at_.epoch;
      used_ = 0;
    }
    return words_.word[used_++];
  }

 private:
  RandomAddress at_;
  RandomWords words_{};
  int used_ = 4;
};

float radius(Point p) {
  return std::hypot(p.x, p.y);
}

bool in_polygon(Point p, std::initializer_list<Point> corners) {
  bool inside = false;
  const Point* previous = corners.end() - 1;
  for (const Point* corner = corners.begin(); corner != corners.end(); previous = corner++) {
    const bool crosses = (corner->y > p.y) != (previous->y > p.y);
    if (crosses && p.x < (previous->x - corner->x) * (p.y - corner->y) / (previous->y - corner->y) +
                             corner->x) {
      inside = !inside;
    }
  }
  return inside;
}

/// A star-shaped outline: radius as a wave of `teeth` periods between `inner` and `outer`.
bool in_toothed(Point p, int teeth, float inner, float outer, bool square_wave) {
  const float angle = std::atan2(p.y, p.x) * static_cast<float>(teeth) / (2.f * kPi);
  const float phase = angle - std::floor(angle);
  const float wave = square_wave ? (phase < 0.5f ? 1.f : 0.f) : std::fabs(2.f * phase - 1.f);
  return radius(p) < inner + (outer - inner) * wave;
}

struct Kind {
  const char* name;
  bool (*contains)(Point);  // In the object's own frame, about [-1, 1], y downwards.
};

constexpr std::array<Kind, 12> kKinds = {{
    {"disc", [](Point p) { return radius(p) < 0.8f; }},
    {"square", [](Point p) { return std::fabs(p.x) < 0.7f && std::fabs(p.y) < 0.7f; }},
    {"triangle",
     [](Point p) {
       return in_polygon(p, {{0, -0.9f}, {0.9f, 0.75f}, {-0.9f, 0.75f}});
     }},
    {"star", [](Point p) { return in_toothed(p, 5, 0.35f, 1.f, false); }},
    {"cross",
     [](Point p) {
       const float a = std::fabs(p.x);
       const float b = std::fabs(p.y);
       return (a < 0.28f && b < 0.9f) || (b < 0.28f && a < 0.9f);
     }},
    {"ring", [](Point p) { return radius(p) < 0.9f && radius(p) > 0.5f; }},
    {"crescent",
     [](Point p) {
       return radius(p) < 0.9f && radius({p.x - 0.4f, p.y}) > 0.72f;
     }},
    {"heart",
     [](Point p) {
       const float x = p.x * 1.25f;
       const float y = -p.y * 1.25f + 0.1f;
       const float a = x * x + y * y - 1.f;
       return a * a * a - x * x * y * y * y < 0.f;
     }},
    {"arrow",
     [](Point p) {
       return in_polygon(p, {{-0.9f, -0.22f},
                             {0.1f, -0.22f},
                             {0.1f, -0.7f},
                             {0.95f, 0},
                             {0.1f, 0.7f},
                             {0.1f, 0.22f},
                             {-0.9f, 0.22f}});
     }},
    {"house",
     [](Point p) {
       return in_polygon(p, {{0, -0.95f},
                             {0.9f, -0.1f},
                             {0.6f, -0.1f},
                             {0.6f, 0.8f},
                             {0.2f, 0.8f},
                             {0.2f, 0.2f},
                             {-0.2f, 0.2f},
                             {-0.2f, 0.8f},
                             {-0.6f, 0.8f},
                             {-0.6f, -0.1f},
                             {-0.9f, -0.1f}});
     }},
    {"bolt",
     [](Point p) {
       return in_polygon(p, {{0.15f, -1},
                             {-0.6f, 0.15f},
                             {-0.08f, 0.15f},
                             {-0.3f, 1},
                             {0.6f, -0.25f},
                             {0.05f, -0.25f},
                             {0.5f, -1}});
     }},
    {"gear", [](Point p) { return in_toothed(p, 8, 0.62f, 0.95f, true) && radius(p) > 0.25f; }},
}};

/// Smooth noise in about [-1, 1]: a few plane waves of random direction and phase.
struct Texture {
  std::array<std::array<float, 3>, 4> waves;
  float strength;

  Texture(Draws& draws, float low, float high, float most) : strength(draws.between(0.f, most)) {
    for (auto& wave : waves) {
      const float angle = draws.between(0.f, 2.f * kPi);
      const float frequency = draws.between(low, high);
      wave = {std::cos(angle) * frequency, std::sin(angle) * frequency,
              draws.between(0.f, 2.f * kPi)};
    }
  }
  float at(float x, float y) const {
    float sum = 0.f;
    for (const auto& wave : waves) sum += std::sin(wave[0] * x + wave[1] * y + wave[2]);
    return strength * sum * 0.25f;
  }
};

/// A brightness with a tint of at most 0.3 saturation.
struct Paint {
  std::array<float, 3> tint;
  float value;
  Texture texture;

  Paint(Draws& draws, float brightness, float low, float high)
      : value(brightness), texture(draws, low, high, 0.35f) {
    const float saturation = draws.between(0.f, 0.3f);
    const float hue = draws.between(0.f, 6.f);
    for (int c = 0; c < 3; ++c) {
      const float distance = std::fabs(std::fmod(hue + 2.f * static_cast<float>(c), 6.f) - 3.f);
      tint[static_cast<std::size_t>(c)] = 1.f - saturation * std::clamp(2.f - distance, 0.f, 1.f);
    }
  }
};

/// From the picture's frame into the object's.
struct Placement {
  float xx, xy, yx, yy, centre_x, centre_y;

  explicit Placement(Draws& draws) {
    const float scale = draws.between(0.45f, 0.85f);
    const float angle = draws.between(-25.f, 25.f) * kPi / 180.f;
    const float shear = draws.between(-0.3f, 0.3f);
    const float room = 1.05f - scale;
    centre_x = draws.between(-room, room);
    centre_y = draws.between(-room, room);
    const float cosine = std::cos(angle) / scale;
    const float sine = std::sin(angle) / scale;
    xx = cosine + shear * sine;
    xy = sine - shear * cosine;
    yx = -sine;
    yy = cosine;
  }
  Point into(float x, float y) const {
    const float dx = x - centre_x;
    const float dy = y - centre_y;
    return {xx * dx + xy * dy, yx * dx + yy * dy};
  }
};

class DrawnSource final : public ImageSource {
 public:
  DrawnSource(std::int64_t count, std::uint64_t seed, const std::string& split) : seed_(seed) {
    for (std::int64_t i = 0; i < count; ++i) {
      origins_.push_back({"drawn#" + std::to_string(i),
                          kKinds[static_cast<std::size_t>(i) % kKinds.size()].name, split});
    }
  }
  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  std::string kind() const override { return "drawn"; }

  OwnedImage read(std::size_t number) const override {
    Draws draws(seed_, number);
    const auto& kind = kKinds[number % kKinds.size()];
    const Placement placement(draws);
    const bool light_on_dark = draws.flip();
    const float dark = draws.between(0.1f, 0.4f);
    const float light = dark + draws.between(0.25f, 0.5f);
    const Paint object(draws, light_on_dark ? light : dark, 2.f, 12.f);
    const Paint background(draws, light_on_dark ? dark : light, 2.f, 12.f);
    const float light_angle = draws.between(0.f, 2.f * kPi);
    const float light_strength = draws.between(0.f, 0.35f);

    std::array<float, 3 * kSide * kSide> sum{};
    for (int y = 0; y < kFine; ++y) {
      for (int x = 0; x < kFine; ++x) {
        const float fx = (static_cast<float>(x) + 0.5f) * 2.f / kFine - 1.f;
        const float fy = (static_cast<float>(y) + 0.5f) * 2.f / kFine - 1.f;
        const Paint& paint = kind.contains(placement.into(fx, fy)) ? object : background;
        const float shade =
            1.f + light_strength * (std::cos(light_angle) * fx + std::sin(light_angle) * fy);
        const float value = (paint.value + 0.5f * paint.texture.at(fx, fy)) * shade;
        float* pixel =
            &sum[static_cast<std::size_t>(3 * ((y / kOversampling) * kSide + x / kOversampling))];
        for (int c = 0; c < 3; ++c)
          pixel[c] += std::clamp(value * paint.tint[static_cast<std::size_t>(c)], 0.f, 1.f);
      }
    }
    OwnedImage image;
    image.width = image.height = kSide;
    image.channels = 3;
    image.pixels.resize(sum.size());
    for (std::size_t i = 0; i < sum.size(); ++i) {
      const float mean = sum[i] / (kOversampling * kOversampling);
      image.pixels[i] = static_cast<std::byte>(std::lround(255.f * mean));
    }
    return image;
  }

 private:
  std::uint64_t seed_;
  std::vector<ImageOrigin> origins_;
};

}  // namespace

std::unique_ptr<ImageSource> draw_sample_images(std::int64_t count, std::uint64_t seed,
                                                const std::string& split) {
  return std::make_unique<DrawnSource>(count, seed, split);
}

}  // namespace pretext
