#pragma once

#include "core/ingest/codecs.h"

#include <string_view>

namespace pretext {

/// Orientation 1 to 8 by the EXIF block of a JPEG, PNG or WebP file; 1 without one.
int exif_orientation(Bytes bytes);

/// Whether a PNG has a chunk of this kind, of four letters.
bool has_png_chunk(Bytes bytes, std::string_view kind);

}  // namespace pretext
