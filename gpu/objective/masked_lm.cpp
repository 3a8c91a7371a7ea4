#include "gpu/objective/masked_lm.h"

#include "core/encoder/text_encoder.h"
#include "gpu/encoder/text_layers.h"
#include "gpu/loss/linear_cross_entropy.h"
#include "gpu/objective/language.h"

#include <torch/torch.h>

namespace pretext {
namespace {

namespace nn = torch::nn;

constexpr double kEpsilon = 1e-12;  // Of the layer norm, as BERT's.

class MaskedLm final : public LanguageObjective {
 public:
  MaskedLm(const Experiment& experiment, std::int64_t features, bool has_pairs)
      : is_bare_(experiment.text("objective.head") == "dense") {
    const auto vocabulary = experiment.integer("encoder.vocabulary");
    auto predictions = make_holder();
    if (is_bare_) {
      decoder_ = predictions->register_module("decoder", make_dense(features, vocabulary));
    } else {
      const bool is_modern =
          text_encoder_shape(experiment, vocabulary).family == TextFamily::kModernBert;
      auto transform = make_holder();
      dense_ = transform->register_module("dense", make_dense(features, features, !is_modern));
      if (is_modern) {
        weight_norm_ =
            transform->register_module("LayerNorm", std::make_shared<WeightNorm>(features));
      } else {
        norm_ = transform->register_module("LayerNorm", make_norm(features, kEpsilon));
      }
      predictions->register_module("transform", transform);
      bias_ = predictions->register_parameter("bias", torch::zeros({vocabulary}));
    }
    register_module("predictions", predictions);
    if (has_pairs) relation_ = register_module("seq_relationship", make_dense(features, 2));
  }

  ObjectiveOutput forward(Encoder& encoder, const Batch& batch) override {
    auto& text = text_encoder(encoder, batch);
    const auto& tokens = batch.tokens;
    const auto states = text.states(tokens);
    const auto [weight, bias] = decoder(text);
    const auto language =
        linear_cross_entropy(transform(states, tokens), weight, bias, tokens.targets);
    ObjectiveOutput output{language.loss,
                           {{"train/mlm_loss", language.loss.item<double>()},
                            {"train/mlm_accuracy", language.accuracy}}};
    if (relation_) add_pairs(text, states, tokens, output);
    return output;
  }

  torch::Tensor scores(Encoder& encoder, const Batch& batch) override {
    auto& text = text_encoder(encoder, batch);
    const auto [weight, bias] = decoder(text);
    return torch::addmm(bias, transform(text.states(batch.tokens), batch.tokens), weight.t());
  }

 private:
  /// Of the hidden pieces only: the decoder costs more than the rest of a small encoder.
  torch::Tensor transform(const torch::Tensor& states, const TokenBatch& tokens) {
    const auto hidden = states.flatten(0, 1).index_select(0, tokens.predicted);
    if (is_bare_) return hidden;
    const auto active = torch::gelu(dense_(hidden));
    return weight_norm_ ? weight_norm_->forward(active) : norm_(active);
  }

  /// (V, D) and (V): the embeddings' weights, or those of a bare dense layer.
  std::pair<torch::Tensor, torch::Tensor> decoder(TextEncoder& text) const {
    if (is_bare_) return {decoder_->weight, decoder_->bias};
    return {text.word_embeddings(), bias_};
  }

  /// What tells of a pair: the pooled state, or with bare layers the state of [CLS] itself.
  torch::Tensor first(TextEncoder& text, const torch::Tensor& states, const TokenBatch& tokens) {
    return is_bare_ ? states.flatten(0, 1).index_select(0, tokens.starts)
                    : text.pooled(states, tokens);
  }

  void add_pairs(TextEncoder& text, const torch::Tensor& states, const TokenBatch& tokens,
                 ObjectiveOutput& output) {
    const auto has_pair = (tokens.pair_labels >= 0).nonzero().squeeze(1);
    if (has_pair.size(0) == 0) return;
    const auto labels = tokens.pair_labels.index_select(0, has_pair);
    const auto scores = relation_(first(text, states, tokens).index_select(0, has_pair));
    const auto loss = torch::cross_entropy_loss(scores.to(torch::kFloat32), labels);
    const auto hits = (scores.detach().argmax(1) == labels).to(torch::kFloat32).mean();
    output.loss = output.loss + loss;
    output.readings["train/pair_loss"] = loss.item<double>();
    output.readings["train/pair_accuracy"] = hits.item<double>();
  }

  bool is_bare_;  // `objective.head` = "dense".
  nn::Linear decoder_{nullptr};
  nn::Linear dense_{nullptr};
  nn::LayerNorm norm_{nullptr};
  std::shared_ptr<WeightNorm> weight_norm_;  // Instead of it, where nothing else has biases.
  torch::Tensor bias_;
  nn::Linear relation_{nullptr};
};

std::shared_ptr<Objective> make(const Experiment& experiment, std::int64_t features,
                                bool has_pairs) {
  return std::make_shared<MaskedLm>(experiment, features, has_pairs);
}

}  // namespace

std::shared_ptr<Objective> make_mlm(const Experiment& experiment, std::int64_t features) {
  return make(experiment, features, false);
}

std::shared_ptr<Objective> make_mlm_with_pairs(const Experiment& experiment,
                                               std::int64_t features) {
  return make(experiment, features, true);
}

}  // namespace pretext
