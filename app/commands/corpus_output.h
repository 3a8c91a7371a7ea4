#pragma once

#include "core/store/corpus_store.h"

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

/// "28x28, 1 channel", or for text "1,234 sentences, 56,789 pieces".
std::string corpusSize(const CorpusRecord& corpus);

/// The first of the skipped files, one a line, and how many more there are.
void printSkipped(const std::vector<SkippedFile>& skipped);

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
