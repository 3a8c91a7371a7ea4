#include "core/corpus/image_format.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace pretext {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t at;
  std::string_view text;
  std::string_view name;
};

constexpr std::array kForeign = {
    Signature{4, "ftypavif"sv, "AVIF"},
    Signature{4, "ftypavis"sv, "AVIF"},
    Signature{4, "ftyphei"sv, "HEIC"},
    Signature{4, "ftyphev"sv, "HEIC"},
    Signature{4, "ftypmif1"sv, "HEIC"},
    Signature{4, "ftypmsf1"sv, "HEIC"},
    Signature{4, "ftypcrx"sv, "camera raw"},
    Signature{0, "\xFF\x0A"sv, "JPEG XL"},
    Signature{4, "JXL \r\n"sv, "JPEG XL"},
    Signature{4, "jP  \r\n"sv, "JPEG 2000"},
    Signature{0, "\xFF\x4F\xFF\x51"sv, "JPEG 2000"},
    Signature{0, "8BPS"sv, "Photoshop"},
    Signature{0, "\x76\x2F\x31\x01"sv, "OpenEXR"},
    Signature{0, "#?RADIANCE"sv, "Radiance HDR"},
    Signature{0, "NITF"sv, "NITF"},
    Signature{128, "DICM"sv, "DICOM"},
    Signature{0, "\0\0\1\0"sv, "icon"},
};

struct Ending {
  std::string_view ending, name;
};

constexpr std::array kForeignEndings = {
    Ending{".heic", "HEIC"},      Ending{".heif", "HEIC"},        Ending{".hif", "HEIC"},
    Ending{".avif", "AVIF"},      Ending{".jxl", "JPEG XL"},      Ending{".jp2", "JPEG 2000"},
    Ending{".j2k", "JPEG 2000"},  Ending{".jpx", "JPEG 2000"},    Ending{".psd", "Photoshop"},
    Ending{".exr", "OpenEXR"},    Ending{".hdr", "Radiance HDR"}, Ending{".svg", "SVG"},
    Ending{".dng", "camera raw"}, Ending{".cr2", "camera raw"},   Ending{".cr3", "camera raw"},
    Ending{".nef", "camera raw"}, Ending{".arw", "camera raw"},   Ending{".orf", "camera raw"},
    Ending{".rw2", "camera raw"}, Ending{".raf", "camera raw"},   Ending{".ico", "icon"},
    Ending{".dcm", "DICOM"},      Ending{".ppm", "Netpbm"},       Ending{".pgm", "Netpbm"},
    Ending{".pbm", "Netpbm"},     Ending{".pnm", "Netpbm"},
};

constexpr std::array kPictureEndings = {".jpg"sv,  ".jpeg"sv, ".jfif"sv, ".jpe"sv, ".jif"sv,
                                        ".png"sv,  ".apng"sv, ".bmp"sv,  ".dib"sv, ".tif"sv,
                                        ".tiff"sv, ".webp"sv, ".gif"sv};

/// Of files that lie beside pictures by the thousand; others are looked into.
constexpr std::array kOtherEndings = {
    ".txt"sv, ".csv"sv, ".tsv"sv,  ".json"sv, ".jsonl"sv, ".xml"sv, ".yaml"sv,
    ".yml"sv, ".md"sv,  ".htm"sv,  ".py"sv,   ".html"sv,  ".log"sv, ".npy"sv,
    ".npz"sv, ".pt"sv,  ".pth"sv,  ".mat"sv,  ".zip"sv,   ".gz"sv,  ".tar"sv,
    ".7z"sv,  ".rar"sv, ".pdf"sv,  ".mp4"sv,  ".mov"sv,   ".avi"sv, ".mkv"sv,
    ".mp3"sv, ".wav"sv, ".flac"sv, ".h5"sv,   ".hdf5"sv,  ".pkl"sv, ".parquet"sv};

bool has_at(std::span<const unsigned char> bytes, std::size_t at, std::string_view text) {
  return at + text.size() <= bytes.size() &&
         std::equal(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; });
}

std::string ending_of(const std::filesystem::path& file) {
  auto ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending;
}

}  // namespace

std::optional<ImageFormat> image_format(std::span<const unsigned char> begin) {
  if (has_at(begin, 0, "\xFF\xD8\xFF"sv)) return ImageFormat::kJpeg;
  if (has_at(begin, 0, "\x89PNG\r\n\x1A\n"sv)) return ImageFormat::kPng;
  if (has_at(begin, 0, "RIFF"sv) && has_at(begin, 8, "WEBP"sv)) return ImageFormat::kWebp;
  if (has_at(begin, 0, "GIF87a"sv) || has_at(begin, 0, "GIF89a"sv)) return ImageFormat::kGif;
  for (const auto text : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})
    if (has_at(begin, 0, text)) return ImageFormat::kTiff;
  // Two letters alone would take texts: the size of the header behind them is told, too.
  if (has_at(begin, 0, "BM"sv) && begin.size() > 18 && begin[15] <= 16 && begin[16] == 0 &&
      begin[17] == 0)
    return ImageFormat::kBmp;
  return std::nullopt;
}

std::string foreign_format(std::span<const unsigned char> begin) {
  for (const auto& signature : kForeign)
    if (has_at(begin, signature.at, signature.text)) return std::string(signature.name);
  return {};
}

NamedAs named_as(const std::filesystem::path& file) {
  const auto ending = ending_of(file);
  if (std::ranges::find(kPictureEndings, ending) != kPictureEndings.end()) return NamedAs::kPicture;
  if (std::ranges::find(kForeignEndings, ending, &Ending::ending) != kForeignEndings.end())
    return NamedAs::kForeignPicture;
  if (std::ranges::find(kOtherEndings, ending) != kOtherEndings.end()) return NamedAs::kNoPicture;
  return NamedAs::kUnknown;
}

std::string foreign_ending(const std::filesystem::path& file) {
  const auto found = std::ranges::find(kForeignEndings, ending_of(file), &Ending::ending);
  return found == kForeignEndings.end() ? std::string() : std::string(found->name);
}

std::string first_bytes(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return {};
  std::string bytes(kFormatBytes, '\0');
  struct stat about {};
  const bool is_regular = ::fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
  const auto got = is_regular ? ::read(descriptor, bytes.data(), bytes.size()) : 0;
  ::close(descriptor);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

}  // namespace pretext
