#pragma once

#include "core/corpus/corpus.h"

#include <string>

namespace pretext {

/// The name of a sample's class; empty where it has none.
inline std::string class_name(const Corpus& corpus, std::int64_t position) {
  const auto label = corpus.label(position);
  if (label == Corpus::kNoLabel) return {};
  return corpus.record().classes[static_cast<std::size_t>(label)];
}

}  // namespace pretext
