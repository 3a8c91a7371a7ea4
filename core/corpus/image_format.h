#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace pretext {

/// The formats that pictures are read in.
enum class ImageFormat { kBmp, kGif, kJpeg, kPng, kTiff, kWebp };

/// Bytes that tell a format: more are not looked at.
constexpr std::size_t kFormatBytes = 132;

/// By the whole signature that a file begins with; nothing for another format.
std::optional<ImageFormat> image_format(std::span<const unsigned char> begin);

/// What a file is that is no picture of these formats: "HEIC", "AVIF", "DICOM"…; empty: unknown.
std::string foreign_format(std::span<const unsigned char> begin);

/// What a file's name says that it is.
enum class NamedAs { kPicture, kForeignPicture, kNoPicture, kUnknown };
NamedAs named_as(const std::filesystem::path& file);

/// What the ending of a `kForeignPicture` stands for: "HEIC", "camera raw"…
std::string foreign_ending(const std::filesystem::path& file);

/// The first bytes of a regular file, at most `kFormatBytes`; none where it cannot be opened.
std::string first_bytes(const std::filesystem::path& file);

}  // namespace pretext
