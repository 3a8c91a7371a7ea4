#include "core/corpus/label_list.h"

#include "core/base/csv_field.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/folder_listing.h"
#include "core/text/printable.h"
#include "core/text/record_reader.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNamed = 3;  // Of what is not known, in a sentence.

/// Which columns of a label file are read.
struct LabelColumns {
  std::size_t name = 0;
  std::size_t label = 1;
  std::size_t count = 2;
};

/// Of a header's names, in any case, the only one that is one of `wanted`; the first of several
/// where `takes_first`.
std::optional<std::size_t> column_of(const std::vector<std::string>& header,
                                     std::initializer_list<std::string_view> wanted,
                                     bool takes_first = true) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < header.size(); ++i) {
    auto name = header[i];
    std::ranges::transform(name, name.begin(), [](unsigned char letter) {
      return static_cast<char>(std::tolower(letter));
    });
    if (std::ranges::find(wanted, name) == wanted.end()) continue;
    if (found && !takes_first) return std::nullopt;
    if (!found) found = i;
  }
  return found;
}

/// None where the first row is no header: a class may be called "image", too.
std::optional<LabelColumns> columns_of(const std::vector<std::string>& first,
                                       const fs::path& file) {
  auto name = column_of(first, {"file", "path", "filename", "image", "document", "sample", "source",
                                "file_name", "file_path", "filepath", "image_path"});
  auto label = column_of(first, {"class", "label"});
  // Names that may mean other things too: taken beside a column of classes alone.
  if (!name && label) name = column_of(first, {"image_id", "id", "name", "image_name"}, false);
  if (!name || (*name > 0 && !label)) return std::nullopt;
  if (!label && first.size() == 2) label = 1;
  if (label) return LabelColumns{*name, *label, first.size()};
  std::string names;
  for (const auto& column : first) names += (names.empty() ? "\"" : ", \"") + column + '"';
  throw UserError(file.string() + " has the columns " + names +
                  ": call that of the classes \"class\".");
}

/// A name of a list in the form that samples have.
std::string cleaned(const std::string& name) {
  const auto path = fs::path(name).lexically_normal().generic_string();
  return path == "." ? std::string() : path;
}

std::string without_ending(const std::string& name) {
  const auto file = name.rfind('/') + 1;  // 0 without a folder.
  const auto dot = name.rfind('.');
  return dot == std::string::npos || dot <= file ? name : name.substr(0, dot);
}

std::string last_part(const std::string& name) {
  return name.substr(name.rfind('/') + 1);
}

bool ends_a_path(const std::string& path, const std::string& end) {
  return path.ends_with(end) &&
         (path.size() == end.size() || path[path.size() - end.size() - 1] == '/');
}

/// The last two parts of a name that has more than one, else the name.
std::string tail_of(const std::string& name) {
  const auto slash = name.rfind('/');
  if (slash == std::string::npos || slash == 0) return name;
  const auto before = name.rfind('/', slash - 1);
  return before == std::string::npos ? name : name.substr(before + 1);
}

/// Finds samples by the names in a list, in a time independent of the number of samples.
class NameFinder {
 public:
  using Positions = std::vector<std::int64_t>;

  NameFinder(const std::vector<NamedSample>& samples, CorpusPart part, std::string source)
      : samples_(samples), source_(std::move(source)) {
    while (source_.size() > 1 && source_.ends_with('/')) source_.pop_back();
    for (std::size_t i = 0; i < samples.size(); ++i) {
      if (part != CorpusPart::kAny && samples[i].is_test != (part == CorpusPart::kTest)) continue;
      const auto position = static_cast<std::int64_t>(i);
      const auto& name = samples[i].name;
      by_name_[name].push_back(position);
      by_stem_[without_ending(name)].push_back(position);
      for (const auto& end : {last_part(name), tail_of(name)}) {
        if (end == name) continue;
        by_end_[end].push_back(position);
        by_end_stem_[without_ending(end)].push_back(position);
      }
    }
  }

  /// Those of one name; none where no sample has it, or samples of several names may be meant.
  Positions find(const std::string& listed) const {
    for (const auto& name : {listed, cleaned(listed)}) {
      if (const auto& found = in(by_name_, name); !found.empty()) return found;
    }
    const auto name = cleaned(listed);
    if (name.empty()) return {};
    if (auto found = within_source(name); !found.empty()) return found;
    const auto any = [](const std::string&) { return true; };
    if (auto found = alone(in(by_stem_, name), any); !found.empty()) return found;
    const auto ends = [&](const std::string& own) { return ends_a_path(own, name); };
    if (auto found = alone(in(by_end_, tail_of(name)), ends); !found.empty()) return found;
    return alone(in(by_end_stem_, tail_of(name)),
                 [&](const std::string& own) { return ends_a_path(without_ending(own), name); });
  }

 private:
  using Index = std::unordered_map<std::string, Positions>;

  static const Positions& in(const Index& index, const std::string& name) {
    static const Positions none;
    const auto found = index.find(name);
    return found == index.end() ? none : found->second;
  }

  /// "pictures/a.jpg" of a source ".../pictures", or the whole path of the file.
  const Positions& within_source(const std::string& name) const {
    for (auto slash = name.find('/'); slash != std::string::npos;
         slash = name.find('/', slash + 1)) {
      if (!ends_a_path(source_, name.substr(0, slash))) continue;
      if (const auto& found = in(by_name_, name.substr(slash + 1)); !found.empty()) return found;
    }
    return in(by_name_, "");
  }

