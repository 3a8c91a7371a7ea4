#include "core/base/error.h"
#include "core/ingest/codecs.h"
#include "core/ingest/exif.h"

#include <cstring>
#include <memory>
#include <webp/decode.h>
#include <webp/demux.h>

namespace pretext {
namespace {

/// Of an animation the first picture, on its canvas.
cv::Mat first_of_animation(Bytes bytes) {
  WebPAnimDecoderOptions options;
  WebPAnimDecoderOptionsInit(&options);
  options.color_mode = MODE_RGBA;
  const WebPData data = {bytes.data(), bytes.size()};
  const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> animation(
      WebPAnimDecoderNew(&data, &options), &WebPAnimDecoderDelete);
  WebPAnimInfo canvas;
  unsigned char* frame = nullptr;
  int moment_ms = 0;
  if (!animation || !WebPAnimDecoderGetInfo(animation.get(), &canvas) ||
      !WebPAnimDecoderGetNext(animation.get(), &frame, &moment_ms))
    throw UserError("is cut off or damaged");
  return cv::Mat(static_cast<int>(canvas.canvas_height), static_cast<int>(canvas.canvas_width),
                 CV_8UC4, frame)
      .clone();
}

}  // namespace

DecodedPicture decode_webp(Bytes bytes, const Admit& admit) {
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(bytes.data(), bytes.size(), &features) != VP8_STATUS_OK)
    throw UserError("is cut off or damaged");
  admit(features.width, features.height);
  DecodedPicture picture;
  picture.orientation = exif_orientation(bytes);
  if (features.has_animation) {
    picture.pixels = first_of_animation(bytes);
    picture.is_first_of_several = true;
    return picture;
  }
  auto& pixels = picture.pixels;
  pixels.create(features.height, features.width, features.has_alpha ? CV_8UC4 : CV_8UC3);
  const auto decode = features.has_alpha ? &WebPDecodeRGBAInto : &WebPDecodeRGBInto;
  if (!decode(bytes.data(), bytes.size(), pixels.data, pixels.step[0] * pixels.size[0],
              static_cast<int>(pixels.step[0])))
    throw UserError("is cut off or damaged");
  return picture;
}

}  // namespace pretext
