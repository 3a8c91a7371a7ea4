#include "core/base/machine.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <pwd.h>
#include <regex>
#include <unistd.h>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr int kLeastDriver = 580;  // Of CUDA 13.

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string first_match(const std::string& text, const std::string& pattern) {
  std::smatch match;
  return std::regex_search(text, match, std::regex(pattern)) ? match[1].str() : std::string();
}

bool has_nvidia_hardware(const fs::path& root) {
  std::error_code error;
  for (const auto& device : fs::directory_iterator(root / "sys/bus/pci/devices", error)) {
    const bool is_display = text_of(device.path() / "class").starts_with("0x03");
    if (is_display && text_of(device.path() / "vendor").starts_with("0x10de")) return true;
  }
  return false;
}

}  // namespace

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  file >> id;
  return id;
}

std::string user_name() {
  std::array<char, 4096> text{};
  struct passwd entry {};
  struct passwd* found = nullptr;
  const auto id = ::getuid();
  if (::getpwuid_r(id, &entry, text.data(), text.size(), &found) == 0 && found)
    return found->pw_name;
  return std::to_string(id);
}

std::int64_t machine_memory_bytes() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  return pages > 0 ? std::int64_t{pages} * ::sysconf(_SC_PAGESIZE) : 0;
}

GpuDriver read_gpu_driver(const fs::path& root) {
  const auto driver_folder = root / "proc/driver/nvidia";
  GpuDriver driver;
  driver.version =
      first_match(text_of(driver_folder / "version"), R"(Kernel Module.*?([0-9]{3,}(\.[0-9]+)+))");
  std::error_code error;
  for (const auto& gpu : fs::directory_iterator(driver_folder / "gpus", error)) {
    const auto model = first_match(text_of(gpu.path() / "information"), "Model:\\s*([^\\n]+)");
    if (!model.empty()) driver.gpus.push_back(model);
  }
  std::ranges::sort(driver.gpus);
  if (!driver.version.empty() && std::stoi(driver.version) < kLeastDriver) {
    driver.why_not = "the NVIDIA driver is " + driver.version + " and CUDA 13 needs " +
                     std::to_string(kLeastDriver) + " or newer";
  } else if (!fs::exists(root / "dev/nvidiactl")) {
    driver.why_not = has_nvidia_hardware(root) ? "the NVIDIA GPU has no driver; CUDA 13 needs " +
                                                     std::to_string(kLeastDriver) + " or newer"
                                               : "this machine has no NVIDIA GPU";
  }
  return driver;
}

std::string in_words(const GpuDriver& driver) {
  if (!driver.why_not.empty()) return driver.why_not + ": runs use the CPU";
  std::string text;
  for (const auto& gpu : driver.gpus) text += (text.empty() ? "" : ", ") + gpu;
  if (text.empty()) text = "an NVIDIA GPU";
  return driver.version.empty() ? text : text + ", driver " + driver.version;
}

}  // namespace pretext
