#pragma once

#include <filesystem>
#include <string>

namespace pretext {

/// A little of the disk that an engine holds, so that it can still say so when the disk is full.
class SpareRoom {
 public:
  SpareRoom(const std::filesystem::path& workspace, const std::string& device,
            const std::string& lane);
  ~SpareRoom();
  SpareRoom(const SpareRoom&) = delete;
  SpareRoom& operator=(const SpareRoom&) = delete;

  /// Takes it, where there is room for it.
  void take();
  void give_back();

 private:
  std::filesystem::path file_;
};

}  // namespace pretext
