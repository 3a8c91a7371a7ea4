#include "core/ingest/resize.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace pretext {
namespace {

/// px; of a long strip that would grow beyond, the ends are cut off before it is scaled.
constexpr double kMostScaled = 1 << 26;

cv::Mat scaled(const cv::Mat& image, int width, int height) {
  cv::Mat result;
  const bool shrinks = width < image.cols || height < image.rows;
  cv::resize(image, result, {width, height}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return result;
}

cv::Mat middle(const cv::Mat& image, int width, int height) {
  const int w = std::min(width, image.cols);
  const int h = std::min(height, image.rows);
  return image({(image.cols - w) / 2, (image.rows - h) / 2, w, h});
}

cv::Mat filled(cv::Mat image, const ResizeOptions& size) {
  const double across = static_cast<double>(size.width) / image.cols;
  const double down = static_cast<double>(size.height) / image.rows;
  const bool crops = size.fit == ResizeOptions::Fit::kCrop;
  const double ratio = crops ? std::max(across, down) : std::min(across, down);
  if (image.cols * ratio * image.rows * ratio > kMostScaled) {
    image = middle(image, std::max(1, cvCeil(size.width / ratio)),
                   std::max(1, cvCeil(size.height / ratio)));
  }
  image = scaled(image, std::max(1, cvRound(image.cols * ratio)),
                 std::max(1, cvRound(image.rows * ratio)));
  if (crops) image = middle(image, size.width, size.height);
  const int right = size.width - image.cols;
  const int below = size.height - image.rows;
  cv::Mat result;
  cv::copyMakeBorder(image, result, below / 2, below - below / 2, right / 2, right - right / 2,
                     crops ? cv::BORDER_REPLICATE : cv::BORDER_CONSTANT);
  return result;
}

}  // namespace

cv::Mat sized(cv::Mat image, const ResizeOptions& size) {
  if (size.width > 0 && size.height > 0) {
    return size.fit == ResizeOptions::Fit::kStretch ? scaled(image, size.width, size.height)
                                                    : filled(image, size);
  }
  const int shorter = std::min(image.cols, image.rows);
  if (size.shorter_side <= 0 || shorter <= size.shorter_side) return image;
  const double ratio = static_cast<double>(size.shorter_side) / shorter;
  return scaled(image, std::max(1, cvRound(image.cols * ratio)),
                std::max(1, cvRound(image.rows * ratio)));
}

}  // namespace pretext
