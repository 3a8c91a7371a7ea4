#include "core/base/file.h"

#include "core/base/error.h"
#include "core/base/mapped_file.h"
#include "core/corpus/text_source.h"
#include "core/spec/experiment.h"
#include "core/text/line_reader.h"
#include "core/text/vocabulary.h"
#include "core/weights/safetensors.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <sys/stat.h>
#include <zlib.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// Short lines of one letter, packed to less than a three hundredth.
void write_packed_lines(const std::filesystem::path& file, std::size_t size) {
  const auto stream = gzopen(file.c_str(), "wb9");
  std::string block;
  while (block.size() < 1 << 20) block += std::string(1023, 'a') + '\n';
  for (std::size_t at = 0; at < size; at += block.size())
    gzwrite(stream, block.data(), static_cast<unsigned>(block.size()));
  gzclose(stream);
}

TEST(FileTest, OnlyRegularFilesAreReadAndNoneIsWaitedFor) {
  const TemporaryFolder folder;
  const auto pipe = folder / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const std::map<std::string, std::function<void(const std::filesystem::path&)>> readers = {
      {"whole", [](const auto& file) { read_file(file); }},
      {"lines", [](const auto& file) { LineReader reader(file); }},
      {"vocabulary", [](const auto& file) { Vocabulary::from_file(file); }},
      {"specification", [](const auto& file) { Experiment::from_toml_file(file); }},
      {"weights", [](const auto& file) { read_safetensors(file); }},
      {"text", [](const auto& file) { open_text_source(file, {}); }}};
  for (const auto& [name, read] : readers) {
    SCOPED_TRACE(name);
    EXPECT_THROW(read(pipe), UserError);
    EXPECT_THROW(read("/dev/zero"), UserError);
    EXPECT_THROW(read(folder.path()), UserError);
  }
  EXPECT_NE(message_of<UserError>([&] { read_file(pipe); }).find("a pipe"), std::string::npos);
  EXPECT_FALSE(MappedFile::open(pipe).has_value());
  EXPECT_FALSE(MappedFile::open(folder.path()).has_value());
}

TEST(FileTest, AFileIsReadUpToItsLimit) {
  const TemporaryFolder folder;
  std::ofstream(folder / "ten") << "0123456789";
  EXPECT_EQ(read_text_file(folder / "ten", 10), "0123456789");
  const auto message = message_of<UserError>([&] { read_text_file(folder / "ten", 9); });
  EXPECT_NE(message.find("more than 9 B"), std::string::npos) << message;
}

TEST(FileTest, WhatSwellsAsNoDataDoIsRefusedWhateverItsName) {
  const TemporaryFolder folder;
  const auto bomb = folder / "bomb.txt";
  write_packed_lines(bomb, std::size_t{80} << 20);
  ASSERT_LT(std::filesystem::file_size(bomb), (std::size_t{80} << 20) / 300);
  const auto message = message_of<UserError>([&] { read_file(bomb); });
  EXPECT_NE(message.find("250 times"), std::string::npos) << message;
  LineReader reader(bomb);
  std::string line;
  const auto end = message_of<UserError>([&] {
    while (reader.next(line)) {
    }
  });
  EXPECT_NE(end.find("250 times"), std::string::npos) << end;
  // A small one may: it does no harm.
  write_packed_lines(bomb, std::size_t{8} << 20);
  EXPECT_EQ(read_file(bomb).size(), std::size_t{8} << 20);
}

}  // namespace
}  // namespace pretext
