#include "core/corpus/ingest.h"

#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/parallel.h"
#include "core/corpus/corpus_notes.h"
#include "core/corpus/image_statistics.h"
#include "core/corpus/source_look.h"
#include "core/text/printable.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBlock = 512;  // Pictures decoded at a time, of small ones.
constexpr std::size_t kBlockBytes = std::size_t{256} << 20;  // The same, of large ones.

/// Pictures of the version before, for an update to take over. The test part and the others are
/// apart: their files may have the same names.
class PreviousVersion {
 public:
  PreviousVersion(Database& database, const CorpusRecord& record)
      : images_(database.workspace() / record.path / "images.ptx"),
        classes_(record.classes),
        samples_(CorpusStore(database).samples(record.id)) {
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      const bool is_test = samples_[i].split == "test";
      by_source_.emplace(std::pair(is_test, samples_[i].source), i);
      const auto [of_content, is_new] =
          by_key_.emplace(std::pair(is_test, samples_[i].key), class_at(i));
      if (!is_new && of_content->second != class_at(i)) of_content->second.clear();
    }
  }

  /// Where in `images` the unchanged picture is.
  std::optional<std::int64_t> find(bool is_test, const std::string& source,
                                   std::uint64_t stamp) const {
    const auto [begin, end] = by_source_.equal_range({is_test, source});
    if (stamp == 0 || begin == end || std::next(begin) != end) return std::nullopt;
    if (samples_[begin->second].stamp != stamp) return std::nullopt;
    return static_cast<std::int64_t>(begin->second);
  }

  /// The class that a picture has been given, empty for none: that of its name and content, else of
  /// its content where a file was renamed, else of its name where it was changed.
  std::string class_of(bool is_test, const std::string& source, std::uint64_t key) const {
    const auto [first, last] = by_source_.equal_range({is_test, source});
    for (auto own = first; own != last; ++own)
      if (samples_[own->second].key == key) return class_at(own->second);
    const auto of_content = by_key_.find({is_test, key});
    if (of_content != by_key_.end() && !of_content->second.empty()) return of_content->second;
    return first != last && std::next(first) == last ? class_at(first->second) : std::string();
  }
  const PackedImages& images() const { return images_; }

 private:
  std::string class_at(std::size_t position) const {
    const auto& label = samples_[position].label;
    return label ? classes_[static_cast<std::size_t>(*label)] : std::string();
  }

  PackedImages images_;
  std::vector<std::string> classes_;
  std::vector<SampleRecord> samples_;
  std::multimap<std::pair<bool, std::string>, std::size_t> by_source_;  // Of the test part first.
  // The class that all of one content have; empty where they differ.
  std::map<std::pair<bool, std::uint64_t>, std::string> by_key_;
};

std::string bits(PixelType type) {
  return type == PixelType::kU16 ? "16" : "8";
}

/// One ingest, from the first picture to the last.
class Packer {
 public:
  Packer(const fs::path& file, const PreviousVersion* previous, double validation_share,
         const IngestObserver& observe, std::stop_token stop)
      : writer_(file),
        previous_(previous),
        validation_share_(validation_share),
        observe_(observe),
        stop_(std::move(stop)) {}

  void take(const ImageSource& source) {
    const auto count = static_cast<std::int64_t>(source.origins().size());
    std::int64_t begin = 0;
    while (begin < count) {
      const auto pictures = read_block(source, begin);
      if (stop_.stop_requested()) throw UserError("Ingest was stopped; nothing was kept.");
      for (const auto& picture : pictures)
        keep(source.origins()[static_cast<std::size_t>(begin++)], picture);
      report();
    }
    const auto& found = source.findings();
    for (const auto* list : {&found.unlisted, &found.skipped})
      skipped.insert(skipped.end(), list->begin(), list->end());
  }

  void expect(std::int64_t total) { num_total_ = total; }

  PackedImageWriter& writer() { return writer_; }
  ImageStatistics& statistics() { return statistics_; }

