#include "app/commands/output.h"

#include "app/commands/run_json.h"
#include "core/base/error.h"
#include "core/text/printable.h"

#include <cerrno>
#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>
#include <streambuf>
#include <string>

namespace pretext {

/// Gathers what is written until it is flushed, so that no character comes in halves.
class PrintableOutput::Buffer final : public std::streambuf {
 public:
  explicit Buffer(std::ostream& stream) : stream_(stream), below_(stream.rdbuf(this)) {}
  ~Buffer() override {
    Buffer::sync();
    stream_.rdbuf(below_);
  }

  /// Why something was not written; 0: all was.
  int error() const { return error_; }

 protected:
  int_type overflow(int_type character) override {
    if (!traits_type::eq_int_type(character, traits_type::eof()))
      text_ += traits_type::to_char_type(character);
    return traits_type::not_eof(character);
  }

  std::streamsize xsputn(const char* text, std::streamsize size) override {
    text_.append(text, static_cast<std::size_t>(size));
    if (text_.size() > kMostWaiting && text_.ends_with('\n')) sync();
    return size;
  }

  int sync() override {
    const auto shown = printable(text_);
    text_.clear();
    const auto size = static_cast<std::streamsize>(shown.size());
    errno = 0;
    if (below_->sputn(shown.data(), size) == size && below_->pubsync() == 0) return 0;
    if (error_ == 0) error_ = errno == 0 ? EIO : errno;
    return -1;
  }

 private:
  static constexpr std::size_t kMostWaiting = 1 << 16;

  std::ostream& stream_;
  std::streambuf* below_;
  std::string text_;
  int error_ = 0;
};

PrintableOutput::PrintableOutput()
    : out_(std::make_unique<Buffer>(std::cout)), error_(std::make_unique<Buffer>(std::cerr)) {
  std::cerr << std::unitbuf;  // A line is seen when it is written.
}

PrintableOutput::~PrintableOutput() = default;

void PrintableOutput::finish() {
  std::cout.flush();
  if (out_->error() == 0) return;
  throw UserError(std::string("Standard output did not take all that there is to say: ") +
                  std::strerror(out_->error()) + "; free some disk, or print it elsewhere.");
}

void printJson(const nlohmann::ordered_json& document, int indent) {
  std::cout << jsonText(document, indent) << '\n';
}

}  // namespace pretext
