#include "gpu/objective/supervised.h"

#include <torch/torch.h>

namespace pretext {
namespace {

class SoftmaxClassifier final : public Objective {
 public:
  SoftmaxClassifier(const Experiment& experiment, std::int64_t features, bool trains_encoder)
      : trains_encoder_(trains_encoder),
        layer_(register_module(
            "classifier", torch::nn::Linear(features, experiment.integer("objective.classes")))) {}

  bool trains_encoder() const override { return trains_encoder_; }

  torch::Tensor project(const torch::Tensor& features) override {
    return layer_->forward(features);
  }

  ObjectiveOutput forward(Encoder& encoder, const Batch& batch) override {
    const auto features = read(encoder, batch);
    TORCH_CHECK(batch.labels.defined() && batch.labels.size(0) == features.size(0),
                "a classifier needs one label a row");
    const auto scores = project(features).to(torch::kFloat32);  // (N, C)
    const auto hits = (scores.detach().argmax(1) == batch.labels).to(torch::kFloat32);
    return {torch::cross_entropy_loss(scores, batch.labels),
            {{"train/accuracy", hits.mean().item<double>()}}};
  }

 private:
  torch::Tensor read(Encoder& encoder, const Batch& batch) const {
    const torch::AutoGradMode gradients(trains_encoder_);
    return encoder.forward(batch);
  }

  bool trains_encoder_;
  torch::nn::Linear layer_;
};

}  // namespace

std::shared_ptr<Objective> make_finetune(const Experiment& experiment, std::int64_t features) {
  return std::make_shared<SoftmaxClassifier>(experiment, features, true);
}

std::shared_ptr<Objective> make_probe(const Experiment& experiment, std::int64_t features) {
  return std::make_shared<SoftmaxClassifier>(experiment, features, false);
}

}  // namespace pretext
