#include "gpu/engine/complaint.h"

#include <c10/util/Exception.h>

#include <new>

namespace pretext {

std::string sentence_of(const std::exception& error) {
  const std::string text = error.what();
  const bool is_out_of_memory = dynamic_cast<const std::bad_alloc*>(&error) ||
                                dynamic_cast<const c10::OutOfMemoryError*>(&error) ||
                                text.find("DefaultCPUAllocator") != std::string::npos;
  if (is_out_of_memory) {
    return "Out of memory: halve training.batch_size, or set training.accumulation = 2.";
  }
  if (const auto* torch_error = dynamic_cast<const c10::Error*>(&error)) {
    return torch_error->what_without_backtrace();
  }
  return text;
}

}  // namespace pretext
