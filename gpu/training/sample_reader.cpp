#include "gpu/training/sample_reader.h"

#include "core/base/error.h"
#include "core/objective/objective_registry.h"
#include "gpu/training/input.h"
#include "gpu/training/text_reader.h"

#include <torch/torch.h>

namespace pretext {
namespace {

constexpr std::int64_t kLargestRawSide = 32;  // px

class ImageReader final : public SampleReader {
 public:
  ImageReader(const Corpus& corpus, InputOptions options, int num_threads)
      : SampleReader(corpus), options_(std::move(options)), num_threads_(num_threads) {}

  Batch plain(const std::vector<std::int64_t>& positions) const override {
    return {.images = render_plain(corpus(), options_, positions, num_threads_)};
  }

  /// Averaged down to at most 32 px a side, flattened.
  torch::Tensor raw(const std::vector<std::int64_t>& positions) const override {
    auto images = plain(positions).images;
    if (images.size(2) > kLargestRawSide)
      images = torch::adaptive_avg_pool2d(images, {kLargestRawSide, kLargestRawSide});
    return images.flatten(1);
  }

  std::optional<Batch> two_views(const std::vector<std::int64_t>& positions) const override {
    if (options_.recipes.size() < 2) return std::nullopt;
    const auto size = options_.recipes[0].size;
    auto views = torch::empty(
        {2 * static_cast<std::int64_t>(positions.size()), options_.channels, size, size});
    render_views(corpus(), options_, positions, 0, num_threads_, views);
    return Batch{.images = views, .num_views = 2};
  }

 private:
  InputOptions options_;
  int num_threads_;
};

}  // namespace

std::unique_ptr<SampleReader> make_reader(const Experiment& resolved, const Corpus& own,
                                          const Corpus& seen) {
  if (own.record().kind != seen.record().kind) {
    throw UserError("The encoder was trained on " + own.record().kind + " and the corpus \"" +
                    seen.record().name + "\" is of " + seen.record().kind +
                    ": choose a corpus of " + own.record().kind + ".");
  }
  if (own.is_text()) return make_text_reader(resolved, own, seen);
  const auto num_views = find_objective(resolved.text("objective.kind")).num_views;
  auto options = input_options(resolved, own, num_views);
  if (&own != &seen) options = input_for(options, own, seen);
  return std::make_unique<ImageReader>(seen, std::move(options),
                                       static_cast<int>(resolved.integer("training.threads")));
}

}  // namespace pretext