  /// Those that are meant, where all have one name.
  template <typename IsMeant>
  Positions alone(const Positions& found, const IsMeant& is_meant) const {
    Positions meant;
    for (const auto position : found) {
      if (!is_meant(name_of(position))) continue;
      if (!meant.empty() && name_of(position) != name_of(meant.front())) return {};
      meant.push_back(position);
    }
    return meant;
  }

  const std::string& name_of(std::int64_t position) const {
    return samples_[static_cast<std::size_t>(position)].name;
  }

  const std::vector<NamedSample>& samples_;
  std::string source_;
  Index by_name_, by_stem_, by_end_, by_end_stem_;
};

void require_one_part(const NameFinder::Positions& positions,
                      const std::vector<NamedSample>& samples, const std::string& listed) {
  const auto is_test = [&](std::int64_t position) {
    return samples[static_cast<std::size_t>(position)].is_test;
  };
  if (std::ranges::none_of(positions, is_test) || std::ranges::all_of(positions, is_test)) return;
  throw UserError("The name \"" + listed +
                  "\" stands in the training part and in the test part: say which of them the list "
                  "is of, with --part train or --part test; no label was changed.");
}

std::string quoted(const std::vector<std::string>& names) {
  std::string shown;
  for (std::size_t i = 0; i < std::min(kMostNamed, names.size()); ++i)
    shown += (i == 0 ? "\"" : ", \"") + names[i] + '"';
  return names.size() > kMostNamed ? shown + " …" : shown;
}

[[noreturn]] void refuse_two_classes(const std::string& listed, const std::string& one,
                                     const std::string& other) {
  throw UserError("The list gives \"" + listed + "\" two classes, \"" + one + "\" and \"" + other +
                  "\": keep one; no label was changed.");
}

}  // namespace

LabelRows read_label_csv(const fs::path& file) {
  require_file(file, "The list of labels");
  const char separator = separator_of(file);
  RecordReader reader(file, separator);
  LabelRows rows;
  std::vector<std::string> fields;
  LabelColumns columns;
  for (bool is_first = true; reader.next(fields); is_first = false) {
    for (auto& field : fields) field = trimmed(field);
    if (is_first) {
      if (const auto named = columns_of(fields, file)) {
        columns = *named;
        continue;
      }
    }
    if (fields.size() != columns.count) {
      throw UserError(file.string() + ", line " + std::to_string(reader.line_number()) + " has " +
                      count_of(std::ssize(fields), "field", "fields") + " instead of " +
                      std::to_string(columns.count) + ": mend that line, and quote what holds a " +
                      (separator == '\t' ? "tab" : std::string("\"") + separator + '"') + ".");
    }
    const auto text = [&](std::size_t column) {
      return printable_name(without_csv_guard(fields[column]));
    };
    rows.emplace_back(text(columns.name), text(columns.label));
  }
  return rows;
}

CorpusPart corpus_part(const std::string& name) {
  if (name.empty()) return CorpusPart::kAny;
  if (name == "train") return CorpusPart::kTrain;
  if (name == "test") return CorpusPart::kTest;
  throw UserError("--part takes train or test, got \"" + name + "\".");
}

std::string LabelMatch::left_out() const {
  std::string sentence;
  if (!unknown.empty()) {
    sentence =
        count_of(std::ssize(unknown),
                 "name of the list is of no sample: ", "names of the list are of no sample: ");
    sentence += quoted(unknown) + ".";
  }
  if (num_without_class > 0) {
    sentence += (sentence.empty() ? "" : " ") + count_of(num_without_class, "row", "rows") +
                " of the list without a class changed nothing.";
  }
  return sentence;
}

LabelMatch match_labels(const LabelRows& rows, const std::vector<NamedSample>& samples,
                        CorpusPart part, const std::string& source) {
  const NameFinder finder(samples, part, source);
  LabelMatch match;
  std::size_t num_known = 0;
  for (const auto& [listed, class_name] : rows) {
    const auto positions = finder.find(listed);
    if (positions.empty()) {
      match.unknown.push_back(listed);
      continue;
    }
    ++num_known;
    if (part == CorpusPart::kAny) require_one_part(positions, samples, listed);
    if (class_name.empty()) {
      ++match.num_without_class;
      continue;
    }
    for (const auto position : positions) {
      const auto [own, is_new] = match.classes.emplace(position, class_name);
      if (!is_new && own->second != class_name) refuse_two_classes(listed, own->second, class_name);
    }
  }
  if (num_known == 0 && !rows.empty()) {
    const auto own = std::ranges::find_if(samples, [&](const NamedSample& sample) {
      return part == CorpusPart::kAny || sample.is_test == (part == CorpusPart::kTest);
    });
    throw UserError("There is no sample \"" + rows.front().first + "\", nor any other of the list" +
                    (own == samples.end() ? std::string(", for that part is empty")
                                          : ": names are like \"" + own->name + '"') +
                    "; no label was changed.");
  }
  return match;
}

LabelMatch attach_labels(Database& database, const CorpusRecord& corpus, const LabelRows& rows,
                         CorpusPart part) {
  CorpusStore store(database);
  std::vector<NamedSample> samples;
  for (auto& sample : store.samples(corpus.id))
    samples.push_back({std::move(sample.source), sample.split == "test"});
  auto match = match_labels(rows, samples, part, corpus.source);
  store.set_labels(corpus.id, match.classes);
  return match;
}

}  // namespace pretext
