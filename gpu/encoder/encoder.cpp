#include "gpu/encoder/encoder.h"

#include "gpu/encoder/resnet.h"
#include "gpu/encoder/vit.h"

namespace pretext {

std::shared_ptr<Encoder> make_encoder(const EncoderShape& shape) {
  if (shape.kind.family == EncoderFamily::kResNet) return std::make_shared<ResNet>(shape);
  return std::make_shared<VisionTransformer>(shape);
}

}  // namespace pretext
