#pragma once

#include "core/corpus/image_source.h"

#include <string>
#include <vector>

namespace pretext {

/// A first look at a source, before anything is read in full.
struct SourceLook {
  std::string kind;  ///< "folder", "IDX" or "CIFAR"
  std::int64_t num_images = 0;
  std::vector<std::string> classes;  ///< In the order that the corpus will have; empty: no labels.
  std::int64_t num_test = 0;         ///< Of a test part that was recognised.
  std::int64_t num_validation = 0;
  std::int64_t packed_bytes = 0;     ///< What the packed form will need, from the pictures below.
  std::vector<OwnedImage> pictures;  ///< A few, spread over the source, at their packed size.
  std::vector<std::string> notes;    ///< `SourceFindings::notes`.
  std::string complaint;             ///< Why the first unreadable one of those could not be read.
};

/// Does not list the source again; reads a few pictures.
SourceLook look_at(const ImageSource& source);

/// The names of classes in their order: numbers before words, numbers by value and then as
/// texts: "1" and "01" are two.
std::vector<std::string> ordered_classes(std::vector<std::string> names);

/// The same source as a test part: every picture of it is "test".
std::unique_ptr<ImageSource> as_test_part(std::unique_ptr<ImageSource> source);

}  // namespace pretext
