#include "core/corpus/source_look.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace pretext {
namespace {

constexpr std::size_t kNumLooks = 16;

bool is_number(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A number's digits without zeros before them: of equally many, the text decides by value.
std::string_view value_of(const std::string& number) {
  const auto first = number.find_first_not_of('0');
  return first == std::string::npos ? std::string_view() : std::string_view(number).substr(first);
}

/// By value, then by text: "1" and "01" are two names.
bool class_before(const std::string& a, const std::string& b) {
  if (is_number(a) != is_number(b)) return is_number(a);
  if (!is_number(a)) return a < b;
  const auto of_a = value_of(a);
  const auto of_b = value_of(b);
  return std::tuple(of_a.size(), of_a, std::string_view(a)) <
         std::tuple(of_b.size(), of_b, std::string_view(b));
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
  const SourceFindings& findings() const override { return source_->findings(); }

 private:
  std::unique_ptr<ImageSource> source_;
  std::vector<ImageOrigin> origins_;
};

}  // namespace

SourceLook look_at(const ImageSource& source) {
  const auto& origins = source.origins();
  SourceLook look;
  look.kind = source.kind();
  look.notes = source.findings().notes;
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

}  // namespace pretext
