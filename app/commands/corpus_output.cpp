#include "app/commands/corpus_output.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/json_file.h"
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

std::string sides(int width, int height) {
  return std::to_string(width) + "x" + std::to_string(height);
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
  if (corpus.kind == "images") document["channels"] = corpus.channels;
  if (corpus.kind == "text")
    document["text"] = parse_ordered_json(corpus.details, kDetails, kAdvice);
  if (corpus.kind == "series") {
    document["series"] = parse_ordered_json(corpus.details, kDetails, kAdvice);
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
  const auto least = sides(corpus.min_width, corpus.min_height);
  const auto most = sides(corpus.max_width, corpus.max_height);
  return (least == most ? most : least + " to " + most) + " px, " +
         std::to_string(corpus.channels) + (corpus.channels == 1 ? " channel" : " channels");
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
