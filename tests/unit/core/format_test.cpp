#include "core/base/format.h"

#include "core/base/program.h"
#include "core/text/printable.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace pretext {
namespace {

TEST(FormatTest, SaysItAsPeopleDo) {
  EXPECT_EQ(duration(12.4), "12 s");
  EXPECT_EQ(duration(185), "3 min 05 s");
  EXPECT_EQ(duration(7830), "2 h 10 min");
  EXPECT_EQ(duration(-1), "0 s");
  EXPECT_EQ(byte_count(999), "999 B");
  EXPECT_EQ(byte_count(1'500'000), "1.5 MB");
  EXPECT_EQ(percent(0.812), "81.2 %");
  EXPECT_EQ(significant(0.00123456), "0.0012346");
  EXPECT_EQ(significant(123456.7), "123457");
  EXPECT_EQ(significant(-30'912.0), "-30912");
}

TEST(FormatTest, TimesAreReadAsPeopleWriteThem) {
  const std::pair<const char*, double> times[] = {
      {"90 s", 90},      {"240s", 240},   {"240", 240},         {"4m", 240},
      {"4 min", 240},    {"1.5 h", 5400}, {"2h", 7200},         {"1h30", 5400},
      {"1 h 30", 5400},  {"1h30m", 5400}, {"1 h 30 min", 5400}, {"2 min 5 s", 125},
      {" 45 min ", 2700}};
  for (const auto& [text, seconds] : times) EXPECT_EQ(seconds_of(text), seconds) << text;
  for (const auto* text : {"", "soon", "4 days", "m", "-4 m", "inf", "nan", "30 min 1 h", "1h 2h",
                           "240 10", "1e3 s", "0x10", "5 %"})
    EXPECT_EQ(seconds_of(text), 0.0) << text;
}

TEST(PrintableTest, WhatControlsATerminalIsEscaped) {
  EXPECT_EQ(printable("caf\u00e9 \u732b"), "caf\u00e9 \u732b");
  EXPECT_EQ(printable("a\x1b[31mred\x07"), "a\\x1B[31mred\\x07");
  EXPECT_EQ(printable("one\ntwo\tthree\r"), "one\ntwo\tthree\\x0D");
  EXPECT_EQ(printable_line("one\ntwo\tthree"), "one\\ntwo\\tthree");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "\\xC2\\x9B31m")
      << "CSI in one character";
  EXPECT_EQ(printable("name\u202egnp.exe"), "name\\u202Egnp.exe");
  EXPECT_EQ(printable("\xff\xfe.png"), "\\xFF\\xFE.png");
  EXPECT_EQ(printable(std::string("cut \xe7\x8c")), "cut \\xE7\\x8C");
  EXPECT_EQ(printable(std::string("nul\0!", 5)), "nul\\x00!");
}

TEST(ProgramTest, IsRunByItsPathWithoutAShell) {
  const auto answer = answer_of_program("/bin/echo", {"$HOME;", "`id`"});
  EXPECT_TRUE(answer.succeeded);
  EXPECT_EQ(answer.text, "$HOME; `id`");
  EXPECT_FALSE(answer_of_program("/bin/false", {}).succeeded);
  const auto none = answer_of_program("/no/such; echo program", {});
  EXPECT_FALSE(none.succeeded);
  EXPECT_EQ(none.text, "No such file or directory");
  EXPECT_EQ(
      answer_of_program("/bin/sh", {"-c", "head -c 1000000 /dev/zero | tr '\\0' y"}).text.size(),
      1000u);
}

}  // namespace
}  // namespace pretext
