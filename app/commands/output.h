#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace pretext {

/// The one door to the terminal: for as long as it lives, what goes to std::cout and std::cerr is
/// made printable, whoever wrote it first.
class PrintableOutput {
 public:
  PrintableOutput();
  ~PrintableOutput();
  PrintableOutput(const PrintableOutput&) = delete;
  PrintableOutput& operator=(const PrintableOutput&) = delete;

  /// Writes out what waits. Throws UserError when standard output did not take all of it: a full
  /// disk, a closed pipe.
  void finish();

 private:
  class Buffer;
  std::unique_ptr<Buffer> out_, error_;
};

constexpr int kOneLine = -1;  ///< An indent.

/// Prints a document on standard output, `indent` blanks a level, else on one line.
void printJson(const nlohmann::ordered_json& document, int indent = 2);

}  // namespace pretext
