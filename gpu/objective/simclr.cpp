#include "gpu/objective/simclr.h"

#include "gpu/loss/nt_xent_loss.h"

#include <torch/torch.h>

namespace pretext {
namespace {

namespace nn = torch::nn;

nn::Sequential make_projection(const Experiment& experiment, std::int64_t features) {
  const auto& widths = experiment.integers("objective.projection");
  const bool has_batch_norm = experiment.text("objective.head") == "batch-norm";
  nn::Sequential head;
  std::int64_t input = features;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const bool last = i + 1 == widths.size();
    head->push_back(nn::Linear(nn::LinearOptions(input, widths[i]).bias(!has_batch_norm)));
    if (has_batch_norm) head->push_back(nn::BatchNorm1d(widths[i]));
    if (!last || !has_batch_norm) head->push_back(nn::ReLU());
    input = widths[i];
  }
  return head;
}

/// Two views of each sample find each other among all of the batch.
class ContrastOfViews final : public Objective {
 public:
  /// `head`: null to compare the features themselves.
  ContrastOfViews(double temperature, nn::Sequential head)
      : temperature_(temperature), head_(std::move(head)) {
    if (head_) register_module("projection", head_);
  }

  torch::Tensor project(const torch::Tensor& features) override {
    return head_ ? head_->forward(features) : features;
  }

  ObjectiveOutput forward(Encoder& encoder, const Batch& batch) override {
    TORCH_CHECK(batch.num_views == 2, "a contrast compares 2 views, got ", batch.num_views);
    const auto views = project(encoder.forward(batch)).chunk(2);
    const auto readings = nt_xent_loss(views[0], views[1], {.temperature = temperature_});
    return {readings.loss,
            {{"train/top1", readings.top1},
             {"train/positive_cosine", readings.positive_cosine},
             {"train/negative_cosine", readings.negative_cosine}}};
  }

  torch::Tensor sample_losses(Encoder& encoder, const Batch& batch) override {
    const auto views = project(encoder.forward(batch)).chunk(2);
    return nt_xent_losses(views[0], views[1], temperature_);
  }

 private:
  double temperature_;
  nn::Sequential head_{nullptr};
};

}  // namespace

std::shared_ptr<Objective> make_simclr(const Experiment& experiment, std::int64_t features) {
  return std::make_shared<ContrastOfViews>(experiment.real("objective.temperature"),
                                           make_projection(experiment, features));
}

std::shared_ptr<Objective> make_simcse(const Experiment& experiment, std::int64_t /*features*/) {
  return std::make_shared<ContrastOfViews>(experiment.real("objective.temperature"), nullptr);
}

}  // namespace pretext
