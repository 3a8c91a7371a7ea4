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

/// One that says how often something happens.
inline Field probability_field(std::string key, double fallback, std::string label,
                               std::string help) {
  auto field = share_field(std::move(key), fallback, std::move(label), std::move(help));
  field.unit = "probability";
  return field;
}

}  // namespace pretext
