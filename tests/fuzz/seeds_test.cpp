#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <vector>

#include "tests/fuzz/targets.h"

// What the fuzzers begin with, and what they once found, goes through the same functions always.
namespace pretext {

/// So that ctest names the cases.
void PrintTo(const FuzzTarget& target, std::ostream* stream) {
  *stream << target.name;
}

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> inputs(const std::string& kind, const std::string& target) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry :
       fs::directory_iterator(fs::path(PRETEXT_ROOT) / "tests/fuzz" / kind / target, error))
    files.push_back(entry.path());
  return files;
}

std::vector<std::uint8_t> content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class FuzzInputs : public testing::TestWithParam<FuzzTarget> {};

TEST_P(FuzzInputs, SeedsAreTaken) {
  const auto seeds = inputs("seeds", GetParam().name);
  ASSERT_FALSE(seeds.empty()) << "a fuzzer without a seed finds little";
  for (const auto& seed : seeds) EXPECT_TRUE(takes(GetParam(), content(seed))) << seed;
}

TEST_P(FuzzInputs, WhatWasFoundIsTakenOrRefusedInWordsAndSoon) {
  for (const auto& file : inputs("regressions", GetParam().name)) {
    SCOPED_TRACE(file);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_NO_THROW(takes(GetParam(), content(file)));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, FuzzInputs,
                         testing::ValuesIn(fuzz_targets().begin(), fuzz_targets().end()),
                         [](const auto& info) { return info.param.name; });

/// No folder of inputs is left that nobody reads.
TEST(FuzzInputFolders, AreOfTargets) {
  for (const auto* kind : {"seeds", "regressions"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(PRETEXT_ROOT) / "tests/fuzz" / kind)) {
      const auto name = entry.path().filename().string();
      EXPECT_TRUE(std::ranges::any_of(fuzz_targets(), [&](const FuzzTarget& target) {
        return target.name == name;
      })) << entry.path();
    }
  }
}

}  // namespace
}  // namespace pretext
