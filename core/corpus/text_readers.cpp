#include "core/corpus/text_readers.h"

#include "core/base/error.h"
#include "core/base/json_file.h"
#include "core/corpus/table_columns.h"
#include "core/text/record_reader.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLookBytes = std::size_t{1} << 20;

bool is_blank(const std::string& line) {
  return std::ranges::all_of(line, [](char c) { return c == ' ' || c == '\t'; });
}

/// The first lines of a file, up to a megabyte.
std::string first_lines(const fs::path& file) {
  LineReader lines(file);
  std::string text;
  for (std::string line; text.size() < kLookBytes && lines.next(line);) text += line + "\n";
  return text;
}

/// Whether a line of blanks or nothing stands between two others; at the ends it parts nothing.
bool parts_by_blank_lines(const std::string& text) {
  bool has_words = false;
  bool has_blank_line = false;  // Below the words.
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const bool blank = is_blank(text.substr(at, end - at));
    if (!blank && has_blank_line) return true;
    has_words = has_words || !blank;
    has_blank_line = has_words && blank;
    at = end + 1;
  }
  return false;
}

class PlainReader final : public TextReader {
 public:
  PlainReader(const fs::path& file, DocumentUnit documents, bool is_one_of_many)
      : documents_(documents), lines_reader_(file) {
    const auto sample = first_lines(file);
    lines_ = guess_line_meaning(sample);
    if (documents_ != DocumentUnit::kAuto) return;
    documents_ = parts_by_blank_lines(sample) ? DocumentUnit::kBlankLine
                 : is_one_of_many             ? DocumentUnit::kFile
                                              : DocumentUnit::kLine;
  }

  std::string kind() const override { return "plain text"; }
  DocumentUnit documents() const override { return documents_; }
  LineMeaning lines() const override { return lines_; }
  std::int64_t bytes_read() const override { return lines_reader_.bytes_read(); }

  bool next(TextDocument& document, std::vector<SkippedFile>& /*skipped*/) override {
    std::string line;
    while (lines_reader_.next(line)) {
      const bool ends = documents_ == DocumentUnit::kBlankLine && is_blank(line);
      if (ends && !document.text.empty()) return true;
      if (is_blank(line) && document.text.empty()) continue;
      if (document.text.empty()) {
        document.source = std::to_string(lines_reader_.line_number());
      } else {
        document.text += '\n';
      }
      document.text += line;
      if (documents_ == DocumentUnit::kLine) return true;
      if (document.text.size() > LineReader::kLongestLine) return true;
    }
    return !document.text.empty();
  }

 private:
  DocumentUnit documents_;
  LineMeaning lines_;
  LineReader lines_reader_;
};

bool is_number(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_usual_name(std::string name) {
  static constexpr std::array kNames = {"text",     "sentence", "content", "body",   "label",
                                        "class",    "document", "message", "review", "id",
                                        "category", "target",   "title",   "comment"};
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kNames, name) != kNames.end();
}

/// The column of text where none was named: a usual name, else the one with the longest fields.
std::size_t guess_text_column(const std::vector<std::vector<std::string>>& rows, bool has_header) {
  if (has_header) {
    for (const auto* name : {"text", "sentence", "content", "body", "document", "review"}) {
      const auto found = std::ranges::find(rows[0], name);
      if (found != rows[0].end()) return static_cast<std::size_t>(found - rows[0].begin());
    }
  }
  std::vector<std::size_t> sizes(rows[0].size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < std::min(row.size(), sizes.size()); ++i) sizes[i] += row[i].size();
  }
  return static_cast<std::size_t>(std::ranges::max_element(sizes) - sizes.begin());
}

