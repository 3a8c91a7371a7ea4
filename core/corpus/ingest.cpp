#include "core/corpus/ingest.h"

#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/corpus/image_statistics.h"
#include "core/corpus/source_look.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBlock = 512;  // Pictures decoded at a time: bounds the memory.

/// Pictures of the version before, for an update to take over.
class PreviousVersion {
 public:
  PreviousVersion(Database& database, const CorpusRecord& record)
      : images_(database.workspace() / record.path / "images.ptx"), classes_(record.classes) {
    const auto samples = CorpusStore(database).samples(record.id);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      by_source_[samples[i].source] = {samples[i].stamp, static_cast<std::int64_t>(i),
                                       samples[i].label};
    }
  }

  /// Where in `images` the unchanged picture is.
  std::optional<std::int64_t> find(const std::string& source, std::uint64_t stamp) const {
    const auto found = by_source_.find(source);
    if (stamp == 0 || found == by_source_.end() || found->second.stamp != stamp)
      return std::nullopt;
    return found->second.position;
  }
  /// The class that a picture has been given; empty for none.
  std::string class_of(const std::string& source) const {
    const auto found = by_source_.find(source);
    if (found == by_source_.end() || !found->second.label) return {};
    return classes_[static_cast<std::size_t>(*found->second.label)];
  }
  const PackedImages& images() const { return images_; }

 private:
  struct Place {
    std::uint64_t stamp;
    std::int64_t position;
    std::optional<std::int64_t> label;
  };
  PackedImages images_;
  std::vector<std::string> classes_;
  std::unordered_map<std::string, Place> by_source_;
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
    std::vector<Picture> pictures;
    for (std::int64_t begin = 0; begin < count; begin += kBlock) {
      const auto size = std::min(kBlock, count - begin);
      pictures.assign(static_cast<std::size_t>(size), {});
      parallel_for(size, num_cores(), 1, [&](std::int64_t i, int) {
        if (stop_.stop_requested()) return;
        pictures[static_cast<std::size_t>(i)] = read(source, static_cast<std::size_t>(begin + i));
      });
      if (stop_.stop_requested()) throw UserError("Ingest was stopped; nothing was kept.");
      for (std::int64_t i = 0; i < size; ++i) {
        keep(source.origins()[static_cast<std::size_t>(begin + i)],
             pictures[static_cast<std::size_t>(i)]);
      }
      report();
    }
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

 private:
  /// What came of one origin: a picture read now, one of the version before, or a complaint.
  struct Picture {
    OwnedImage read;
    std::optional<std::int64_t> reused;
    std::uint64_t stamp = 0;
    std::uint64_t key = 0;
    std::string complaint;
  };

  Picture read(const ImageSource& source, std::size_t position) const {
    Picture picture;
    try {
      picture.stamp = source.stamp(position);
      if (previous_) {
        picture.reused = previous_->find(source.origins()[position].name, picture.stamp);
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
    class_names.push_back(keeps_label ? previous_->class_of(origin.name) : origin.class_name);
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

}  // namespace

CorpusRecord ingest_images(Database& database, const std::vector<const ImageSource*>& sources,
                           const IngestOptions& options, const IngestObserver& observe,
                           std::stop_token stop) {
  UnfinishedCorpus unfinished(database, options, "images");
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
    throw UserError("None of the " + std::to_string(total) + " images could be read" + why +
                    ": choose another source.");
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
  corpus.fingerprint = packer.writer().finish();
  unfinished.commit(corpus, sample_rows(packer.samples), packer.skipped);
  return corpus;
}

}  // namespace pretext