  std::vector<SampleRecord> samples;
  std::vector<std::string> class_names;  // Of each sample; empty without a label.
  std::vector<SkippedFile> skipped;
  std::int64_t num_duplicates = 0;
  std::int64_t num_reused = 0;
  std::int64_t num_of_other_depth = 0;  // Among the skipped.
  std::int64_t num_of_several = 0;      // Whose file has further pictures.

 private:
  /// What came of one origin: a picture read now, one of the version before, or a complaint.
  struct Picture {
    OwnedImage read;
    std::optional<std::int64_t> reused;
    std::uint64_t stamp = 0;
    std::uint64_t key = 0;
    std::string complaint;
  };

  /// Pictures from `begin` on: one at least, and no more than memory is meant for.
  std::vector<Picture> read_block(const ImageSource& source, std::int64_t begin) const {
    const auto size = std::min(kBlock, static_cast<std::int64_t>(source.origins().size()) - begin);
    std::vector<std::optional<Picture>> read_ones(static_cast<std::size_t>(size));
    std::atomic<std::size_t> num_bytes = 0;
    parallel_for(size, num_cores(), 1, [&](std::int64_t i, int /*thread*/) {
      if (stop_.stop_requested() || (i > 0 && num_bytes > kBlockBytes)) return;
      auto& picture = read_ones[static_cast<std::size_t>(i)];
      picture = read(source, static_cast<std::size_t>(begin + i));
      num_bytes += picture->read.pixels.size();
    });
    std::vector<Picture> pictures;
    for (auto& picture : read_ones) {
      if (!picture) break;  // Read again with the next block.
      pictures.push_back(std::move(*picture));
    }
    return pictures;
  }

  Picture read(const ImageSource& source, std::size_t position) const {
    Picture picture;
    try {
      picture.stamp = source.stamp(position);
      if (previous_) {
        const auto& origin = source.origins()[position];
        picture.reused = previous_->find(origin.split == "test", origin.name, picture.stamp);
      }
      if (previous_ && picture.reused) {
        picture.key = previous_->images().key(*picture.reused);
      } else {
        picture.read = source.read(position);
        picture.key = content_key(picture.read.view().bytes());
      }
    } catch (const std::exception& error) {
      picture.complaint = error.what();
    }
    return picture;
  }

  void keep(const ImageOrigin& origin, const Picture& picture) {
    ++num_done_;
    if (!picture.complaint.empty()) {
      skipped.push_back({origin.name, picture.complaint});
      return;
    }
    const bool is_reused = previous_ && picture.reused;
    const auto image = is_reused ? previous_->images().image(*picture.reused) : picture.read.view();
    if (!dtype_) dtype_ = previous_ ? previous_->images().image(0).dtype : image.dtype;
    if (image.dtype != *dtype_) {  // One window of values cannot show both.
      ++num_of_other_depth;
      skipped.push_back({origin.name, "has " + bits(image.dtype) + " bits a value and others " +
                                          bits(*dtype_) + ": ingest it as a corpus of its own"});
      return;
    }
    if (is_reused) ++num_reused;
    num_of_several += picture.read.is_first_of_several;
    const auto key = picture.key;
    writer_.add(image, key);
    statistics_.add(image);
    SampleRecord sample;
    sample.key = key;
    sample.stamp = picture.stamp;
    sample.duplicate_rank = num_seen_[key]++;
    if (sample.duplicate_rank > 0) ++num_duplicates;
    sample.split = origin.split;
    if (sample.split.empty()) {
      sample.split = is_validation(key, validation_share_) ? "validation" : "train";
    }
    sample.source = origin.name;
    samples.push_back(std::move(sample));
    const bool keeps_label = previous_ && origin.class_name.empty();
    class_names.push_back(keeps_label
                              ? previous_->class_of(origin.split == "test", origin.name, key)
                              : printable_name(origin.class_name));
  }

  void report() {
    if (!observe_) return;
    const double per_item =
        watch_.seconds() / static_cast<double>(std::max<std::int64_t>(1, num_done_));
    observe_({num_done_, num_total_, static_cast<std::int64_t>(skipped.size()),
              per_item * static_cast<double>(num_total_ - num_done_)});
  }

