#include "core/weights/hugging_face_config.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/format.h"
#include "core/base/json_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

[[noreturn]] void refuse(const fs::path& folder, const std::string& why) {
  throw UserError("The model in " + folder.string() + " " + why);
}

/// The largest value that a setting of an encoder of text takes.
std::int64_t most_of(const std::string& key) {
  static const auto fields = text_encoder_fields();
  return static_cast<std::int64_t>(std::ranges::find(fields, key, &Field::key)->high);
}

/// What `config.json` calls the sizes.
struct SizeNames {
  const char *layers, *width, *heads, *inner, *positions, *dropout;
};

constexpr SizeNames kBertNames = {"num_hidden_layers",       "hidden_size",
                                  "num_attention_heads",     "intermediate_size",
                                  "max_position_embeddings", "hidden_dropout_prob"};
constexpr SizeNames kGptNames = {"n_layer", "n_embd",      "n_head",
                                 "n_inner", "n_positions", "resid_pdrop"};

constexpr std::uint64_t kLargestConfig = std::uint64_t{16}
                                         << 20;  // Bytes; real ones have a few kB.

/// The settings of a folder's `config.json`, each asked for with what it has to be.
class Config {
 public:
  explicit Config(const fs::path& folder)
      : folder_(folder),
        settings_(parse_json(read_text_file(folder / "config.json", kLargestConfig),
                             "The file " + (folder / "config.json").string(), "fetch it again",
                             kAnyNumber)) {
    if (!settings_.is_object()) refuse(folder_, "has a damaged config.json: fetch it again.");
  }

  std::string text(const char* key, const std::string& otherwise) const {
    const auto found = settings_.find(key);
    if (found == settings_.end() || found->is_null()) return otherwise;
    if (found->is_string()) return found->get<std::string>();
    refuse_value(key, *found, "a text belongs there");
  }

  /// A whole number from 1 to the largest that Pretext builds; `otherwise`, where it is not zero,
  /// stands for one that is missing.
  std::int64_t size(const char* key, std::int64_t most, std::int64_t otherwise = 0) const {
    const auto found = settings_.find(key);
    if (found == settings_.end() || found->is_null()) {
      if (otherwise > 0) return otherwise;
      refuse(folder_, std::string("has a config.json without the sizes of its encoder (") + key +
                          "): fetch it again.");
    }
    const bool fits = found->is_number_unsigned() && found->get<std::uint64_t>() >= 1 &&
                      found->get<std::uint64_t>() <= static_cast<std::uint64_t>(most);
    if (fits) return found->get<std::int64_t>();
    refuse_value(key, *found, "a whole number from 1 to " + grouped(most) + " belongs there");
  }

  double share(const char* key, double otherwise) const {
    const auto found = settings_.find(key);
    if (found == settings_.end() || found->is_null()) return otherwise;
    if (found->is_number() && found->get<double>() >= 0.0 && found->get<double>() < 1.0)
      return found->get<double>();
    refuse_value(key, *found, "a share from 0 to 1 belongs there");
  }

 private:
  [[noreturn]] void refuse_value(const char* key, const json& value,
                                 const std::string& wanted) const {
    const auto shown = value.is_structured()
                           ? std::string("no plain value")
                           : value.dump(-1, ' ', true, json::error_handler_t::replace);
    refuse(folder_, std::string("has a config.json with ") + key + " = " + shown.substr(0, 60) +
                        ": " + wanted + ".");
  }

  fs::path folder_;
  json settings_;
};

}  // namespace

TextEncoderShape read_hugging_face_config(const fs::path& folder) {
  const Config config(folder);
  const auto type = config.text("model_type", "unknown");
  if (type != "bert" && type != "gpt2")
    refuse(folder, "is of type " + type + ": give one of type bert or gpt2.");
  const bool is_gpt = type == "gpt2";
  const std::string usual = is_gpt ? "gelu_new" : "gelu";
  const auto activation = config.text(is_gpt ? "activation_function" : "hidden_act", usual);
  if (activation != usual)
    refuse(folder, "uses the activation " + activation + ": give one with " + usual + ".");
  const auto& names = is_gpt ? kGptNames : kBertNames;
  TextEncoderShape shape;
  shape.family = is_gpt ? TextFamily::kGpt : TextFamily::kBert;
  // The bounds are those of the settings that an experiment takes them as.
  shape.layers = config.size(names.layers, most_of("encoder.layers"));
  shape.width = config.size(names.width, most_of("encoder.width"));
  shape.heads = config.size(names.heads, most_of("encoder.heads"));
  shape.inner = config.size(names.inner, 4 * most_of("encoder.width"), 4 * shape.width);
  shape.vocabulary = config.size("vocab_size", most_of("encoder.vocabulary"));
  shape.positions = config.size(names.positions, most_of("encoder.positions"));
  shape.dropout = config.share(names.dropout, 0.1);
  if (shape.inner != 4 * shape.width)
    refuse(folder, "has an inner layer that is not four times as wide: give another.");
  if (shape.width % shape.heads != 0)
    refuse(folder, "has heads that do not divide its width: fetch its config.json again.");
  return shape;
}

}  // namespace pretext
