#pragma once

#include <exception>
#include <string>

namespace pretext {

/// What went wrong, in one sentence, without LibTorch's stack.
std::string sentence_of(const std::exception& error);

}  // namespace pretext