/// Two texts as a document of two lines.
std::string joined_pair(std::string first, std::string second) {
  for (auto* text : {&first, &second}) {
    std::ranges::replace_if(
        *text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  }
  return first + "\n" + second;
}

/// Of the texts of a row.
LineMeaning lines_of(const TextSourceOptions& options) {
  return options.pair_column.empty() ? LineMeaning::kParagraph : LineMeaning::kSentence;
}

class TableReader final : public TextReader {
 public:
  TableReader(const fs::path& file, const TextSourceOptions& options)
      : separator_(separator_of(file)), lines_(lines_of(options)), rows_(file, separator_) {
    std::vector<std::vector<std::string>> first;
    {
      RecordReader look(file, separator_);
      for (std::vector<std::string> row; first.size() < 100 && look.next(row);)
        first.push_back(row);
    }
    if (first.empty()) throw UserError("The file " + file.string() + " has no rows.");
    const bool named = (!options.text_column.empty() && !is_number(options.text_column)) ||
                       std::ranges::any_of(first[0], is_usual_name) ||
                       has_words_above_values(first);
    has_header_ = options.header == "yes" || (options.header == "auto" && named);
    names_ = first[0];
    text_ = options.text_column.empty()
                ? guess_text_column(first, has_header_)
                : find_column(names_, has_header_, options.text_column, "--text-column", file);
    if (!options.pair_column.empty())
      pair_ = find_column(names_, has_header_, options.pair_column, "--pair-column", file);
    if (!options.label_column.empty())
      label_ = find_column(names_, has_header_, options.label_column, "--label-column", file);
  }

  std::vector<std::string> columns() const override {
    auto columns = names_;
    for (std::size_t i = 0; !has_header_ && i < columns.size(); ++i)
      columns[i] = std::to_string(i + 1);
    return columns;
  }
  std::string text_column() const override { return columns()[text_]; }
  std::string kind() const override {
    const auto name = has_header_ ? "\"" + names_[text_] + "\"" : std::to_string(text_ + 1);
    return std::string(separator_ == '\t' ? "TSV" : "CSV") + ", text in column " + name +
           (has_header_ ? "" : ", no header");
  }
  DocumentUnit documents() const override { return DocumentUnit::kRow; }
  LineMeaning lines() const override { return lines_; }
  std::int64_t bytes_read() const override { return rows_.bytes_read(); }

  bool next(TextDocument& document, std::vector<SkippedFile>& skipped) override {
    std::vector<std::string> row;
    while (rows_.next(row)) {
      if (has_header_ && !passed_header_) {
        passed_header_ = true;
        continue;
      }
      document.source = std::to_string(rows_.line_number());
      const auto most = std::max({text_, pair_.value_or(0), label_.value_or(0)});
      if (row.size() <= most) {
        skipped.push_back({document.source, "has " + std::to_string(row.size()) + " columns, " +
                                                std::to_string(most + 1) + " are needed"});
        continue;
      }
      document.text = pair_ ? joined_pair(row[text_], row[*pair_]) : std::move(row[text_]);
      if (label_) document.class_name = row[*label_];
      return true;
    }
    return false;
  }

 private:
  char separator_;
  LineMeaning lines_;
  RecordReader rows_;
  bool has_header_ = false;
  bool passed_header_ = false;
  std::vector<std::string> names_;
  std::size_t text_ = 0;
  std::optional<std::size_t> pair_;
  std::optional<std::size_t> label_;
};

class JsonLinesReader final : public TextReader {
 public:
  JsonLinesReader(const fs::path& file, const TextSourceOptions& options)
      : text_key_(options.text_column),
        pair_key_(options.pair_column),
        label_key_(options.label_column),
        meaning_(lines_of(options)),
        lines_(file) {
    LineReader look(file);
    std::string line;
    look.next(line);
    const auto found = find_json(line);
    if (!found || !found->is_object()) {
      throw UserError("The first line of " + file.string() +
                      " is no JSON object, or nested too deep: give one object a line.");
    }
    const auto& first = *found;
    std::size_t longest = 0;
    for (const auto& [key, value] : first.items()) {
      names_.push_back(key);
      const bool is_longer =
          value.is_string() && value.get_ref<const std::string&>().size() > longest;
      if (options.text_column.empty() && is_longer) {
        longest = value.get_ref<const std::string&>().size();
        text_key_ = key;
      }
    }
    if (options.text_column.empty() && first.contains("text")) text_key_ = "text";
    for (const auto& [key, option] :
         {std::pair(text_key_, "--text-column"), std::pair(pair_key_, "--pair-column"),
          std::pair(label_key_, "--label-column")}) {
      if (!key.empty() && !first.contains(key)) find_column(names_, true, key, option, file);
    }
  }

  std::vector<std::string> columns() const override { return names_; }
  std::string text_column() const override { return text_key_; }
  std::string kind() const override { return "JSONL, text in \"" + text_key_ + "\""; }
  DocumentUnit documents() const override { return DocumentUnit::kRow; }
  LineMeaning lines() const override { return meaning_; }
  std::int64_t bytes_read() const override { return lines_.bytes_read(); }

  bool next(TextDocument& document, std::vector<SkippedFile>& skipped) override {
    for (std::string line; lines_.next(line);) {
      if (is_blank(line)) continue;
      document.source = std::to_string(lines_.line_number());
      const auto found = find_json(line);
      if (!found || !found->is_object()) {
        skipped.push_back({document.source, "is no JSON object, or nested too deep"});
        continue;
      }
      const auto& row = *found;
      const auto text = row.find(text_key_);
      if (text == row.end() || !text->is_string()) {
        skipped.push_back({document.source, "has no text \"" + text_key_ + "\""});
        continue;
      }
      document.text = text->get<std::string>();
      if (!pair_key_.empty()) {
        const auto pair = row.find(pair_key_);
        if (pair == row.end() || !pair->is_string()) {
          skipped.push_back({document.source, "has no text \"" + pair_key_ + "\""});
          continue;
        }
        document.text = joined_pair(document.text, pair->get<std::string>());
      }
      const auto label = label_key_.empty() ? row.end() : row.find(label_key_);
      if (label != row.end() && !label->is_null())
        document.class_name = label->is_string() ? label->get<std::string>() : label->dump();
      return true;
    }
    return false;
  }

 private:
  std::string text_key_;
  std::string pair_key_;
  std::string label_key_;
  LineMeaning meaning_;
  std::vector<std::string> names_;
  LineReader lines_;
};

/// A file that is only called JSON may be one value over many lines.
void require_json_lines(const fs::path& file, bool is_packed) {
  LineReader lines(file);
  std::string line;
  while (lines.next(line) && is_blank(line)) {
  }
  const auto first = find_json(line);
  if (first && first->is_object()) return;
  throw UserError(file.string() +
                  " is one JSON value, and JSON Lines are read, an object a line: of a list \"" +
                  (is_packed ? "zcat" : "cat") + " '" + file.string() +
                  "' | jq -c '.[]' > lines.jsonl\" makes them.");
}

}  // namespace

std::unique_ptr<TextReader> open_text_reader(const fs::path& file, const TextSourceOptions& options,
                                             bool is_one_of_many) {
  auto name = file.filename().string();
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  const auto ends = [&](const char* ending) { return name.ends_with(ending); };
  const bool as_plain = options.documents != DocumentUnit::kAuto &&
                        options.documents != DocumentUnit::kRow && options.text_column.empty();
  if (!as_plain && ends(".json")) require_json_lines(file, file.extension() == ".gz");
  if (!as_plain && (ends(".jsonl") || ends(".ndjson") || ends(".json")))
    return std::make_unique<JsonLinesReader>(file, options);
  const bool is_table = ends(".csv") || ends(".tsv") || ends(".tab") ||
                        options.documents == DocumentUnit::kRow || !options.text_column.empty();
  if (!as_plain && is_table) return std::make_unique<TableReader>(file, options);
  return std::make_unique<PlainReader>(file, options.documents, is_one_of_many);
}

}  // namespace pretext
