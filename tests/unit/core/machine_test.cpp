#include "core/base/machine.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;

/// The files that a driver of a version leaves, under a folder.
void install_driver(const fs::path& root, const std::string& version) {
  fs::create_directories(root / "proc/driver/nvidia/gpus/0000:01:00.0");
  fs::create_directories(root / "dev");
  std::ofstream(root / "dev/nvidiactl") << "";
  std::ofstream(root / "proc/driver/nvidia/version")
      << "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  " << version
      << "  Release Build  (dvs)\nGCC version:  gcc version 12.2.0\n";
  std::ofstream(root / "proc/driver/nvidia/gpus/0000:01:00.0/information")
      << "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 16\n";
}

TEST(GpuDriverTest, NamesWhatItFoundAndAGoodDriverCanBeUsed) {
  const TemporaryFolder folder;
  install_driver(folder.path(), "580.65.06");
  const auto driver = read_gpu_driver(folder.path());
  EXPECT_EQ(driver.version, "580.65.06");
  EXPECT_EQ(driver.gpus, std::vector<std::string>{"NVIDIA H100 80GB HBM3"});
  EXPECT_EQ(driver.why_not, "");
  EXPECT_EQ(in_words(driver), "NVIDIA H100 80GB HBM3, driver 580.65.06");
}

TEST(GpuDriverTest, SaysWhyAGpuCannotBeUsed) {
  const TemporaryFolder none;
  EXPECT_EQ(read_gpu_driver(none.path()).why_not, "this machine has no NVIDIA GPU");
  EXPECT_EQ(in_words(read_gpu_driver(none.path())),
            "this machine has no NVIDIA GPU: runs use the CPU");
  const TemporaryFolder old;
  install_driver(old.path(), "550.54.14");
  EXPECT_EQ(read_gpu_driver(old.path()).why_not,
            "the NVIDIA driver is 550.54.14 and CUDA 13 needs 580 or newer");
  const TemporaryFolder bare;
  const auto device = bare.path() / "sys/bus/pci/devices/0000:01:00.0";
  fs::create_directories(device);
  std::ofstream(device / "class") << "0x030200\n";
  std::ofstream(device / "vendor") << "0x10de\n";
  EXPECT_EQ(read_gpu_driver(bare.path()).why_not,
            "the NVIDIA GPU has no driver; CUDA 13 needs 580 or newer");
}

}  // namespace
}  // namespace pretext
