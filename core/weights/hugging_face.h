#pragma once

#include "core/encoder/text_encoder.h"
#include "core/store/corpus_store.h"
#include "core/text/vocabulary.h"
#include "core/weights/safetensors.h"

#include <filesystem>
#include <string>

namespace pretext {

/// A BERT or GPT-2 as a folder of Hugging Face's has it, by the names of our modules: the encoder's
/// as they are, the heads' behind "objective.".
struct HuggingFaceModel {
  TextEncoderShape shape;
  WeightMap weights;
  bool has_heads = false;  ///< That tell pieces.
};

/// Reads `config.json` and `model.safetensors`. Names with and without the "bert." prefix and the
/// old "gamma" and "beta" are known. Throws UserError, with what to do, for another architecture, a
/// pickle, or a file that is missing or damaged.
HuggingFaceModel read_hugging_face(const std::filesystem::path& folder);

/// Writes a folder that `BertForPreTraining`, `AutoModel` and `AutoTokenizer` load: `checkpoint` is
/// a run's, with our names. Weights that a run without pairs lacks are zero. Returns whether there
/// were such. Throws UserError.
bool write_hugging_face(const std::filesystem::path& folder, const WeightMap& checkpoint,
                        const TextEncoderShape& shape, const Vocabulary& vocabulary);

/// The encoder alone, for `BertModel`: what contrast of views and denoising train.
void write_hugging_face_encoder(const std::filesystem::path& folder, const WeightMap& checkpoint,
                                const TextEncoderShape& shape, const Vocabulary& vocabulary);

/// The same of a fine-tuned run whose softmax layer sees the pooled state of [CLS], for
/// `BertForSequenceClassification`; `classes`: names, in the layer's order.
void write_hugging_face_classifier(const std::filesystem::path& folder, const WeightMap& checkpoint,
                                   const TextEncoderShape& shape, const Vocabulary& vocabulary,
                                   const std::vector<std::string>& classes);

/// The same of masked LM on a modern encoder, for `ModernBertForMaskedLM`. A head for pairs, which
/// that lacks, is left out.
void write_hugging_face_modern(const std::filesystem::path& folder, const WeightMap& checkpoint,
                               const TextEncoderShape& shape, const Vocabulary& vocabulary);

/// The same of a GPT, for `GPT2LMHeadModel`: [SEP] ends a text, nothing begins it.
void write_hugging_face_gpt(const std::filesystem::path& folder, const WeightMap& checkpoint,
                            const TextEncoderShape& shape, const Vocabulary& vocabulary);

/// Keeps an imported model in the workspace as `encoder.weights = name`.
void keep_imported(const std::filesystem::path& workspace, const std::string& name,
                   const HuggingFaceModel& model, const Vocabulary& vocabulary);

/// Gives an experiment on text whose `encoder.weights` names an imported model that model's sizes.
/// Throws UserError when there is none of that name, or the corpus was cut with another vocabulary.
void adopt_imported(Experiment& experiment, const std::filesystem::path& workspace,
                    const CorpusRecord& corpus);

}  // namespace pretext
