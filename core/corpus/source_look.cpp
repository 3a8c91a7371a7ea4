#include "core/corpus/source_look.h"

#include <algorithm>

namespace pretext {
namespace {

constexpr std::size_t kNumLooks = 16;

bool class_before(const std::string& a, const std::string& b) {
  const auto is_number = [](const std::string& text) {
    return !text.empty() && text.size() < 10 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (is_number(a) && is_number(b)) return std::stoi(a) < std::stoi(b);
  if (is_number(a) != is_number(b)) return is_number(a);
  return a < b;
}

class TestPart final : public ImageSource {
 public:
  explicit TestPart(std::unique_ptr<ImageSource> source)
      : source_(std::move(source)), origins_(source_->origins()) {
    for (auto& origin : origins_) origin.split = "test";
  }
  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  OwnedImage read(std::size_t position) const override { return source_->read(position); }
  std::uint64_t stamp(std::size_t position) const override { return source_->stamp(position); }
  std::string kind() const override { return source_->kind(); }

 private:
  std::unique_ptr<ImageSource> source_;
  std::vector<ImageOrigin> origins_;
};

}  // namespace

SourceLook look_at(const ImageSource& source) {
  const auto& origins = source.origins();
  SourceLook look;
  look.kind = source.kind();
  look.num_images = static_cast<std::int64_t>(origins.size());
  std::vector<std::string> names;
  for (const auto& origin : origins) {
    look.num_test += origin.split == "test";
    look.num_validation += origin.split == "validation";
    if (!origin.class_name.empty() && (names.empty() || names.back() != origin.class_name))
      names.push_back(origin.class_name);
  }
  look.classes = ordered_classes(std::move(names));
  const auto num_looks = std::min(kNumLooks, origins.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < num_looks; ++i) {
    try {
      look.pictures.push_back(source.read(i * origins.size() / num_looks));
      sum += static_cast<double>(look.pictures.back().pixels.size());
    } catch (const std::exception& error) {
      if (look.complaint.empty()) look.complaint = error.what();
    }
  }
  if (!look.pictures.empty()) {
    look.packed_bytes = static_cast<std::int64_t>(sum / static_cast<double>(look.pictures.size()) *
                                                  static_cast<double>(look.num_images));
  }
  return look;
}

std::vector<std::string> ordered_classes(std::vector<std::string> names) {
  std::ranges::sort(names, class_before);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::unique_ptr<ImageSource> as_test_part(std::unique_ptr<ImageSource> source) {
  return std::make_unique<TestPart>(std::move(source));
}

std::string split_named(const std::string& name) {
  if (name == "train" || name == "test") return name;
  if (name == "val" || name == "valid" || name == "validation") return "validation";
  return {};
}

}  // namespace pretext
