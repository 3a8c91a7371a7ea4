#pragma once

#include "core/spec/field.h"

#include <string>
#include <utility>

namespace pretext {

/// A field that holds a share or a probability, 0 to 1.
inline Field share_field(std::string key, double fallback, std::string label, std::string help) {
  return {.key = std::move(key),
          .kind = FieldKind::kReal,
          .fallback = fallback,
          .low = 0,
          .high = 1,
          .label = std::move(label),
          .help = std::move(help)};
}

}  // namespace pretext
