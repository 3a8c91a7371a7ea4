#include "gpu/training/text_reader.h"

#include "core/corpus/text_details.h"
#include "core/objective/augmented_text.h"
#include "gpu/training/text_input.h"

#include <torch/torch.h>

#include <optional>

namespace pretext {
namespace {

class DocumentReader final : public SampleReader {
 public:
  DocumentReader(const Corpus& corpus, const Experiment& resolved)
      : SampleReader(corpus), reading_(resolved, corpus) {
    if (augments_text(resolved))
      maker_.emplace(corpus.text(), corpus.text().vocabulary(), resolved);
  }

  Batch plain(const std::vector<std::int64_t>& positions) const override {
    return {.tokens = read_documents(corpus().text(), positions, reading_)};
  }

  torch::Tensor raw(const std::vector<std::int64_t>& positions) const override {
    const auto& text = corpus().text();
    std::vector<std::int64_t> rows, pieces;
    for (std::size_t row = 0; row < positions.size(); ++row) {
      const auto [first, last] = text.sentences_of(positions[row]);
      for (auto sentence = first; sentence < last; ++sentence) {
        for (const auto piece : text.pieces(sentence)) pieces.push_back(piece);
      }
      rows.resize(pieces.size(), static_cast<std::int64_t>(row));
    }
    return torch::sparse_coo_tensor(torch::stack({torch::tensor(rows), torch::tensor(pieces)}),
                                    torch::ones({static_cast<std::int64_t>(pieces.size())}),
                                    {static_cast<std::int64_t>(positions.size()),
                                     std::int64_t{text.vocabulary().size()}})
        .coalesce();
  }

  /// Where the objective makes no views, the same twice: dropout makes the difference.
  std::optional<Batch> two_views(const std::vector<std::int64_t>& positions) const override {
    const auto& text = corpus().text();
    if (!maker_) {
      auto twice = positions;
      twice.insert(twice.end(), positions.begin(), positions.end());
      return Batch{.tokens = read_documents(text, twice, reading_), .num_views = 2};
    }
    std::vector<TextSample> samples;
    for (const auto& document : corpus().plan_documents(positions)) {
      if (const auto all = maker_->samples({&document, 1}); !all.empty())
        samples.push_back(all.front());
    }
    return read_views(*maker_, samples, 0, reading_, text.vocabulary().pad());
  }

  std::optional<Batch> questions(const std::vector<std::int64_t>& positions) const override {
    return Batch{.tokens =
                     read_questions(corpus().text(), corpus().plan_documents(positions), reading_)};
  }

 private:
  std::optional<TextViewMaker> maker_;  // Of an objective that contrasts views.
  ReadingOptions reading_;
};

}  // namespace

std::unique_ptr<SampleReader> make_text_reader(const Experiment& resolved, const Corpus& own,
                                               const Corpus& seen) {
  require_same_vocabulary(own.record(), own.folder(), seen.record());
  return std::make_unique<DocumentReader>(seen, resolved);
}

}  // namespace pretext
