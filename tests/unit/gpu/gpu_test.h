#pragma once

#include "gpu/training/device.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace pretext {

/// A test that needs a GPU, and skips where there is none.
class GpuTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);  // As the engine does.
    // Through the engine's own door, which loads LibTorch's CUDA half.
    if (!choose_device("auto").is_cuda()) GTEST_SKIP() << "this machine has no usable GPU";
  }
};

}  // namespace pretext
