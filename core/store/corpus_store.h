#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// A row of `corpora`: one version of an ingested corpus.
struct CorpusRecord {
  std::int64_t id = 0;
  std::string name;
  std::int64_t version = 1;
  std::string kind = "images";
  std::string path;    ///< Folder of the packed form, relative to the workspace; computed.
  std::string source;  ///< Where it was ingested from, for reference.
  std::int64_t num_samples = 0;
  std::int64_t num_duplicates = 0;
  std::int64_t num_reused = 0;  ///< Of an ingest just done: taken over from the version before.
  int channels = 1;
  int min_width = 0, max_width = 0, min_height = 0, max_height = 0;  ///< px
  std::vector<double> mean, deviation;         ///< Per channel, of values in [0, 1].
  double value_low = 0.0, value_high = 255.0;  ///< Stored values that become 0 and 1.
  std::string fingerprint;
  std::vector<std::string> classes;
  std::string details = "{}";  ///< JSON: what only corpora of its kind have.
  std::int64_t bytes = 0;
  std::int64_t created_ms = 0;
  std::int64_t labels_version = 0;  ///< Grows whenever labels are attached.

  /// Of at least two classes.
  bool has_labels() const { return classes.size() >= 2; }
  /// Side of its views for `views.size = 0`: the corpus's own, up to 224 px.
  std::int64_t natural_size() const;
};

/// Throws UserError when a corpus cannot be called so: a number stands for a run.
void require_corpus_name(const std::string& name);

/// Throws UserError, saying how to attach them, when a corpus has no labels of two classes.
void require_labels(const CorpusRecord& corpus);

/// A row of `samples`.
struct SampleRecord {
  std::uint64_t key = 0;
  std::int64_t duplicate_rank = 0;
  std::string split;                  ///< "train", "validation" or "test".
  std::optional<std::int64_t> label;  ///< Index into the corpus's classes.
  std::string source;
  std::uint64_t stamp = 0;  ///< `ImageSource::stamp` when it was read.
};

/// Samples to insert, by their position, made one at a time.
struct SampleRows {
  std::int64_t count = 0;
  std::function<SampleRecord(std::int64_t position)> at;
};

/// Those of a vector, which must outlive it.
SampleRows sample_rows(const std::vector<SampleRecord>& samples);

struct SkippedFile {
  std::string path;
  std::string reason;
};

/// Reads and writes corpora; see `corpora`, `samples` and `skipped`.
class CorpusStore {
 public:
  explicit CorpusStore(Database& database) : database_(database) {}

  /// Newest version of each name, without those in the bin.
  std::vector<CorpusRecord> list();
  std::optional<CorpusRecord> find(const std::string& name);
  /// Throws UserError, naming the corpora there are, when there is none of that name.
  CorpusRecord require(const std::string& name);
  CorpusRecord get(std::int64_t id);
  std::int64_t newest_version(const std::string& name);

  /// That of the record as it is now; -1 where the corpus is gone.
  std::int64_t labels_version(std::int64_t id);

  std::vector<SampleRecord> samples(std::int64_t corpus_id);
  /// By their paths, numbers in these by value.
  std::vector<SkippedFile> skipped(std::int64_t corpus_id);

  /// A number for a new corpus, which no other has had or will get. Inside the caller's
  /// transaction.
  std::int64_t reserve_id();
  /// Inserts samples and skipped files of a corpus that has no row yet, in transactions of a
  /// twentieth of a second. Not inside another one.
  void insert_ahead(std::int64_t id, const SampleRows& samples,
                    const std::vector<SkippedFile>& skipped);
  /// Inserts the row of a corpus, under the number that it has, inside the caller's transaction.
  void insert(const CorpusRecord& corpus);
  /// The same with its samples, under a new number, which is returned. For few of them.
  std::int64_t insert(CorpusRecord corpus, const SampleRows& samples,
                      const std::vector<SkippedFile>& skipped);

  /// Gives samples their classes, by positions; classes are matched by name, and an empty name is
  /// none. Returns how many samples got one.
  std::int64_t set_labels(std::int64_t corpus_id, const std::map<std::int64_t, std::string>& rows);

  /// All versions of a corpus. Throws UserError when there is none of that name, or a run on it is
  /// queued or running.
  void move_to_bin(const std::string& name);
  /// Those versions that went into the bin together last, as `new_name` where one is given. Throws
  /// UserError when there are none, or another corpus has the name.
  void restore(const std::string& name, const std::string& new_name = {});
  /// Removes the binned versions of a corpus, with their files. Throws UserError when there is none
  /// in the bin, or runs stand on it.
  void purge(const std::string& name);

 private:
  Database& database_;
};

}  // namespace pretext
