#include "core/corpus/label_list.h"

#include "core/base/csv_field.h"
#include "core/base/error.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

using Classes = std::map<std::int64_t, std::string>;
using Names = std::vector<std::string>;

const std::vector<NamedSample> kBoth = {{"0.png", false}, {"1.png", false}, {"0.png", true}};

TEST(LabelListTest, ANameInBothPartsNeedsToSayWhich) {
  const LabelRows rows = {{"0.png", "cat"}};
  const auto complaint =
      message_of<UserError>([&] { match_labels(rows, kBoth, CorpusPart::kAny, ""); });
  EXPECT_NE(complaint.find("--part train or --part test"), std::string::npos) << complaint;
  EXPECT_EQ(match_labels(rows, kBoth, CorpusPart::kTrain, "").classes, (Classes{{0, "cat"}}));
  EXPECT_EQ(match_labels(rows, kBoth, CorpusPart::kTest, "").classes, (Classes{{2, "cat"}}));
  EXPECT_THROW(match_labels({{"1.png", "cat"}}, kBoth, CorpusPart::kTest, ""), UserError);
}

TEST(LabelListTest, WhatIsNotKnownIsNamedAndTheRestIsTaken) {
  const auto match = match_labels({{"1.png", "cat"}, {"gone.png", "dog"}, {"0.png", ""}}, kBoth,
                                  CorpusPart::kTrain, "");
  EXPECT_EQ(match.classes, (Classes{{1, "cat"}}));
  EXPECT_EQ(match.unknown, Names{"gone.png"});
  EXPECT_EQ(match.num_without_class, 1);
  EXPECT_EQ(match.left_out(),
            "1 name of the list is of no sample: \"gone.png\". 1 row of the list without a class "
            "changed nothing.");
}

TEST(LabelListTest, AFileListedTwiceNeedsOneClass) {
  const auto twice = [](const char* second) {
    return LabelRows{{"1.png", "cat"}, {"./1.png", second}};
  };
  EXPECT_EQ(match_labels(twice("cat"), kBoth, CorpusPart::kAny, "").classes, (Classes{{1, "cat"}}));
  const auto complaint =
      message_of<UserError>([&] { match_labels(twice("dog"), kBoth, CorpusPart::kAny, ""); });
  EXPECT_NE(complaint.find("two classes, \"cat\" and \"dog\""), std::string::npos) << complaint;
}

TEST(LabelListTest, NamesAreFoundAsListsWriteThem) {
  const std::vector<NamedSample> samples = {
      {"cat/1.png"}, {"cat/2.png"}, {"dog/2.png"}, {"dog/3.jpg"}, {"dog/3.png"}};
  const auto found = [&](const std::string& name) -> std::int64_t {
    const LabelRows rows = {{name, "x"}, {"cat/1.png", "y"}};
    try {
      const auto match = match_labels(rows, samples, CorpusPart::kAny, "/data/pictures/");
      for (const auto& [position, class_name] : match.classes)
        if (class_name == "x") return position;
    } catch (const UserError&) {  // It is the first.
      return 0;
    }
    return -1;
  };
  EXPECT_EQ(found("./cat/2.png"), 1);
  EXPECT_EQ(found("pictures/cat/2.png"), 1);
  EXPECT_EQ(found("/data/pictures/dog/2.png"), 2);
  EXPECT_EQ(found("other/dog/2.png"), -1);
  EXPECT_EQ(found("dog/2"), 2);
  EXPECT_EQ(found("1.png"), 0);
  EXPECT_EQ(found("2.png"), -1) << "of two";
  EXPECT_EQ(found("dog/3"), -1) << "of two";
}

TEST(LabelListTest, FilesOfOneNameAreToldApartByTheirFolders) {
  std::vector<NamedSample> samples;
  for (int i = 0; i < 5'000; ++i)
    samples.push_back({"site/p" + std::to_string(i) + "/image.png", false});
  LabelRows rows;
  for (int i = 0; i < 5'000; ++i) {
    const auto own = "p" + std::to_string(i) + "/image.png";
    rows.emplace_back((i % 3 == 0   ? ""
                       : i % 3 == 1 ? "scans/site/"
                                    : "/data/scans/site/") +
                          own,
                      "c");
  }
  EXPECT_EQ(match_labels(rows, samples, CorpusPart::kAny, "/data/scans").classes.size(), 5'000u);
}

TEST(LabelListTest, FieldsAreTrimmedAndHeadingsOfIdsAreTaken) {
  const TemporaryFolder folder;
  const auto read = [&](const char* text) {
    std::ofstream(folder / "labels.csv", std::ios::binary) << text;
    return read_label_csv(folder / "labels.csv");
  };
  EXPECT_EQ(read("file, class\na.png, cat\nb.png,cat \n"),
            (LabelRows{{"a.png", "cat"}, {"b.png", "cat"}}));
  EXPECT_EQ(read("image_id,label\na,cat\n"), (LabelRows{{"a", "cat"}}));
  EXPECT_EQ(read("class,name\ncat,a\n"), (LabelRows{{"a", "cat"}}));
  EXPECT_EQ(read("caf\xE9.png,caf\xE9\n"), (LabelRows{{"caf\\xE9.png", "caf\\xE9"}}));
}

TEST(CsvFieldTest, NoTextIsAFormula) {
  EXPECT_EQ(csv_field("=1+1"), "'=1+1");
  EXPECT_EQ(csv_field("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_field("+cat"), "'+cat");
  EXPECT_EQ(csv_field("-cat"), "'-cat");
  EXPECT_EQ(csv_field("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  EXPECT_EQ(csv_field("-0.25"), "-0.25");
  EXPECT_EQ(csv_field("+3e-5"), "+3e-5");
  EXPECT_EQ(csv_field("a=b"), "a=b");
  EXPECT_EQ(csv_field(""), "");
  EXPECT_EQ(csv_field("a\rb"), "\"a\rb\"");
  for (const std::string text : {"=1", "-cat", "'quoted", "plain", "-1.5", "'"})
    EXPECT_EQ(without_csv_guard(csv_field(text)), text);
}

TEST(CsvFieldTest, AListThatWasExportedIsReadAsItWas) {
  const TemporaryFolder folder;
  std::ofstream(folder / "l.csv") << "file,class\n" << csv_field("+1.png") << ",'=SUM\n";
  EXPECT_EQ(read_label_csv(folder / "l.csv"), (LabelRows{{"+1.png", "=SUM"}}));
}

}  // namespace
}  // namespace pretext
