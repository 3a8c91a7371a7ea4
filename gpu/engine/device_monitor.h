#pragma once

#include <optional>

namespace pretext {

/// How busy and how full a GPU is, as its driver tells (NVML). Nothing on a CPU, or where the
/// driver does not tell.
class DeviceMonitor {
 public:
  /// `ordinal`: CUDA's number of the GPU; negative for the CPU.
  explicit DeviceMonitor(int ordinal);
  ~DeviceMonitor();
  DeviceMonitor(const DeviceMonitor&) = delete;
  DeviceMonitor& operator=(const DeviceMonitor&) = delete;

  struct Reading {
    double busy_percent;  ///< Of the time since the last sample, some kernel was running.
    double memory_mb;     ///< In use, by all programs.
  };
  std::optional<Reading> read() const;

 private:
  void* library_ = nullptr;
  void* device_ = nullptr;
};

}  // namespace pretext
