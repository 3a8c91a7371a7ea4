#pragma once

#include "core/corpus/ingest.h"
#include "core/corpus/sample_drawing.h"
#include "core/corpus/text_ingest.h"
#include "core/spec/experiment.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

namespace pretext {

using Settings = std::initializer_list<std::pair<const char*, const char*>>;

inline void set_all(Experiment& experiment, const Settings& settings) {
  for (const auto& [key, value] : settings) experiment.set_text(key, value);
}

/// 300 drawn pictures of 32 px with labels, called "drawn".
inline CorpusRecord ingest_drawn_pictures(Database& database) {
  const auto source = draw_sample_images(300, 1);
  return ingest_images(database, {source.get()}, {.name = "drawn"});
}

/// SimCLR on them in a moment, on the CPU.
inline Experiment tiny_image_experiment() {
  Experiment experiment;
  set_all(experiment, {{"corpus", "drawn"},
                       {"device", "cpu"},
                       {"encoder.width", "4"},
                       {"encoder.blocks", "1"},
                       {"encoder.stem", "small-stride2"},
                       {"objective.projection", "16,8"},
                       {"training.epochs", "3"},
                       {"training.batch_size", "64"},
                       {"evaluation.linear_epochs", "3"},
                       {"training.ema", "0.9"}});
  return experiment;
}

/// A sentence of a small grammar, in which a verb tells its subject.
inline std::string grammar_sentence(int seed) {
  static const char* subjects[] = {"dog", "cat", "bird", "child", "river", "wind"};
  static const char* verbs[] = {"barked", "purred", "sang", "laughed", "flowed", "blew"};
  static const char* places[] = {"in the garden", "near the old house", "by the sea", "at night"};
  return std::string("The ") + subjects[seed % 6] + " " + verbs[seed % 6] + " " +
         places[(seed / 7) % 4] + ". ";
}

/// 120 documents of such sentences with 80 pieces of their own, called "t".
inline CorpusRecord ingest_grammar(Database& database, const std::filesystem::path& folder) {
  std::ofstream text(folder / "in.txt");
  for (int d = 0; d < 120; ++d) {
    for (int s = 0; s < 4 + d % 5; ++s) text << grammar_sentence(31 * d + 17 * s);
    text << "\n\n";
  }
  text.close();
  const auto source = open_text_source(folder / "in.txt", {});
  return ingest_text(database, *source, nullptr, {.name = "t"}, {.vocabulary_size = 80});
}

/// `objective` on them in a moment, on the CPU.
inline Experiment tiny_text_experiment(const std::string& objective) {
  Experiment experiment(objective);
  set_all(experiment, {{"corpus", "t"},
                       {"device", "cpu"},
                       {"encoder.kind", "bert-tiny"},
                       {"encoder.width", "32"},
                       {"encoder.positions", "64"},
                       {"views.length", "48"},
                       {"training.epochs", "2"},
                       {"training.batch_size", "8"},
                       {"training.ema", "0.9"}});
  return experiment;
}

}  // namespace pretext
