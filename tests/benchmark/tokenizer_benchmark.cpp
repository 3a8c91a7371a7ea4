// Encoding and learning of WordPieces on WikiText-2; the peer is `encode_batch` of Hugging Face's
// tokenizers on the same lines and threads.

#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/text/word_piece.h"
#include "core/text/word_piece_trainer.h"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>

namespace pretext {
namespace {

constexpr int kThreads = 2;

std::filesystem::path data() {
  const char* folder = std::getenv("PRETEXT_TEST_DATA");
  return folder ? folder : PRETEXT_ROOT "/../shared/data";
}

/// Lines of the training part, as views into one text.
const std::vector<std::string_view>& lines() {
  static const std::string text = read_text_file(data() / "wikitext-2/train.txt.gz");
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> found;
    for (std::size_t begin = 0; begin < text.size();) {
      const auto end = std::min(text.find('\n', begin), text.size());
      found.push_back(std::string_view(text).substr(begin, end - begin));
      begin = end + 1;
    }
    return found;
  }();
  return all;
}

std::int64_t num_bytes() {
  std::int64_t total = 0;
  for (const auto line : lines()) total += static_cast<std::int64_t>(line.size()) + 1;
  return total;
}

/// With offsets, by encoders that have seen nothing yet.
void encode_wikitext_on_two_threads(benchmark::State& state) {
  const auto vocabulary = Vocabulary::from_file(data() / "bert-uncased/vocab.txt");
  std::vector<std::int64_t> counts(kThreads);
  for (auto _ : state) {
    std::vector<WordPieceEncoder> encoders(kThreads, WordPieceEncoder(vocabulary));
    std::vector<std::vector<Token>> tokens(kThreads);
    parallel_for(static_cast<std::int64_t>(lines().size()), kThreads, 512,
                 [&](std::int64_t i, int thread) {
                   auto& own = tokens[thread];
                   own.clear();
                   encoders[thread].encode(lines()[i], own);
                   benchmark::DoNotOptimize(counts[thread] += own.size());
                 });
  }
  state.SetBytesProcessed(state.iterations() * num_bytes());
}
BENCHMARK(encode_wikitext_on_two_threads)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Counting and merging, one thread.
void learn_8192_pieces(benchmark::State& state) {
  for (auto _ : state) {
    WordSplitter splitter(true);
    WordCounts counts;
    for (const auto line : lines()) count_words(line, splitter, counts);
    benchmark::DoNotOptimize(train_word_pieces(counts, {.size = 8192}).size());
  }
}
BENCHMARK(learn_8192_pieces)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pretext

BENCHMARK_MAIN();
