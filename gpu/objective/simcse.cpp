#include "gpu/objective/simcse.h"

#include "gpu/loss/nt_xent_loss.h"

#include <torch/torch.h>

namespace pretext {
namespace {

class SimCse final : public Objective {
 public:
  explicit SimCse(const Experiment& experiment)
      : temperature_(experiment.real("objective.temperature")) {}

  ObjectiveOutput forward(Encoder& encoder, const Batch& batch) override {
    TORCH_CHECK(batch.num_views == 2, "SimCSE compares 2 views, got ", batch.num_views);
    const auto views = encoder.forward(batch).chunk(2);
    const auto readings = nt_xent_loss(views[0], views[1], {.temperature = temperature_});
    return {readings.loss,
            {{"train/top1", readings.top1},
             {"train/positive_cosine", readings.positive_cosine},
             {"train/negative_cosine", readings.negative_cosine}}};
  }

 private:
  double temperature_;
};

}  // namespace

std::shared_ptr<Objective> make_simcse(const Experiment& experiment, std::int64_t /*features*/) {
  return std::make_shared<SimCse>(experiment);
}

}  // namespace pretext
