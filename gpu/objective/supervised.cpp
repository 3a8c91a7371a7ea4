#include "gpu/objective/supervised.h"

#include "gpu/encoder/dropout.h"
#include "gpu/encoder/text_encoder.h"

#include <torch/torch.h>

#include <limits>

namespace pretext {
namespace {

class SoftmaxClassifier final : public Objective {
 public:
  SoftmaxClassifier(const Experiment& experiment, std::int64_t features, bool trains_encoder)
      : trains_encoder_(trains_encoder),
        takes_first_(experiment.has("objective.pooling") &&
                     experiment.text("objective.pooling") == "first"),
        dropout_(experiment.has("encoder.dropout") ? experiment.real("encoder.dropout") : 0.0),
        layer_(register_module(
            "classifier", torch::nn::Linear(features, experiment.integer("objective.classes")))) {}

  bool trains_encoder() const override { return trains_encoder_; }

  torch::Tensor features(Encoder& encoder, const Batch& batch) override {
    const torch::AutoGradMode gradients(trains_encoder_ && torch::GradMode::is_enabled());
    if (!takes_first_) return encoder.forward(batch);
    auto* text = dynamic_cast<TextEncoder*>(&encoder);
    TORCH_CHECK(text && batch.is_text(), "pooling by [CLS] needs text and an encoder of it");
    return text->pooled(text->states(batch.tokens), batch.tokens);
  }

  torch::Tensor project(const torch::Tensor& features) override {
    return layer_->forward(features);
  }

  ObjectiveOutput forward(Encoder& encoder, const Batch& batch) override {
    auto read = features(encoder, batch);
    TORCH_CHECK(batch.labels.defined() && batch.labels.size(0) == read.size(0),
                "a classifier needs one label a row");
    if (trains_encoder_) read = apply_dropout(read, dropout_, is_training());
    const auto scores = project(read).to(torch::kFloat32);  // (N, C)
    const auto hits = (scores.detach().argmax(1) == batch.labels).to(torch::kFloat32);
    return {torch::cross_entropy_loss(scores, batch.labels),
            {{"train/accuracy", hits.mean().item<double>()}}};
  }

  torch::Tensor sample_losses(Encoder& encoder, const Batch& batch) override {
    const auto scores = project(features(encoder, batch)).to(torch::kFloat32);  // (N, C)
    const auto losses =
        torch::cross_entropy_loss(scores, batch.labels.clamp_min(0), {}, torch::Reduction::None);
    return losses.masked_fill(batch.labels < 0, std::numeric_limits<float>::quiet_NaN());
  }

 private:
  bool trains_encoder_;
  bool takes_first_;  // BERT's pooled state of [CLS].
  double dropout_;    // Of the features, in training.
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
