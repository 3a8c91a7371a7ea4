#pragma once

#include "core/augment/view_sampling.h"
#include "core/corpus/packed_images.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pretext {

/// Maps values in [0, 1] to what the encoder sees: (value - mean) / deviation, per channel.
struct Normalisation {
  float mean[4] = {0, 0, 0, 0};
  float deviation[4] = {1, 1, 1, 1};
};

/// The CPU form of a view: pixels and drawn parameters in, planar floats out.
///
/// One object a thread: it keeps its scratch memory between calls. Values follow torchvision 0.26
/// (v2, antialiased): crop and resize within 2/255, colour and blur within 1/255.
class ViewRenderer {
 public:
  /// Renders into `output`, shape (channels, size, size), values in [0, 1], not normalised. A grey
  /// image is repeated where `channels` is 3; a colour image is refused by an assertion where it
  /// is 1.
  void render(const ImageView& image, const ViewRecipe& recipe, const ViewParameters& drawn,
              int channels, ValueWindow window, float* output);

 private:
  struct Taps {
    std::vector<std::int32_t> first;  // First source pixel of each output pixel.
    std::vector<float> weights;       // `count` for each output pixel.
    int count = 0;
  };
  void make_taps(int source, int target, bool mirrored, bool bicubic, Taps& taps);
  template <typename Pixel>
  void resize(const ImageView& image, const ViewRecipe& recipe, const ViewParameters& drawn,
              ValueWindow window, float* output);
  void rotate(float* plane, int size, float degrees);
  void blur(float* plane, int size, float sigma);

  Taps horizontal_;
  Taps vertical_;
  std::vector<float> row_;
  std::vector<float> scratch_;
};

/// (value - mean) / deviation in place; `image` has shape (channels, pixels).
void normalise(float* image, int channels, std::int64_t pixels, const Normalisation& by);

}  // namespace pretext
