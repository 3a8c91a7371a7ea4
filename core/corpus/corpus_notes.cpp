#include "core/corpus/corpus_notes.h"

#include "core/base/format.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace pretext {
namespace {

using nlohmann::json;

constexpr std::size_t kMostNamed = 5;  // Classes, in a sentence.

std::string named(const std::set<std::int64_t>& labels, const std::vector<std::string>& classes) {
  std::string text;
  std::size_t count = 0;
  for (const auto label : labels) {
    if (count++ == kMostNamed)
      return text + " and " + grouped(std::ssize(labels) - std::int64_t{kMostNamed}) + " more";
    text += (text.empty() ? "\"" : ", \"") + classes[static_cast<std::size_t>(label)] + '"';
  }
  return text;
}

std::set<std::int64_t> without(const std::set<std::int64_t>& labels,
                               const std::set<std::int64_t>& others) {
  std::set<std::int64_t> rest;
  std::ranges::set_difference(labels, others, std::inserter(rest, rest.end()));
  return rest;
}

}  // namespace

std::vector<std::string> part_notes(const SampleRows& samples,
                                    const std::vector<std::string>& classes) {
  std::unordered_map<std::uint64_t, std::int64_t> test;  // How many samples have a content.
  std::unordered_set<std::uint64_t> validation;
  std::set<std::int64_t> trained, tested, validated;
  std::int64_t num_test = 0, num_leaked = 0, num_shared = 0;
  for (std::int64_t i = 0; i < samples.count; ++i) {
    const auto sample = samples.at(i);
    auto& labels = sample.split == "test"         ? tested
                   : sample.split == "validation" ? validated
                                                  : trained;
    if (sample.label) labels.insert(*sample.label);
    if (sample.split == "validation") validation.insert(sample.key);
    if (sample.split != "test") continue;
    ++num_test;
    ++test[sample.key];
  }
  for (std::int64_t i = 0; i < samples.count; ++i) {
    const auto sample = samples.at(i);
    if (sample.split != "train") continue;
    if (const auto found = test.find(sample.key); found != test.end()) {
      num_leaked += found->second;
      test.erase(found);
    }
    num_shared += static_cast<std::int64_t>(validation.erase(sample.key));
  }
  std::vector<std::string> notes;
  if (num_leaked > 0)
    notes.push_back("Of " + count_of(num_test, "test sample, ", "test samples, ") +
                    count_of(num_leaked, "is an exact copy", "are exact copies") +
                    " of samples to train on: an accuracy on them says little.");
  if (num_shared > 0)
    notes.push_back(count_of(num_shared, "sample is", "samples are") +
                    " both in the validation part and in the training part.");
  for (const auto& [labels, part] : {std::pair{&tested, "test"}, {&validated, "validation"}}) {
    const auto lacking = without(*labels, trained);
    if (!trained.empty() && !lacking.empty())
      notes.push_back("The training part lacks " + named(lacking, classes) + ", which the " + part +
                      " part has: its samples count as wrong.");
  }
  return notes;
}

std::string blank_line_note(std::int64_t num_documents, std::int64_t num_sentences) {
  constexpr std::int64_t kFew = 10, kLong = 20;  // Documents, and sentences in each.
  if (num_documents > kFew || num_sentences < kLong * num_documents) return "";
  return "Blank lines separate the text into " + count_of(num_documents, "document", "documents") +
         " of " + grouped(num_sentences) +
         " sentences in total. If each line is a document, ingest it again with documents set to "
         "\"line\".";
}

std::string details_of_notes(const std::vector<std::string>& notes) {
  return notes.empty() ? "{}" : json{{"notes", notes}}.dump();
}

std::vector<std::string> corpus_notes(const CorpusRecord& corpus) {
  const auto details = json::parse(corpus.details, nullptr, false);
  std::vector<std::string> notes;
  if (!details.is_object() || !details.contains("notes") || !details["notes"].is_array())
    return notes;
  for (const auto& note : details["notes"])
    if (note.is_string()) notes.push_back(note.get<std::string>());
  return notes;
}

}  // namespace pretext
