#pragma once

#include "core/text/vocabulary.h"

#include <filesystem>
#include <string>

namespace pretext {

/// Reads the text of Hugging Face's `tokenizer.json`, of type WordPiece or GPT-2's byte-level BPE.
/// `file` is what it is called in errors. Throws UserError for a tokenizer of another type, named.
Vocabulary read_tokenizer_json(const std::filesystem::path& file, const std::string& text);

/// What BertTokenizerFast or GPT2TokenizerFast saves.
std::string tokenizer_json(const Vocabulary& vocabulary);

}  // namespace pretext
