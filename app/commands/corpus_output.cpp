#include "app/commands/corpus_output.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/json_file.h"
#include "core/corpus/corpus_notes.h"
#include "core/corpus/series_ingest.h"
#include "core/corpus/text_ingest.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::ordered_json;

constexpr char kDetails[] = "The details of a corpus";
constexpr char kAdvice[] = "restore workspace.db from a copy";

constexpr std::size_t kMostSkippedShown = 50;

std::string range(int least, int most) {
  return least == most ? std::to_string(least)
                       : std::to_string(least) + " to " + std::to_string(most);
}

/// "28x28", or both ranges: the narrowest picture is not the lowest one.
std::string sides(const CorpusRecord& corpus) {
  if (corpus.min_width == corpus.max_width && corpus.min_height == corpus.max_height)
    return std::to_string(corpus.max_width) + "x" + std::to_string(corpus.max_height) + " px";
  return range(corpus.min_width, corpus.max_width) + " px wide, " +
         range(corpus.min_height, corpus.max_height) + " px high";
}

/// Nothing where they are damaged: one odd row keeps no list from being shown.
ordered_json detailsOf(const CorpusRecord& corpus) {
  try {
    auto details = parse_ordered_json(corpus.details, kDetails, kAdvice);
    details.erase("notes");
    return details;
  } catch (const std::exception&) {
    return ordered_json::object();
  }
}

}  // namespace

ordered_json corpusJson(const CorpusRecord& corpus, const std::vector<SkippedFile>& skipped) {
  ordered_json list = ordered_json::array();
  for (const auto& file : skipped) list.push_back({{"path", file.path}, {"reason", file.reason}});
  ordered_json document = {{"name", corpus.name},
                           {"kind", corpus.kind},
                           {"samples", corpus.num_samples},
                           {"classes", corpus.classes},
                           {"skipped", list},
                           {"version", corpus.version},
                           {"duplicates", corpus.num_duplicates},
                           {"bytes", corpus.bytes}};
  if (const auto notes = corpus_notes(corpus); !notes.empty()) document["notes"] = notes;
  if (corpus.kind == "images") document["channels"] = corpus.channels;
  if (const auto details = detailsOf(corpus); !details.empty()) document[corpus.kind] = details;
  if (corpus.kind == "series") {
    document["series"]["mean"] = corpus.mean;
    document["series"]["deviation"] = corpus.deviation;
  }
  return document;
}

std::string corpusSize(const CorpusRecord& corpus) {
  if (corpus.kind == "text") {
    const auto details = TextDetails::from_json(corpus.details);
    return grouped(details.num_sentences) + " sentences, " + grouped(details.num_pieces) +
           " pieces";
  }
  if (corpus.kind == "series") {
    const auto details = SeriesDetails::from_json(corpus.details);
    return grouped(details.num_points) + " points, " + grouped(std::ssize(details.variables)) +
           (details.variables.size() == 1 ? " variable" : " variables");
  }
  return sides(corpus) + ", " + std::to_string(corpus.channels) +
         (corpus.channels == 1 ? " channel" : " channels");
}

void printNotes(const CorpusRecord& corpus) {
  for (const auto& note : corpus_notes(corpus)) std::cout << "  " << note << '\n';
}

void printSkipped(const std::vector<SkippedFile>& skipped) {
  for (std::size_t i = 0; i < std::min(skipped.size(), kMostSkippedShown); ++i)
    std::cout << "  skipped " << skipped[i].path << ": " << skipped[i].reason << '\n';
  if (skipped.size() > kMostSkippedShown) {
    std::cout << "  and " << skipped.size() - kMostSkippedShown
              << " more: see \"pretext corpora --json\".\n";
  }
}

void requireSpace(const std::filesystem::path& workspace, std::int64_t bytes,
                  const std::string& remedy) {
  const auto free = static_cast<std::int64_t>(std::filesystem::space(workspace).available);
  if (bytes <= free) return;
  throw UserError("The packed corpus needs about " + byte_count(bytes) + " and only " +
                  byte_count(free) + " are free: free some disk, or " + remedy + ".");
}

IngestObserver showingBytes(ProgressBar& bar) {
  return [&bar](const IngestProgress& progress) {
    bar.show(static_cast<double>(progress.num_done) / static_cast<double>(progress.num_total),
             byte_count(progress.num_done) + " of " + byte_count(progress.num_total) + ", " +
                 duration(progress.seconds_left) + " left");
  };
}

StopOnInterrupt::StopOnInterrupt() {
  ::sigemptyset(&set_);
  ::sigaddset(&set_, SIGINT);
  ::sigaddset(&set_, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  thread_ = std::jthread([this](const std::stop_token& ending) {
    const timespec wait{0, 100'000'000};
    while (!ending.stop_requested()) {
      if (::sigtimedwait(&set_, nullptr, &wait) > 0) source_.request_stop();
    }
  });
}

}  // namespace pretext
