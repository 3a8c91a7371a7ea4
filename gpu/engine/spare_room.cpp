#include "gpu/engine/spare_room.h"

#include "core/store/engine_lock.h"

#include <fcntl.h>
#include <unistd.h>

namespace pretext {
namespace {

constexpr off_t kBytes = 1 << 20;

}  // namespace

SpareRoom::SpareRoom(const std::filesystem::path& workspace, const std::string& device,
                     const std::string& lane)
    : file_(engine_file(workspace, device, lane, ".spare")) {
  take();
}

SpareRoom::~SpareRoom() {
  give_back();
}

void SpareRoom::take() {
  const int descriptor = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return;
  const bool taken = ::posix_fallocate(descriptor, 0, kBytes) == 0;
  ::close(descriptor);
  if (!taken) give_back();
}

void SpareRoom::give_back() {
  ::unlink(file_.c_str());
}

}  // namespace pretext
