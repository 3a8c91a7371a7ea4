#pragma once

#include <filesystem>
#include <string>

namespace pretext {

struct EngineOptions {
  std::filesystem::path workspace;
  std::string device = "auto";  ///< Which jobs it may claim: those of this device.
  std::string lane = "train";   ///< "train" or "interactive"
};

/// Works off a workspace's queue, then returns. Throws UserError when another engine works there,
/// or the device cannot be used: the runs that asked for it have failed with the reason then.
void run_engine(const EngineOptions& options);

/// LibTorch's version and what it uses of this processor, for a bug report.
std::string libraries_in_words();

}  // namespace pretext
