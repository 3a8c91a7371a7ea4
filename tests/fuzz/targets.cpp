#include "tests/fuzz/targets.h"

#include "core/base/error.h"
#include "core/corpus/array_sources.h"
#include "core/corpus/image_source.h"
#include "core/corpus/label_list.h"
#include "core/corpus/series_ingest.h"
#include "core/corpus/series_source.h"
#include "core/corpus/text_ingest.h"
#include "core/corpus/text_readers.h"
#include "core/corpus/time_text.h"
#include "core/spec/experiment.h"
#include "core/spec/sweep.h"
#include "core/store/run_filter.h"
#include "core/store/trial.h"
#include "core/text/cleaning.h"
#include "core/text/piece_encoder.h"
#include "core/text/sentences.h"
#include "core/text/word_piece_trainer.h"
#include "core/weights/hugging_face_config.h"
#include "core/weights/safetensors.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace pretext {
namespace {

namespace fs = std::filesystem;
using Bytes = std::span<const std::uint8_t>;

std::string text_of(Bytes bytes) {
  return {bytes.begin(), bytes.end()};
}

void look_at(const std::string& text) {
  look_at_all(std::span<const char>(text));
}

void run_safetensors(Bytes bytes) {
  for (const auto& [name, tensor] : read_safetensors(put("x.safetensors", bytes))) {
    look_at(name);
    look_at_all(std::span<const std::byte>(tensor.data));
  }
}

/// What a vocabulary was read for: to cut texts.
void run_vocabulary(const std::string& file) {
  const auto vocabulary = Vocabulary::from_file(file);
  look_at(vocabulary.digest());
  std::vector<Token> tokens;
  PieceEncoder(vocabulary).encode("A word, another one; unaffable [MASK] 東京 é x\u0301.", tokens);
}

void run_config(Bytes bytes) {
  put("config.json", bytes);
  read_hugging_face_config(fuzz_folder());
}

/// What was accepted is written so that it comes back.
void require_round_trip(const Experiment& experiment) {
  try {
    const auto again = Experiment::from_toml(experiment.to_toml(), "y.toml");
    const auto stored = Experiment::from_json(experiment.to_json());
    if (!experiment.differences(again).empty() || !experiment.differences(stored).empty())
      std::abort();
  } catch (const UserError&) {
    std::abort();
  }
}

void run_specification(Bytes bytes) {
  const auto experiment = Experiment::from_toml(text_of(bytes), "x.toml");
  require_round_trip(experiment);
}

/// A line a `--set`.
void run_settings(Bytes bytes) {
  std::istringstream lines(text_of(bytes));
  std::vector<std::string> settings;
  for (std::string line; settings.size() < 20 && std::getline(lines, line);)
    settings.push_back(line);
  Experiment experiment;
  experiment.set_all(settings);
  require_round_trip(experiment);
}

/// A line a setting of a sweep.
void run_sweep(Bytes bytes) {
  std::istringstream lines(text_of(bytes));
  SweepOptions options{.num_random = 3};
  for (std::string line; options.settings.size() < 20 && std::getline(lines, line);)
    options.settings.push_back(line);
  look_at(plan_sweep(Experiment(), options).name);
}

/// Columns of JSON in a workspace; the first byte says which.
void run_columns(Bytes bytes) {
  if (bytes.empty()) return;
  const auto text = text_of(bytes.subspan(1));
  switch (bytes[0]) {
    case 's':
      look_at(Experiment::from_json(text).to_toml());
      break;
    case 't':
      look_at(TextDetails::from_json(text).kind);
      break;
    case 'r':
      look_at(SeriesDetails::from_json(text).kind);
      break;
    case 'c':
      look_at(TrialResult::from_json(text).device);
      break;
    case 'f':
      RunFilter::parse(text).columns();
      break;
    default:
      break;
  }
}

void run_text(Bytes bytes, const std::string& name, const TextSourceOptions& options) {
  const auto reader = open_text_reader(put(name, bytes), options, false);
  std::vector<SkippedFile> skipped;
  CleaningCounts counts;
  for (TextDocument document; reader->next(document, skipped); document = {}) {
    clean_text(document.text, {.markup = true}, counts);
    for (const auto& place : split_sentences(document.text, reader->lines()))
      look_at(document.text.substr(place.begin, place.end - place.begin));
  }
}

void run_learning(Bytes bytes) {
  auto text = text_of(bytes);
  CleaningCounts cleaned;
  clean_text(text, {}, cleaned);
  WordCounts counts;
  WordSplitter splitter(true);
  count_words(text, splitter, counts);
  const auto vocabulary = train_word_pieces(counts, {.size = 2000, .min_frequency = 1});
  std::vector<Token> tokens;
  PieceEncoder(vocabulary).encode(text, tokens);
  for (const auto& token : tokens)
    if (token.begin > token.end || token.end > text.size()) std::abort();
}

void run_labels(Bytes bytes) {
  for (const auto& [file, label] : read_label_csv(put("labels.csv", bytes))) {
    look_at(file);
    look_at(label);
  }
}

void run_series(Bytes bytes) {
  const auto file = put("series.csv", bytes);
  looks_like_series(file);
  SeriesSource source(file, {});
  std::vector<SkippedFile> skipped;
  while (const auto found = source.next(skipped)) {
    look_at_all(std::span<const double>(found->series.values));
    if (found->series.values.size() != found->series.times.size() * source.look().variables.size())
      std::abort();
  }
}

void run_moment(Bytes bytes) {
  const auto text = text_of(bytes);
  const auto moment = parse_moment(text);
  if (moment && is_moment_of_calendar(*moment)) look_at(moment_text(*moment));
  parse_number(text, true);
}

void look_at(const ImageSource& source) {
  for (std::size_t i = 0; i < source.origins().size() && i < 100; ++i) {
    const auto image = source.read(i);
    look_at_all(image.view().bytes());
    if (image.pixels.size() != image.view().num_bytes()) std::abort();
  }
}

void run_idx(Bytes bytes) {
  look_at(*open_idx_source(put("a-images-idx3-ubyte", bytes), "none"));
}

/// The labels of three pictures.
void run_idx_labels(Bytes bytes) {
  static const std::vector<std::uint8_t> images = {0, 0, 8, 3, 0, 0, 0, 3, 0, 0,
                                                   0, 1, 0, 0, 0, 1, 7, 8, 9};
  look_at(*open_idx_source(put("b-images-idx3-ubyte", images), put("b-labels", bytes)));
}

void run_cifar(Bytes bytes) {
  put("data_batch_1.bin", bytes);
  if (const auto source = open_cifar_source(fuzz_folder(), "")) look_at(*source);
}

void run_picture(Bytes bytes) {
  static const auto decoder = open_image_decoder();
  const auto image = decoder->decode(put("picture.png", bytes), {.shorter_side = 64});
  look_at_all(image.view().bytes());
  if (image.pixels.size() != image.view().num_bytes()) std::abort();
}

std::vector<FuzzTarget> make_targets() {
  const auto text = [](const std::string& name, const TextSourceOptions& options) {
    return [name, options](Bytes bytes) { run_text(bytes, name, options); };
  };
  return {
      {"safetensors", run_safetensors},
      {"tokenizer", [](Bytes bytes) { run_vocabulary(put("tokenizer.json", bytes)); }},
      {"vocabulary", [](Bytes bytes) { run_vocabulary(put("vocab.txt", bytes)); }},
      {"config", run_config},
      {"specification", run_specification},
      {"settings", run_settings},
      {"sweep", run_sweep},
      {"columns", run_columns},
      {"text", text("t.txt", {})},
      {"table", text("t.csv", {})},
      {"json_lines", text("t.jsonl", {.text_column = "text", .label_column = "label"})},
      {"learning", run_learning},
      {"labels", run_labels},
      {"series", run_series},
      {"moment", run_moment},
      {"idx", run_idx},
      {"idx_labels", run_idx_labels},
      {"cifar", run_cifar},
      {"picture", run_picture},
      {"packed_images", run_packed_images},
      {"packed_text", run_packed_text},
      {"packed_series", run_packed_series},
      {"stored_blobs", run_stored_blobs},
  };
}

}  // namespace

std::span<const FuzzTarget> fuzz_targets() {
  static const auto targets = make_targets();
  return targets;
}

bool takes(const FuzzTarget& target, std::span<const std::uint8_t> bytes) {
  try {
    target.run(bytes);
    return true;
  } catch (const UserError&) {
    return false;
  }
}

void look_at_all(std::span<const std::byte> bytes) {
  static volatile unsigned sum = 0;
  unsigned own = 0;
  for (const auto byte : bytes) own += static_cast<unsigned>(byte);
  sum = sum + own;
}

const std::string& fuzz_folder() {
  struct Folder {
    std::string path;
    Folder() {
      const bool has_memory = fs::is_directory("/dev/shm");
      path = (has_memory ? "/dev/shm" : "/tmp") + std::string("/pretext-fuzz-XXXXXX");
      if (!::mkdtemp(path.data())) std::abort();
    }
    ~Folder() {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }
  };
  static const Folder folder;
  return folder.path;
}

std::string put(const std::string& name, std::span<const std::uint8_t> bytes) {
  const auto path = fuzz_folder() + "/" + name;
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  return path;
}

}  // namespace pretext
