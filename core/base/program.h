#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pretext {

/// What a program printed, on both of its outputs, without line ends at the end.
struct ProgramAnswer {
  std::string text;
  bool succeeded = false;  ///< It could be started and ended with 0.
};

/// Runs a program to its end, by its path and without a shell, so that no character of a path means
/// anything. Of what it prints the first `most` bytes are kept.
ProgramAnswer answer_of_program(const std::filesystem::path& program,
                                const std::vector<std::string>& arguments, std::size_t most = 1000);

}  // namespace pretext
