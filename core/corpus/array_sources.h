#pragma once

#include "core/corpus/image_source.h"

namespace pretext {

/// One IDX file of images (u8, 3 dimensions), `.gz` too. `labels`: an IDX file, "none", or empty:
/// the file of the same name with "labels-idx1" in place of "images-idx3" when it is there.
std::unique_ptr<ImageSource> open_idx_source(const std::filesystem::path& file,
                                             const std::string& labels);

/// A folder with IDX pairs named as MNIST's (`train-images-idx3-ubyte`, `t10k-…`): training and
/// test parts. Null when there is none.
std::unique_ptr<ImageSource> open_idx_folder(const std::filesystem::path& folder,
                                             const std::string& labels);

/// A folder with CIFAR-10 (`data_batch_N.bin`, `test_batch.bin`) or CIFAR-100 binaries
/// (`train.bin`, `test.bin`), `.gz` too. Null when there is none.
/// `labels`: "none" leaves the classes out.
std::unique_ptr<ImageSource> open_cifar_source(const std::filesystem::path& folder,
                                               const std::string& labels);

}  // namespace pretext
