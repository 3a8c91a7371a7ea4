#pragma once

#include <cstddef>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace pretext {

/// What JSON may cost: beyond it, a small text would use up the stack or the memory.
struct JsonLimits {
  std::size_t depth = 64;          ///< Lists and objects within each other.
  std::size_t values = 4'000'000;  ///< Of all lists and objects together.
  /// Of numbers, either way: where a whole one is asked for, a larger one would become anything.
  double largest = 0x1p63;
};

inline constexpr JsonLimits kAnyNumber = {.largest = std::numeric_limits<double>::infinity()};

/// Reads JSON that others may have written: every text from a file and every column of a workspace
/// goes through here. `what` begins the sentence of a refusal, e.g. "The tokenizer a.json", and
/// `advice` ends it. Throws UserError for what is no JSON, goes beyond `limits` or names a member
/// of an object twice. Whoever looks at each number itself sets no limit to them (`kAnyNumber`).
nlohmann::json parse_json(std::string_view text, const std::string& what,
                          const std::string& advice = "fetch it again",
                          const JsonLimits& limits = {});

/// The same with members in their order. Finding one takes time that grows with their number: for
/// documents of our own.
nlohmann::ordered_json parse_ordered_json(std::string_view text, const std::string& what,
                                          const std::string& advice = "fetch it again");

/// One of many texts, such as a line of JSONL: nothing where it is no JSON or goes beyond `limits`;
/// of members of one name the last.
std::optional<nlohmann::json> find_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace pretext
