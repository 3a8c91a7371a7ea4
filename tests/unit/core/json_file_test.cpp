#include "core/base/json_file.h"

#include "core/base/error.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

std::string nested(std::size_t depth, const std::string& open, const std::string& close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  text += "1";
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

std::string complaint(const std::string& text) {
  return message_of<UserError>([&] { parse_json(text, "The file x", "mend it"); });
}

TEST(JsonFileTest, WhatIsSoundComesBack) {
  EXPECT_EQ(parse_json(R"({"a": [1, "[[["], "b": {"a": null}})", "x"),
            (nlohmann::json{{"a", {1, "[[["}}, {"b", {{"a", nullptr}}}}));
  EXPECT_EQ(parse_ordered_json(R"({"b": 1, "a": 2})", "x").dump(), R"({"b":1,"a":2})");
  EXPECT_EQ(find_json("[1]"), nlohmann::json({1}));
}

TEST(JsonFileTest, NestingBeyondTheLimitIsRefusedHoweverDeep) {
  EXPECT_EQ(complaint(nested(64, "[", "]")), "");
  EXPECT_EQ(complaint(nested(65, "[", "]")),
            "The file x is nested more than 64 levels deep: mend it.");
  EXPECT_NE(complaint(nested(500'000, "{\"a\":", "}")).find("nested"), std::string::npos);
  EXPECT_NE(complaint(std::string(500'000, '[')).find("nested"), std::string::npos);
  EXPECT_FALSE(find_json(nested(500'000, "[", "]")).has_value());
  // Brackets and escaped quotes in a text nest nothing.
  EXPECT_EQ(complaint("{\"a\\\"[[\": \"" + std::string(1000, '[') + "\\\\\"}"), "");
}

TEST(JsonFileTest, AMistakeIsToldWithItsPlace) {
  EXPECT_EQ(complaint("{\"a\": 1,}"), "The file x is damaged, or no JSON, at byte 9: mend it.");
  EXPECT_NE(complaint("").find("byte 1"), std::string::npos);
  EXPECT_NE(complaint("\"\xff\"").find("no JSON"), std::string::npos);
  EXPECT_FALSE(find_json("{").has_value());
}

TEST(JsonFileTest, ANameThatStandsTwiceInAnObjectIsRefused) {
  EXPECT_EQ(complaint(R"({"a": {"b": 1}, "b": 2, "a": 3})"),
            "The file x names \"a\" twice: mend it.");
  EXPECT_EQ(complaint(R"([{"a": 1}, {"a": 2}])"), "");
}

TEST(JsonFileTest, ANumberThatNoWholeNumberHoldsIsRefused) {
  EXPECT_NE(message_of<UserError>([] { parse_json("[1, 1.1e121]", "The file"); }).find("1.1e121"),
            std::string::npos);
  EXPECT_NE(message_of<UserError>([] { parse_json("{\"a\": -9.3e18}", "The file"); }), "");
  EXPECT_EQ(parse_json("[9e18, -0.5]", "The file").size(), 2u);
}

TEST(JsonFileTest, MoreValuesThanAnyFileHasAreRefused) {
  std::string many = "[1";
  for (int i = 0; i < 4'000'001; ++i) many += ",1";
  EXPECT_NE(complaint(many + "]").find("4,000,000 values"), std::string::npos);
}

}  // namespace
}  // namespace pretext
