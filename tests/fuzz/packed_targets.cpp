#include "core/base/error.h"
#include "core/corpus/column_file.h"
#include "core/corpus/packed_images.h"
#include "core/corpus/packed_series.h"
#include "core/corpus/packed_text.h"
#include "core/corpus/series_table.h"
#include "core/store/corpus_store.h"
#include "core/store/labelling_store.h"
#include "core/store/projection_store.h"
#include "core/store/result_store.h"
#include "core/store/sample_reading_store.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <xxhash.h>

#include "tests/fuzz/targets.h"
#include "tests/unit/bare_corpus.h"

// Files of a workspace have digests that a fuzzer never hits: where the first byte of an input asks
// for it, header and digest are made to fit what follows.
namespace pretext {
namespace {

namespace fs = std::filesystem;
using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kHeader = 64;

template <typename Value>
void set_at(std::string& file, std::size_t at, const Value& value) {
  std::memcpy(file.data() + at, &value, sizeof value);
}

void set_digest(std::string& file, std::size_t at, std::size_t begin) {
  XXH128_canonical_t digest;
  XXH128_canonicalFromHash(&digest, XXH3_128bits(file.data() + begin, file.size() - begin));
  std::memcpy(file.data() + at, digest.digest, sizeof digest.digest);
}

/// A column of what follows the place of its header.
std::string mended_column(std::string file, std::uint64_t width) {
  file.resize(kHeader + (file.size() - kHeader) / width * width);
  std::memcpy(file.data(), "PTXCOL\r\n", 8);
  set_at(file, 8, std::uint32_t{1});
  set_at(file, 12, std::uint32_t{0x01020304});
  set_at(file, 16, width);
  set_at(file, 24, std::uint64_t{(file.size() - kHeader) / width});
  set_at(file, 32, std::uint64_t{file.size()});
  set_digest(file, 40, kHeader);
  return file;
}

std::string mended_images(std::string file) {
  constexpr std::uint64_t kEntry = 32;
  std::memcpy(file.data(), "PTXIMG\r\n", 8);
  set_at(file, 8, std::uint32_t{1});
  set_at(file, 12, std::uint32_t{0x01020304});
  std::uint64_t index = 0;
  std::memcpy(&index, file.data() + 24, sizeof index);
  if (index < kHeader || index > file.size()) return file;
  set_at(file, 16, std::uint64_t{(file.size() - index) / kEntry});
  set_at(file, 32, std::uint64_t{file.size()});
  set_digest(file, 40, index);
  return file;
}

Bytes bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// A file of a packed folder and the width of its numbers; 0: it is no column.
struct PackedFile {
  const char* name;
  std::uint64_t width;
};

/// Puts one file of a whole folder in the place of its own, calls `read`, and puts it back. The
/// first byte says which, and, by its bit of 16, whether its header is mended.
template <typename Read>
void with_changed(Bytes bytes, const std::string& folder, std::span<const PackedFile> files,
                  const Read& read) {
  if (bytes.empty()) return;
  const auto& file = files[bytes[0] % 16 % files.size()];
  std::string content(bytes.begin() + 1, bytes.end());
  const bool is_mended = (bytes[0] & 16) != 0 && file.width > 0 && content.size() >= kHeader;
  if (is_mended) content = mended_column(content, file.width);
  const auto path = fuzz_folder() + "/" + folder + "/" + file.name;
  const auto kept = path + ".kept";
  fs::rename(path, kept);
  put(folder + "/" + file.name, bytes_of(content));
  try {
    read();
  } catch (const UserError&) {
    fs::rename(kept, path);
    throw;
  }
  fs::rename(kept, path);
}

const std::string& text_folder() {
  static const std::string folder = [] {
    const auto path = fuzz_folder() + "/text";
    fs::create_directories(path);
    PackedTextWriter writer(path);
    writer.add("One sentence here. And a second one!", 1);
    writer.add("Another document.", 2);
    writer.finish();
    const Vocabulary vocabulary({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "one", "sentence",
                                 "and", "a", "##nother", ".", "!"},
                                true);
    CutCounts counts;
    cut_documents(path, vocabulary, LineMeaning::kParagraph, counts);
    return path;
  }();
  return folder;
}

const std::string& series_folder() {
  static const std::string folder = [] {
    const auto path = fuzz_folder() + "/series";
    fs::create_directories(path);
    PackedSeriesWriter writer(path);
    writer.add(Series{.times = {1, 2, 3}, .values = {1, 2, 3, 4, 5, 6}}, 1);
    writer.add(Series{.times = {4}, .values = {7, 8}}, 2);
    writer.finish();
    return path;
  }();
  return folder;
}

/// A workspace of four samples with a row of each kind that holds blobs. What is changed is never
/// committed.
struct Workspace {
  Database database{fuzz_folder() + "/workspace"};
  std::int64_t labelling = 0;

