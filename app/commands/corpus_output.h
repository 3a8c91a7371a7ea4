#pragma once

#include "app/commands/command.h"
#include "core/corpus/unfinished_corpus.h"
#include "core/store/corpus_store.h"

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <signal.h>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace pretext {

/// What `--json` prints of a corpus.
nlohmann::ordered_json corpusJson(const CorpusRecord& corpus,
                                  const std::vector<SkippedFile>& skipped);

/// "28x28 px, 1 channel", or "20 to 30 px wide, 25 to 40 px high, …"; of text "1,234 sentences,
/// 56,789 pieces", of series "17,420 points, 7 variables".
std::string corpusSize(const CorpusRecord& corpus);

/// What is said of a corpus beside its numbers, a line each.
void printNotes(const CorpusRecord& corpus);

/// The first of the skipped files, one a line, and how many more there are.
void printSkipped(const std::vector<SkippedFile>& skipped);

/// Throws UserError where a packed corpus needs more disk than the workspace has: `remedy` names
/// what would need less.
void requireSpace(const std::filesystem::path& workspace, std::int64_t bytes,
                  const std::string& remedy);

/// Shows how many bytes of a source are read.
IngestObserver showingBytes(ProgressBar& bar);

/// Turns Ctrl+C and SIGTERM into a stop for as long as it lives.
class StopOnInterrupt {
 public:
  StopOnInterrupt();
  std::stop_token token() const { return source_.get_token(); }

 private:
  sigset_t set_{};
  std::stop_source source_;
  std::jthread thread_;
};

}  // namespace pretext
