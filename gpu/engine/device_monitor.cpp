#include "gpu/engine/device_monitor.h"

#include <cuda_runtime_api.h>
#include <dlfcn.h>
#include <nvml.h>

namespace pretext {
namespace {

/// A function of NVML by its name, called with its own type; an error where it is missing.
template <typename Function, typename... Arguments>
nvmlReturn_t call(void* library, const char* name, Arguments... arguments) {
  const auto function = reinterpret_cast<Function*>(::dlsym(library, name));
  return function ? function(arguments...) : NVML_ERROR_FUNCTION_NOT_FOUND;
}

}  // namespace

DeviceMonitor::DeviceMonitor(int ordinal) {
  char bus_id[32];
  if (ordinal < 0 || cudaDeviceGetPCIBusId(bus_id, sizeof bus_id, ordinal) != cudaSuccess) return;
  library_ = ::dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library_ || call<decltype(nvmlInit_v2)>(library_, "nvmlInit_v2") != NVML_SUCCESS) return;
  nvmlDevice_t device = nullptr;
  // NVML and CUDA count the GPUs in different orders: the bus says which is meant.
  const auto found = call<decltype(nvmlDeviceGetHandleByPciBusId_v2)>(
      library_, "nvmlDeviceGetHandleByPciBusId_v2", static_cast<const char*>(bus_id), &device);
  if (found == NVML_SUCCESS) device_ = device;
}

DeviceMonitor::~DeviceMonitor() {
  if (library_) ::dlclose(library_);
}

std::optional<DeviceMonitor::Reading> DeviceMonitor::read() const {
  if (!device_) return std::nullopt;
  const auto device = static_cast<nvmlDevice_t>(device_);
  nvmlUtilization_t busy{};
  nvmlMemory_t memory{};
  const bool known =
      call<decltype(nvmlDeviceGetUtilizationRates)>(library_, "nvmlDeviceGetUtilizationRates",
                                                    device, &busy) == NVML_SUCCESS &&
      call<decltype(nvmlDeviceGetMemoryInfo)>(library_, "nvmlDeviceGetMemoryInfo", device,
                                              &memory) == NVML_SUCCESS;
  if (!known) return std::nullopt;
  return Reading{static_cast<double>(busy.gpu), static_cast<double>(memory.used) / (1 << 20)};
}

}  // namespace pretext
