#include "core/corpus/text_source.h"

#include "core/base/error.h"
#include "core/corpus/source_files.h"
#include "core/corpus/text_readers.h"

#include <algorithm>
#include <array>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<DocumentUnit, const char*>, 5> kUnits = {
    {{DocumentUnit::kAuto, "auto"},
     {DocumentUnit::kBlankLine, "blank-line"},
     {DocumentUnit::kFile, "file"},
     {DocumentUnit::kRow, "row"},
     {DocumentUnit::kLine, "line"}}};

bool is_text_file(const fs::path& file) {
  static constexpr std::array kEndings = {".txt", ".text",  ".md",     ".csv", ".tsv",
                                          ".tab", ".jsonl", ".ndjson", ".log", ".tokens",
                                          ".rst", ".html",  ".htm"};
  const auto name = plain_name(file);
  return std::ranges::any_of(kEndings, [&](const char* ending) { return name.ends_with(ending); });
}

class FileListSource final : public TextSource {
 public:
  FileListSource(SourceFiles found, TextSourceOptions options)
      : files_(std::move(found.files)), options_(std::move(options)) {
    look_.findings = std::move(found.findings);
    const auto first = open_text_reader(files_.front().path, options_, files_.size() > 1);
    look_.documents = first->documents();
    look_.lines = first->lines();
    look_.kind = first->kind();
    look_.columns = first->columns();
    look_.text_column = first->text_column();
    look_.has_pairs = !options_.pair_column.empty();
    if (files_.size() > 1)
      look_.kind = "folder of " + std::to_string(files_.size()) + " files, " + look_.kind;
    // Files of a kind are read alike.
    if (options_.documents == DocumentUnit::kAuto && first->documents() != DocumentUnit::kRow)
      options_.documents = first->documents();
    for (const auto& file : files_)
      look_.num_bytes += static_cast<std::int64_t>(fs::file_size(file.path));
  }

  const TextSourceLook& look() const override { return look_; }

  std::int64_t bytes_read() const override {
    return bytes_done_ + (reader_ ? reader_->bytes_read() : 0);
  }

  void rewind() override {
    reader_.reset();
    position_ = 0;
    bytes_done_ = 0;
  }

  bool next(TextDocument& document, std::vector<SkippedFile>& skipped) override {
    while (position_ < files_.size()) {
      const auto& file = files_[position_];
      try {
        if (!reader_) reader_ = open_text_reader(file.path, options_, files_.size() > 1);
        document = {};
        const auto num_skipped = skipped.size();
        const bool has_any = reader_->next(document, skipped);
        for (auto i = num_skipped; i < skipped.size(); ++i)
          skipped[i].path = file.name + ":" + skipped[i].path;
        if (has_any) {
          if (document.class_name.empty()) document.class_name = file.class_name;
          document.split = file.split;
          document.source = file.name + (document.source.empty() ? "" : ":" + document.source);
          return true;
        }
      } catch (const UserError& error) {
        if (files_.size() == 1) throw;
        skipped.push_back({file.name, error.what()});
      }
      bytes_done_ += static_cast<std::int64_t>(fs::file_size(file.path));
      reader_.reset();
      ++position_;
    }
    return false;
  }

 private:
  std::vector<SourceFile> files_;
  TextSourceOptions options_;
  TextSourceLook look_;
  std::size_t position_ = 0;
  std::unique_ptr<TextReader> reader_;
  std::int64_t bytes_done_ = 0;
};

}  // namespace

std::string to_string(DocumentUnit unit) {
  return std::ranges::find(kUnits, unit, &std::pair<DocumentUnit, const char*>::first)->second;
}

DocumentUnit document_unit(const std::string& name) {
  for (const auto& [unit, own] : kUnits) {
    if (name == own) return unit;
  }
  throw UserError("--documents takes auto, blank-line, file, row or line, got \"" + name + "\".");
}

bool looks_like_text(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return is_text_file(path);
  const auto files = some_files(path);
  return 2 * std::ranges::count_if(files, is_text_file) > std::ssize(files);
}

std::unique_ptr<TextSource> open_text_source(const fs::path& path,
                                             const TextSourceOptions& options) {
  auto files = list_source_files(path, is_text_file, options.labels != "none",
                                 "text among them: choose a folder of .txt, .md, .csv, .tsv or "
                                 ".jsonl files (.gz too)",
                                 options.classes);
  return std::make_unique<FileListSource>(std::move(files), options);
}

}  // namespace pretext
