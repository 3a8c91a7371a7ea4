#pragma once

#include "core/corpus/source_files.h"
#include "core/text/sentences.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pretext {

/// Where documents begin and end in a file.
enum class DocumentUnit { kAuto, kBlankLine, kFile, kRow, kLine };

/// How a text source is read.
struct TextSourceOptions {
  DocumentUnit documents = DocumentUnit::kAuto;
  std::string text_column;   ///< Of CSV, TSV, JSONL: a name, or a number from 1. Empty: recognised.
  std::string pair_column;   ///< The same; a second text of each row, of which it has to tell.
  std::string label_column;  ///< The same; empty: no labels from columns.
  std::string header = "auto";  ///< "auto", "yes", "no".
  std::string labels;           ///< "folders", "none"; empty chooses.
  ClassFolders classes = ClassFolders::kFirst;
};

/// A document as its source has it, not yet cleaned.
struct TextDocument {
  std::string text;
  std::string class_name;  ///< Empty without a label.
  std::string split;       ///< "train", "validation", "test", or empty: to be decided.
  std::string source;      ///< File, relative to the source, and line.
};

/// What was recognised, for people and for the record.
struct TextSourceLook {
  std::string kind;  ///< "folder of 12 text files", "CSV, column \"text\"", …
  DocumentUnit documents = DocumentUnit::kBlankLine;
  LineMeaning lines = LineMeaning::kParagraph;
  std::int64_t num_bytes = 0;        ///< Of the files as they lie on disk.
  std::vector<std::string> columns;  ///< Of a table: names, or numbers from 1; else empty.
  std::string text_column;           ///< The one of those that is read.
  bool has_pairs = false;            ///< A document is two texts, a line each.
  SourceFindings findings;
};

/// A text file, a folder of them, or rows of CSV, TSV or JSONL (all `.gz` too), read from front to
/// back in bounded memory.
class TextSource {
 public:
  virtual ~TextSource() = default;
  virtual const TextSourceLook& look() const = 0;
  /// False at the end. Throws UserError. What cannot be read is put into `skipped`.
  virtual bool next(TextDocument& document, std::vector<SkippedFile>& skipped) = 0;
  virtual std::int64_t bytes_read() const = 0;
  /// Begins again at the first document.
  virtual void rewind() = 0;
};

/// Whether a file is text by its name, or most files of a folder are.
bool looks_like_text(const std::filesystem::path& path);

/// Recognises what `path` is. Throws UserError when there is nothing to read, or a column is
/// missing, naming those there are.
std::unique_ptr<TextSource> open_text_source(const std::filesystem::path& path,
                                             const TextSourceOptions& options);

/// "blank-line", "file", "row", "line" or "auto".
std::string to_string(DocumentUnit unit);
/// The reverse. Throws UserError for another name.
DocumentUnit document_unit(const std::string& name);

}  // namespace pretext
