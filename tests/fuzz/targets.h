#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace pretext {

/// A parser of what others write, fed with bytes: from a file where it reads files.
struct FuzzTarget {
  std::string name;
  std::function<void(std::span<const std::uint8_t>)> run;
};

/// All of them. Their folders of inputs have their names: `seeds/NAME`, `regressions/NAME`.
std::span<const FuzzTarget> fuzz_targets();

/// Runs a target; true where it took the bytes, false where it refused them in words (UserError).
/// Anything else that it throws is a finding, and so is a crash.
bool takes(const FuzzTarget& target, std::span<const std::uint8_t> bytes);

/// Adds up what was read, so that reading past the end is seen by sanitizers and nothing is left
/// out by the compiler.
void look_at_all(std::span<const std::byte> bytes);
template <typename Value>
void look_at_all(std::span<const Value> values) {
  look_at_all(std::as_bytes(values));
}

/// A folder of this process, removed at its end.
const std::string& fuzz_folder();
/// Writes the bytes into a file of that name in `fuzz_folder()`; gives its path.
std::string put(const std::string& name, std::span<const std::uint8_t> bytes);

/// Those of `packed_targets.cpp`: files of a workspace.
void run_packed_images(std::span<const std::uint8_t> bytes);
void run_packed_text(std::span<const std::uint8_t> bytes);
void run_packed_series(std::span<const std::uint8_t> bytes);
void run_stored_blobs(std::span<const std::uint8_t> bytes);

}  // namespace pretext
