#pragma once

#include "core/encoder/text_encoder.h"

#include <filesystem>

namespace pretext {

/// What the `config.json` in a folder of Hugging Face's says of a BERT or a GPT-2. Throws
/// UserError, naming the setting, for another architecture, for values of the wrong kind and for
/// sizes beyond what an experiment takes.
TextEncoderShape read_hugging_face_config(const std::filesystem::path& folder);

}  // namespace pretext
