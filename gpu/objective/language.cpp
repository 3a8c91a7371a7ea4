#include "gpu/objective/language.h"

#include <c10/util/Exception.h>

namespace pretext {

TextEncoder& LanguageObjective::text_encoder(Encoder& encoder, const Batch& batch) {
  auto* text = dynamic_cast<TextEncoder*>(&encoder);
  TORCH_CHECK(text && batch.is_text(), "language modelling needs text and an encoder of it");
  return *text;
}

}  // namespace pretext
