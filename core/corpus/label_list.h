#pragma once

#include "core/store/corpus_store.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace pretext {

/// Names of samples and classes, in the order of a list; a row without a class has an empty one.
using LabelRows = std::vector<std::pair<std::string, std::string>>;

/// Reads a CSV of file names and classes, quoted as RFC 4180 has it; blanks around a field go. With
/// a header ("file", "path", "filename" or "image", or "id" and "name" beside a column of classes;
/// "class" or "label") it may have further columns, without one it has these two. Throws UserError
/// that names the line.
LabelRows read_label_csv(const std::filesystem::path& file);

/// The samples that a list is of.
enum class CorpusPart { kAny, kTrain, kTest };  ///< Validation is of the training part.

/// "train", "test", or empty for any. Throws UserError for another name.
CorpusPart corpus_part(const std::string& name);

/// A sample that a list may name.
struct NamedSample {
  std::string name;
  bool is_test = false;
};

/// What a list says of samples.
struct LabelMatch {
  std::map<std::int64_t, std::string> classes;  ///< Of samples, by their positions.
  std::vector<std::string> unknown;             ///< Names of the list that no sample has.
  std::int64_t num_without_class = 0;           ///< Rows; their samples stay as they are.

  /// A sentence for each kind of row that was not taken; empty where all were.
  std::string left_out() const;
};

/// Finds the samples that a list names: by their whole names; else "./" before it, the ending, or
/// the folders before or behind `source` may be missing or too many, where one sample alone is
/// meant. Throws UserError where a sample gets two classes, a name stands in both parts and none is
/// said, or no name is known.
LabelMatch match_labels(const LabelRows& rows, const std::vector<NamedSample>& samples,
                        CorpusPart part, const std::string& source);

/// Attaches the labels of a list to a corpus. Throws UserError as `match_labels` does; then nothing
/// is changed.
LabelMatch attach_labels(Database& database, const CorpusRecord& corpus, const LabelRows& rows,
                         CorpusPart part = CorpusPart::kAny);

}  // namespace pretext
