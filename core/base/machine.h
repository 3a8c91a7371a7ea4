#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace pretext {

/// Memory of this machine, bytes; 0 where the system does not tell.
std::int64_t machine_memory_bytes();

/// What tells one start of this machine from another; empty where the system does not tell.
std::string boot_id();

/// Login name of whoever runs this program; their number where it has no name.
std::string user_name();

/// What the system says of NVIDIA GPUs, without loading any library of theirs.
struct GpuDriver {
  std::vector<std::string> gpus;  ///< Models; empty where the driver does not list them.
  std::string version;            ///< E.g. "580.65.06"; empty where it is not told.
  std::string why_not;            ///< Why no GPU can be used, as a clause; empty: one can.
};

/// `root`: where `/proc`, `/sys` and `/dev` are, for tests.
GpuDriver read_gpu_driver(const std::filesystem::path& root = "/");

/// "NVIDIA H100, driver 580.65.06", or why runs use the CPU.
std::string in_words(const GpuDriver& driver);

}  // namespace pretext
