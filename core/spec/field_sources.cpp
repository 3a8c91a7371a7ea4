#include "core/spec/field_sources.h"

namespace pretext {
namespace {

constexpr const char* kSimClr =
    "Chen et al., \"A Simple Framework for Contrastive Learning of Visual Representations\", ICML "
    "2020";
constexpr const char* kBert =
    "Devlin et al., \"BERT: Pre-training of Deep Bidirectional Transformers\", NAACL 2019";
constexpr const char* kInception = "Szegedy et al., \"Going Deeper with Convolutions\", CVPR 2015";
constexpr const char* kByol = "Grill et al., \"Bootstrap Your Own Latent\", NeurIPS 2020";
constexpr const char* kEda = "Wei and Zou, \"EDA: Easy Data Augmentation Techniques\", EMNLP 2019";
constexpr const char* kLargeBatches =
    "Goyal et al., \"Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour\", 2017";
constexpr const char* kTransformer = "Vaswani et al., \"Attention Is All You Need\", NeurIPS 2017";
constexpr const char* kNonParametric =
    "Wu et al., \"Unsupervised Feature Learning via Non-Parametric Instance Discrimination\", CVPR "
    "2018";
constexpr const char* kProbes =
    "Alain and Bengio, \"Understanding Intermediate Layers Using Linear Classifier Probes\", 2016";
constexpr const char* kBart =
    "Lewis et al., \"BART: Denoising Sequence-to-Sequence Pre-training\", ACL 2020";

std::string in(const char* paper, const char* where) {
  return std::string(paper) + ", " + where;
}

}  // namespace

const std::map<std::string, std::string>& field_sources() {
  static const std::map<std::string, std::string> sources = {
      {"objective.temperature", in(kSimClr, "section 5.1")},
      {"objective.projection", in(kSimClr, "section 4.2")},
      {"objective.head", in(kSimClr, "section 4.2")},
      {"objective.decoder_layers", "Wang et al., \"TSDAE\", Findings of EMNLP 2021"},
      {"objective.pooling",
       "Reimers and Gurevych, \"Sentence-BERT\", EMNLP 2019; Gao et al., \"SimCSE\", EMNLP 2021"},
      {"encoder.stem", in(kSimClr, "appendix B.9")},
      {"encoder.blocks", "He et al., \"Deep Residual Learning for Image Recognition\", CVPR 2016"},
      {"encoder.layers", kTransformer},
      {"encoder.heads", kTransformer},
      {"encoder.positions", kBert},
      {"encoder.dropout", "Srivastava et al., \"Dropout\", JMLR 2014"},
      {"encoder.vocabulary",
       "Wu et al., \"Google's Neural Machine Translation System\", 2016, for WordPiece"},
      {"views.preset", in(kSimClr, "appendices A and B.9")},
      {"views.crop_probability", kInception},
      {"views.crop_scale", kInception},
      {"views.crop_ratio", kInception},
      {"views.flip_probability", in(kSimClr, "appendix A")},
      {"views.rotation_probability", in(kSimClr, "section 3")},
      {"views.jitter_probability", in(kSimClr, "appendix A")},
      {"views.brightness", in(kSimClr, "appendix A")},
      {"views.contrast", in(kSimClr, "appendix A")},
      {"views.saturation", in(kSimClr, "appendix A")},
      {"views.hue", in(kSimClr, "appendix A")},
      {"views.grayscale_probability", in(kSimClr, "section 3.1")},
      {"views.blur_probability", in(kSimClr, "appendix A")},
      {"views.blur_sigma", in(kSimClr, "appendix A")},
      {"views.solarise_probability", in(kByol, "appendix B")},
      {"views.solarise_threshold", in(kByol, "appendix B")},
      {"views.mask_probability", in(kBert, "section 3.1")},
      {"views.mask_share", in(kBert, "section 3.1")},
      {"views.random_share", in(kBert, "section 3.1")},
      {"views.mask_unit", "Joshi et al., \"SpanBERT\", TACL 2020, for spans"},
      {"views.short_probability", in(kBert, "appendix A.2")},
      {"views.long_length", in(kBert, "appendix A.2")},
      {"views.long_share", in(kBert, "appendix A.2")},
      {"views.packing",
       "Krell et al., \"Efficient Sequence Packing without Cross-contamination\", 2021"},
      {"views.deletion_probability", kEda},
      {"views.swap_probability", kEda},
      {"views.synonym_probability", kEda},
      {"views.replacement_probability", kEda},
      {"views.reordering_probability", kBart},
      {"training.optimizer",
       "Sutskever et al., ICML 2013 (Nesterov momentum); Kingma and Ba, ICLR 2015 (Adam); "
       "Loshchilov and Hutter, ICLR 2019 (AdamW); You et al., 2017 (LARS)"},
      {"training.lr_scaling", kLargeBatches},
      {"training.warmup_epochs", kLargeBatches},
      {"training.momentum",
       "Sutskever et al., \"On the Importance of Initialization and Momentum\", ICML 2013"},
      {"training.weight_decay",
       "Loshchilov and Hutter, \"Decoupled Weight Decay Regularization\", ICLR 2019"},
      {"training.schedule",
       "Loshchilov and Hutter, \"SGDR\", ICLR 2017 (cosine); Hu et al., \"MiniCPM\", 2024 (wsd)"},
      {"training.clip_norm",
       "Pascanu et al., \"On the Difficulty of Training Recurrent Neural Networks\", ICML 2013"},
      {"training.ema",
       "Polyak and Juditsky, \"Acceleration of Stochastic Approximation by Averaging\", 1992"},
      {"training.precision",
       "Kalamkar et al., \"A Study of BFLOAT16 for Deep Learning Training\", 2019"},
      {"training.accumulation",
       "Gao et al., \"Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup\", "
       "2021"},
      {"training.batch_size", in(kSimClr, "section 5.2")},
      {"training.batch_warmup_steps",
       "Brown et al., \"Language Models are Few-Shot Learners\", NeurIPS 2020, appendix B"},
      {"evaluation.knn_every_epochs", kNonParametric},
      {"evaluation.knn_k", kNonParametric},
      {"evaluation.knn_temperature", kNonParametric},
      {"evaluation.linear_probe", kProbes},
      {"evaluation.linear_epochs", kProbes},
  };
  return sources;
}

}  // namespace pretext
