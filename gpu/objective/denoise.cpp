#include "gpu/objective/denoise.h"

#include "core/encoder/text_encoder.h"
#include "gpu/encoder/gpt.h"
#include "gpu/encoder/text_layers.h"
#include "gpu/loss/linear_cross_entropy.h"

#include <torch/torch.h>

namespace pretext {
namespace {

namespace nn = torch::nn;

constexpr double kEpsilon = 1e-5;  // Of the layer norm, as GPT-2's.

class Denoising final : public Objective {
 public:
  Denoising(const Experiment& experiment, std::int64_t features) {
    auto shape = text_encoder_shape(experiment, experiment.integer("encoder.vocabulary"));
    shape.family = TextFamily::kGpt;
    shape.width = features;
    shape.inner = inner_width(shape.family, shape.width);
    shape.layers = experiment.integer("objective.decoder_layers");
    auto decoder = make_holder();
    positions_ =
        decoder->register_module("positions", make_embedding(shape.positions, shape.width));
    vector_ = decoder->register_module("vector", make_dense(features, shape.width));
    for (std::int64_t i = 0; i < shape.layers; ++i) {
      blocks_.push_back(
          decoder->register_module("block" + std::to_string(i), std::make_shared<GptBlock>(shape)));
    }
    norm_ = decoder->register_module("norm", make_norm(shape.width, kEpsilon));
    register_module("decoder", decoder);
  }

  ObjectiveOutput forward(Encoder& encoder, const Batch& batch) override {
    auto* text = dynamic_cast<TextEncoder*>(&encoder);
    TORCH_CHECK(text && batch.originals.ids.defined(), "denoising needs texts and their originals");
    const auto& originals = batch.originals;
    const auto words = text->word_embeddings();
    const auto states = decode(words, originals, vector_(encoder.forward(batch)));
    const auto predicting = states.flatten(0, 1).index_select(0, originals.predicted);
    const auto no_bias = torch::zeros({words.size(0)}, words.options());
    const auto language = linear_cross_entropy(predicting, words, no_bias, originals.targets);
    return {language.loss,
            {{"train/denoise_loss", language.loss.item<double>()},
             {"train/denoise_accuracy", language.accuracy}}};
  }

 private:
  /// States of the originals' pieces, each of which sees those before it and its text's vector.
  torch::Tensor decode(const torch::Tensor& words, const TokenBatch& tokens,
                       const torch::Tensor& vectors) {
    const auto of_piece = vectors.index_select(0, tokens.sequences.flatten().clamp_min(0));
    auto x = torch::embedding(words, tokens.ids) + positions_(tokens.positions);
    x = x + of_piece.view_as(x);
    const auto mask = attention_mask(tokens, true);
    for (auto& block : blocks_) x = block->forward(x, mask);
    return norm_(x);
  }

  nn::Embedding positions_{nullptr};
  nn::Linear vector_{nullptr};
  std::vector<std::shared_ptr<GptBlock>> blocks_;
  nn::LayerNorm norm_{nullptr};
};

}  // namespace

std::shared_ptr<Objective> make_denoise(const Experiment& experiment, std::int64_t features) {
  return std::make_shared<Denoising>(experiment, features);
}

}  // namespace pretext