  Workspace() {
    insert_bare_corpus(database, {.num_samples = 4});
    database.connection().exec(
        "INSERT INTO runs (name, status, objective, corpus_id, spec, seed, created_ms) "
        "VALUES ('r', 'finished', 'simclr', 1, '{}', 0, 0)");
    const Projection projection{.method = "pca", .positions = {0, 3}, .coordinates = {1, 2, 3, 4}};
    auto frame = projection;
    frame.film = 1;
    ProjectionStore(database).add(1, projection);
    ProjectionStore(database).set_film(1, {frame, frame});
    SampleReadingStore(database).set(
        1, {.positions = {0, 3}, .clusters = {0, 1}, .agreement = {1, 1}, .loss = {}});
    ResultStore(database).set_embeddings(
        1, 1, {.checkpoint_id = 1, .dimensions = 2, .positions = {0, 3}, .rows = {1, 2, 3, 4}});
    labelling = LabellingStore(database).find_or_create(1, "l").id;
    LabelProbe probe{.classes = {"a", "b"}};
    probe.positions = {0, 3};
    probe.predicted = {0, 1};
    probe.certainty = {1, 1};
    LabellingStore(database).add_probe(labelling, 1, probe);
    database.connection().exec("BEGIN");
  }
};

void require_inside(const std::vector<std::int64_t>& positions) {
  for (const auto position : positions)
    if (position < 0 || position >= 4) std::abort();
}

void require(bool holds) {
  if (!holds) std::abort();
}

void read_all(Workspace& workspace) {
  auto& database = workspace.database;
  if (const auto found = ProjectionStore(database).newest(1)) {
    require_inside(found->positions);
    require(found->coordinates.size() == 2 * found->positions.size());
  }
  const auto film = ProjectionStore(database).film(1, "pca");
  for (const auto& frame : film) {
    require_inside(frame.positions);
    require(frame.coordinates.size() == film.front().coordinates.size());
  }
  if (const auto found = SampleReadingStore(database).find(1)) {
    require_inside(found->positions);
    require(found->clusters.size() == found->positions.size());
    require(found->agreement.size() == found->positions.size());
  }
  if (const auto found = LabellingStore(database).newest_probe(workspace.labelling, 1)) {
    require_inside(found->positions);
    require(found->predicted.size() == found->positions.size());
    require(found->certainty.size() == found->positions.size());
    for (const auto number : found->predicted)
      require(number >= 0 && static_cast<std::size_t>(number) < found->classes.size());
  }
  const auto embeddings = ResultStore(database).embeddings(1, 1);
  require_inside(embeddings.positions);
  require(embeddings.rows.size() ==
          embeddings.positions.size() * static_cast<std::size_t>(embeddings.dimensions));
}

}  // namespace

void run_packed_images(Bytes bytes) {
  if (bytes.empty()) return;
  std::string file(bytes.begin() + 1, bytes.end());
  if ((bytes[0] & 16) != 0 && file.size() >= kHeader) file = mended_images(file);
  const PackedImages images(put("images.ptx", bytes_of(file)));
  for (std::int64_t i = 0; i < images.size() && i < 1000; ++i) look_at_all(images.image(i).bytes());
}

void run_packed_text(Bytes bytes) {
  static constexpr std::array<PackedFile, 8> kFiles = {{{"documents.ptx", 16},
                                                        {"frames.ptx", 16},
                                                        {"text.zst", 0},
                                                        {"first-sentences.ptx", 8},
                                                        {"sentences.ptx", 16},
                                                        {"pieces.ptx", 2},
                                                        {"places.ptx", 4},
                                                        {"tokenizer.json", 0}}};
  with_changed(bytes, fs::path(text_folder()).filename(), kFiles, [] {
    const PackedText text(text_folder());
    const auto num_documents = std::min<std::int64_t>(text.documents().size(), 100);
    for (std::int64_t document = 0; document < num_documents; ++document) {
      const auto content = text.documents().text(document);
      const auto [begin, end] = text.sentences_of(document);
      for (auto sentence = begin; sentence < std::min(end, begin + 100); ++sentence) {
        const auto place = text.place(sentence);
        look_at_all(std::span<const char>(content.substr(place.begin, place.end - place.begin)));
        for (const auto& token : text.tokens(document, sentence))
          look_at_all(std::span<const char>(content.substr(token.begin, token.end - token.begin)));
      }
    }
  });
}

void run_packed_series(Bytes bytes) {
  static constexpr std::array<PackedFile, 3> kFiles = {
      {{"series.ptx", 16}, {"times.ptx", 8}, {"values.ptx", 8}}};
  with_changed(bytes, fs::path(series_folder()).filename(), kFiles, [] {
    const PackedSeries series(series_folder(), 2);
    for (std::int64_t i = 0; i < std::min<std::int64_t>(series.size(), 100); ++i) {
      look_at_all(series.times(i));
      look_at_all(series.values(i));
    }
  });
}

/// Bytes: which table, rows, how many bytes of the rest are the first blob; the rest is the others.
void run_stored_blobs(Bytes bytes) {
  static Workspace workspace;
  struct Table {
    const char* update;
    std::size_t num_blobs;
  };
  static constexpr std::array<Table, 4> kTables = {
      {{"UPDATE projections SET num_rows = ?, positions = ?, coordinates = ?", 2},
       {"UPDATE sample_readings SET step = ?, positions = ?, clusters = ?, agreement = ?", 3},
       {"UPDATE label_probes SET num_labels = ?, positions = ?, predicted = ?, certainty = ?", 3},
       {"UPDATE embeddings SET num_rows = ?, positions = ?, data = ?", 2}}};
  if (bytes.size() < 3) return;
  const auto& table = kTables[bytes[0] % kTables.size()];
  auto rest = bytes.subspan(3);
  auto& connection = workspace.database.connection();
  const auto take_back = [&] {
    connection.exec("ROLLBACK TO input");
    connection.exec("RELEASE input");
  };
  connection.exec("SAVEPOINT input");
  {
    auto update = workspace.database.prepare(table.update);
    update.bind(1, static_cast<std::int64_t>(bytes[1]));
    auto size = std::min<std::size_t>(bytes[2], rest.size());
    for (std::size_t blob = 0; blob < table.num_blobs; ++blob) {
      update.bind(static_cast<int>(2 + blob), rest.empty() ? "" : (const void*)rest.data(),
                  static_cast<int>(size));
      rest = rest.subspan(size);
      size = table.num_blobs - blob > 1 ? rest.size() / (table.num_blobs - blob - 1) : 0;
    }
    update.exec();
  }
  try {
    read_all(workspace);
  } catch (const UserError&) {
    take_back();
    throw;
  }
  take_back();
}

}  // namespace pretext
