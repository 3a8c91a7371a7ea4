#include "gpu/engine/sleep_inhibitor.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <memory>
#include <systemd/sd-bus.h>
#include <unistd.h>

namespace pretext {
namespace {

/// A function of libsystemd by its name; null where the library or the function is missing. It is
/// opened at need, so that the engine starts on machines without it.
template <typename Function>
Function* find(void* library, const char* name) {
  return library ? reinterpret_cast<Function*>(::dlsym(library, name)) : nullptr;
}

}  // namespace

SleepInhibitor::SleepInhibitor() {
  const std::unique_ptr<void, int (*)(void*)> library(
      ::dlopen("libsystemd.so.0", RTLD_NOW | RTLD_LOCAL),
      [](void* handle) { return handle ? ::dlclose(handle) : 0; });
  const auto open = find<decltype(sd_bus_open_system)>(library.get(), "sd_bus_open_system");
  const auto call = find<decltype(sd_bus_call_method)>(library.get(), "sd_bus_call_method");
  const auto read = find<decltype(sd_bus_message_read)>(library.get(), "sd_bus_message_read");
  const auto drop = find<decltype(sd_bus_message_unref)>(library.get(), "sd_bus_message_unref");
  const auto close =
      find<decltype(sd_bus_flush_close_unref)>(library.get(), "sd_bus_flush_close_unref");
  if (!open || !call || !read || !drop || !close) return;
  sd_bus* bus = nullptr;
  if (open(&bus) < 0) return;
  sd_bus_message* reply = nullptr;
  const int called = call(bus, "org.freedesktop.login1", "/org/freedesktop/login1",
                          "org.freedesktop.login1.Manager", "Inhibit", nullptr, &reply, "ssss",
                          "sleep:idle", "Pretext", "A run is training", "block");
  int received = -1;
  // The message keeps the descriptor that it came with: a copy outlives it.
  if (called >= 0 && read(reply, "h", &received) >= 0)
    descriptor_ = ::fcntl(received, F_DUPFD_CLOEXEC, 3);
  if (reply) drop(reply);
  close(bus);
}

SleepInhibitor::~SleepInhibitor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace pretext
