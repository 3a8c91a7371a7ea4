#include "core/corpus/text_details.h"

#include "core/base/error.h"
#include "core/store/json_column.h"

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::json;

TextDetails details_of(const json& document) {
  TextDetails details;
  const auto count = [&](const char* key) { return document.value(key, std::int64_t{0}); };
  details.vocabulary = document.value("vocabulary", std::string());
  details.vocabulary_size = count("vocabulary_size");
  details.is_uncased = document.value("uncased", true);
  details.num_pieces = count("pieces");
  details.num_words = count("words");
  details.num_unknown = count("unknown");
  details.num_sentences = count("sentences");
  details.num_text_bytes = count("text_bytes");
  details.kind = document.value("source_kind", std::string());
  details.documents = document.value("documents", std::string());
  details.lines = document.value("lines", std::string());
  details.cleaning = {count("composed"), count("control"), count("white_space"), count("markup"),
                      count("invalid_utf8")};
  details.invalid_in = document.value("invalid_in", std::vector<std::string>());
  details.num_boilerplate = count("boilerplate");
  details.num_too_short = count("too_short");
  details.num_too_long = count("too_long");
  details.num_unlabelled = count("unlabelled");
  details.has_pairs = document.value("pairs", false);
  details.notes = document.value("notes", std::vector<std::string>());
  return details;
}

}  // namespace

std::string TextDetails::to_json() const {
  json document{{"vocabulary", vocabulary},
                {"vocabulary_size", vocabulary_size},
                {"uncased", is_uncased},
                {"pieces", num_pieces},
                {"words", num_words},
                {"unknown", num_unknown},
                {"sentences", num_sentences},
                {"text_bytes", num_text_bytes},
                {"source_kind", kind},
                {"documents", documents},
                {"lines", lines},
                {"composed", cleaning.num_composed},
                {"control", cleaning.num_control},
                {"white_space", cleaning.num_white_space},
                {"markup", cleaning.num_markup},
                {"invalid_utf8", cleaning.num_invalid},
                {"invalid_in", invalid_in},
                {"boilerplate", num_boilerplate},
                {"too_short", num_too_short},
                {"too_long", num_too_long},
                {"unlabelled", num_unlabelled},
                {"pairs", has_pairs}};
  if (!notes.empty()) document["notes"] = notes;
  return document.dump();
}

TextDetails TextDetails::from_json(const std::string& text) {
  return json_column_or_none(text, details_of);
}

void require_same_vocabulary(const CorpusRecord& own, const std::filesystem::path& folder,
                             const CorpusRecord& other) {
  const auto of = [](const CorpusRecord& corpus) {
    return TextDetails::from_json(corpus.details).vocabulary;
  };
  if (of(own) == of(other)) return;
  throw UserError("The corpus \"" + other.name + "\" was cut with another vocabulary than \"" +
                  own.name + "\": cut it again with \"pretext retokenize " + other.name +
                  " --vocab " + (folder / "tokenizer.json").string() + "\".");
}

}  // namespace pretext