  PackedImageWriter writer_;
  const PreviousVersion* previous_;
  ImageStatistics statistics_;
  std::optional<PixelType> dtype_;  // Of the first picture or the version before, and so of all.
  double validation_share_;
  const IngestObserver& observe_;
  std::stop_token stop_;
  std::map<std::uint64_t, std::int64_t> num_seen_;
  std::int64_t num_done_ = 0;
  std::int64_t num_total_ = 0;
  Stopwatch watch_;
};

std::vector<std::string> label_samples(Packer& packer) {
  auto classes = ordered_classes(packer.class_names);
  std::erase(classes, "");
  std::map<std::string, std::int64_t> index;
  for (std::size_t i = 0; i < classes.size(); ++i) index[classes[i]] = static_cast<std::int64_t>(i);
  for (std::size_t i = 0; i < packer.samples.size(); ++i) {
    const auto found = index.find(packer.class_names[i]);
    if (found != index.end()) packer.samples[i].label = found->second;
  }
  return classes;
}

bool has_split(const std::vector<const ImageSource*>& sources, const std::string& split) {
  return std::ranges::any_of(sources, [&](const ImageSource* source) {
    return std::ranges::any_of(source->origins(),
                               [&](const auto& origin) { return origin.split == split; });
  });
}

/// What is said of a corpus beside its numbers.
std::vector<std::string> notes_of(const Packer& packer,
                                  const std::vector<const ImageSource*>& sources,
                                  const std::vector<std::string>& classes) {
  std::vector<std::string> notes;
  for (const auto* source : sources)
    notes.insert(notes.end(), source->findings().notes.begin(), source->findings().notes.end());
  if (packer.num_of_several > 0)
    notes.push_back(count_of(packer.num_of_several, "file moves or has pages: its",
                             "files move or have pages: their") +
                    " first picture was taken.");
  for (auto& note : part_notes(sample_rows(packer.samples), classes))
    notes.push_back(std::move(note));
  return notes;
}

}  // namespace

CorpusRecord ingest_images(Database& database, const std::vector<const ImageSource*>& sources,
                           const IngestOptions& options, const IngestObserver& observe,
                           std::stop_token stop) {
  UnfinishedCorpus unfinished(database, options, "images");
  if (options.update) {
    for (const auto* source : sources) require_whole(source->findings());
  }
  const double share = has_split(sources, "validation") ? 0.0 : options.validation_share;
  std::optional<PreviousVersion> previous;
  if (options.update) previous.emplace(database, CorpusStore(database).require(options.name));
  Packer packer(unfinished.folder() / "images.ptx", previous ? &*previous : nullptr, share, observe,
                stop);
  std::int64_t total = 0;
  for (const auto* source : sources) total += static_cast<std::int64_t>(source->origins().size());
  packer.expect(total);
  for (const auto* source : sources) packer.take(*source);
  if (packer.samples.empty()) {
    const auto why = packer.skipped.empty()
                         ? ""
                         : " (" + packer.skipped[0].path + " " + packer.skipped[0].reason + ")";
    throw UserError((total == 1 ? std::string("The image could not be read")
                                : "None of the " + grouped(total) + " images could be read") +
                    why + ": choose another source.");
  }

  if (packer.num_of_other_depth > std::ssize(packer.samples)) {
    throw UserError("Of the " + std::to_string(total) + " images, " +
                    std::to_string(packer.num_of_other_depth) +
                    " have another depth than the first, \"" + packer.samples[0].source +
                    "\": take out those like it, or ingest each depth as a corpus of its own.");
  }

  CorpusRecord corpus;
  corpus.num_duplicates = packer.num_duplicates;
  corpus.num_reused = packer.num_reused;
  packer.statistics().describe(corpus);
  corpus.classes = label_samples(packer);
  corpus.details = details_of_notes(notes_of(packer, sources, corpus.classes));
  corpus.fingerprint = packer.writer().finish();
  unfinished.commit(corpus, sample_rows(packer.samples), packer.skipped);
  return corpus;
}

}  // namespace pretext
