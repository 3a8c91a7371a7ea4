#include "core/base/error.h"
#include "core/corpus/corpus.h"
#include "core/corpus/series_ingest.h"
#include "core/corpus/series_overview.h"
#include "core/corpus/time_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

constexpr double kMinute = 60'000.0;               // ms
constexpr double kFirstOfJuly = 1404172800'000.0;  // 2014, `date -u -d 2014-07-01 +%s`.

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

CorpusRecord ingest(Database& database, const fs::path& source, const std::string& name = "s",
                    const SeriesSourceOptions& reading = {}, const fs::path& test = {}) {
  SeriesSource opened(source, reading);
  std::optional<SeriesSource> part;
  if (!test.empty()) part.emplace(test, reading);
  return ingest_series(database, opened, part ? &*part : nullptr,
                       {.name = name, .source = source.string()});
}

std::string complaint(const std::function<void()>& work) {
  try {
    work();
  } catch (const UserError& error) {
    return error.what();
  }
  return {};
}

TEST(TimeTextTest, MomentsAreReadInTheFormsThatDataHas) {
  const double half_past = kFirstOfJuly + 30 * kMinute;
  EXPECT_EQ(parse_moment("2014-07-01"), kFirstOfJuly);
  EXPECT_EQ(parse_moment(" 2014/7/1 0:30"), half_past);
  EXPECT_EQ(parse_moment("2014-07-01T00:30:00Z"), half_past);
  EXPECT_EQ(parse_moment("2014-07-01 00:30:05.25"), half_past + 5250.0);
  EXPECT_EQ(parse_moment("2014-07-01 02:30:00+02:00"), half_past);
  EXPECT_EQ(parse_moment("2014-06-30T19:30:00-0500"), half_past);
  EXPECT_EQ(parse_moment("01.07.2014 00:30"), half_past);
  for (const auto* wrong :
       {"", "soon", "07/01/2014", "2014-13-01", "2014-02-30", "2014-07-01 25:00",
        "2014-07-01 00:30 noon", "2014-07-01 00", "12.5", "2014-07/01"})
    EXPECT_FALSE(parse_moment(wrong)) << wrong;
  EXPECT_EQ(moment_text(half_past), "2014-07-01 00:30");
  EXPECT_EQ(moment_text(half_past + 5250.0), "2014-07-01 00:30:05.250");
  EXPECT_EQ(moment_text(-1000.0), "1969-12-31 23:59:59");
}

TEST(SeriesIngestTest, ATableIsASeriesWithItsVariables) {
  const TemporaryFolder folder;
  write(folder / "in.csv",
        "when,load,place,temperature\n2014-07-01 00:00,1.5,hall,20\n2014-07-01 00:30,,hall,21\n"
        "2014-07-01 01:00,2.5,yard,-3e1\n");
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in.csv");
  EXPECT_EQ(record.kind, "series");
  EXPECT_EQ(record.num_samples, 1);
  const auto details = SeriesDetails::from_json(record.details);
  EXPECT_EQ(details.variables, (Names{"load", "temperature"}));
  EXPECT_EQ(details.left_out, (Names{"place"}));
  EXPECT_EQ(details.time_column, "when");
  EXPECT_EQ(details.num_points, 3);
  EXPECT_EQ(details.num_missing, 1);
  const Corpus corpus(database, record);
  ASSERT_EQ(corpus.size(), 1);
  EXPECT_EQ(corpus.source(0), "in.csv");
  const auto times = corpus.series().times(0);
  ASSERT_EQ(times.size(), 3U);
  EXPECT_EQ(times[1], kFirstOfJuly + 30 * kMinute);
  const auto values = corpus.series().values(0);
  ASSERT_EQ(values.size(), 6U);
  EXPECT_TRUE(std::isnan(values[2]));
  EXPECT_EQ(values[4], 2.5);
  EXPECT_EQ(values[5], -30.0);
}

TEST(SeriesIngestTest, MeansAreOfEachVariableInTheTrainingPart) {
  const TemporaryFolder folder;
  write(folder / "in/train/a.csv", "t,x,y\n1,2,10\n2,4,\n");
  write(folder / "in/train/b.csv", "t,x,y\n1,6,30\n");
  write(folder / "in/test/c.csv", "t,x,y\n1,1000,1000\n");
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in");
  EXPECT_EQ(record.channels, 2);
  EXPECT_EQ(record.mean, (std::vector<double>{4.0, 20.0}));
  EXPECT_NEAR(record.deviation[0], std::sqrt(8.0 / 3.0), 1e-12);
  EXPECT_EQ(record.deviation[1], 10.0);
  const Corpus corpus(database, record);
  EXPECT_EQ(corpus.split("train").size(), 2U);
  EXPECT_EQ(corpus.split("test").size(), 1U);
}

TEST(SeriesIngestTest, FoldersAreClassesAndEqualSeriesDuplicates) {
  const TemporaryFolder folder;
  write(folder / "in/walk/a.csv", "t,x\n1,2\n2,3\n");
  write(folder / "in/run/b.csv", "t,x\n1,5\n2,9\n");
  write(folder / "in/run/c.csv", "t;x\n1;5,0\n2;9\n");  // The same numbers, as Europe writes them.
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in");
  EXPECT_EQ(record.classes, (Names{"run", "walk"}));
  EXPECT_EQ(record.num_duplicates, 1);
  const Corpus corpus(database, record);
  EXPECT_EQ(corpus.label(0), 0);
  EXPECT_EQ(corpus.label(2), 1);
  EXPECT_EQ(ingest(database, folder / "in", "none", {.labels = "none"}).classes, Names{});
}

TEST(SeriesIngestTest, WhatCannotBeReadIsSkippedWithItsReason) {
  const TemporaryFolder folder;
  std::string rows = "time,x\n";
  for (int i = 0; i < 40; ++i) rows += "2014-07-01 00:" + std::to_string(10 + i) + ",1\n";
  write(folder / "in/a.csv", rows + "later,2\n2014-07-01 02:00,much\n2014-07-01 01:00,3\n");
  write(folder / "in/b.csv", "time,y\n2014-07-01,1\n");
  write(folder / "in/c.csv", "name,colour\nAda,red\n");
  write(folder / "in/d.csv", "time,x\n");
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in");
  EXPECT_EQ(record.num_samples, 1);
  const auto details = SeriesDetails::from_json(record.details);
  EXPECT_EQ(details.num_points, 42);
  EXPECT_EQ(details.num_back_steps, 1);
  EXPECT_EQ(details.num_missing, 1);
  const auto skipped = CorpusStore(database).skipped(record.id);
  ASSERT_EQ(skipped.size(), 6U);
  EXPECT_EQ(skipped[0].path, "a.csv:42");
  EXPECT_NE(skipped[0].reason.find("no time that can be read: \"later\""), std::string::npos);
  EXPECT_EQ(skipped[1].path, "a.csv:43");
  EXPECT_NE(skipped[1].reason.find("\"much\"; it counts as missing"), std::string::npos);
  EXPECT_EQ(skipped[2].path, "a.csv:44");
  EXPECT_NE(skipped[2].reason.find("earlier than the row above"), std::string::npos);
  EXPECT_NE(skipped[3].reason.find("no variable \"x\""), std::string::npos);
  EXPECT_NE(skipped[4].reason.find("is a time: of \"name\", \"colour\""), std::string::npos);
  EXPECT_EQ(skipped[5].path, "d.csv");
}

TEST(SeriesIngestTest, TimesAreToldByNameOrNumberOrWhatTheyAre) {
  const TemporaryFolder folder;
  write(folder / "unix.csv", "x,timestamp\n1,1404172800\n2,1404174600\n");
  write(folder / "count.csv", "1,7\n2,8\n");
  Database database(folder / "w");
  const auto times = [&](const CorpusRecord& record) {
    const Corpus corpus(database, record);
    const auto all = corpus.series().times(0);
    return std::vector<double>(all.begin(), all.end());
  };
  const auto in_seconds = ingest(database, folder / "unix.csv", "unix");
  EXPECT_TRUE(SeriesDetails::from_json(in_seconds.details).has_dates);
  EXPECT_EQ(times(in_seconds), (std::vector<double>{kFirstOfJuly, kFirstOfJuly + 30 * kMinute}));
  EXPECT_NE(complaint([&] { ingest(database, folder / "count.csv", "c"); }).find("--time-column"),
            std::string::npos);
  const auto counted = ingest(database, folder / "count.csv", "c", {.time_column = "1"});
  EXPECT_FALSE(SeriesDetails::from_json(counted.details).has_dates);
  EXPECT_EQ(SeriesDetails::from_json(counted.details).variables, Names{"2"});
  EXPECT_EQ(times(counted), (std::vector<double>{1.0, 2.0}));
  for (const auto* wrong : {"nine", "9", "0"}) {
    const auto reason =
        complaint([&] { ingest(database, folder / "count.csv", "d", {.time_column = wrong}); });
    EXPECT_NE(reason.find("There is no column"), std::string::npos) << wrong << ": " << reason;
  }
}

TEST(SeriesIngestTest, ATestPartHasTheSameVariables) {
  const TemporaryFolder folder;
  write(folder / "in.csv", "t,x\n1,2\n");
  write(folder / "test.csv", "t,x\n3,4\n");
  write(folder / "other.csv", "t,z\n3,4\n");
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in.csv", "s", {}, folder / "test.csv");
  EXPECT_EQ(Corpus(database, record).split("test").size(), 1U);
  EXPECT_NE(complaint([&] {
              ingest(database, folder / "in.csv", "o", {}, folder / "other.csv");
            }).find("same columns"),
            std::string::npos);
}

TEST(SeriesIngestTest, OneSeriesIsToBeTrainedOnWhateverItsContent) {
  const TemporaryFolder folder;
  Database database(folder / "w");
  for (int i = 0; i < 40; ++i) {  // Of so many, some would be in validation by their content.
    const auto name = "s" + std::to_string(i);
    write(folder / (name + ".csv"), "t,x\n1," + std::to_string(i) + "\n2,7\n");
    const auto record = ingest(database, folder / (name + ".csv"), name);
    EXPECT_EQ(Corpus(database, record).split("train").size(), 1U) << i;
    EXPECT_EQ(record.mean[0], (i + 7) / 2.0);
  }
}

TEST(SeriesIngestTest, ColumnsAreFoundByNameAndTheFirstThatCanBeUsedSaysWhich) {
  const TemporaryFolder folder;
  write(folder / "in/0.csv", "name,colour\nAda,red\n");
  write(folder / "in/a.csv", "t,x,y,note\n1,2,3,\n2,3,4,\n");
  write(folder / "in/b.csv", "t,y,x,note\n1,30,20,leak found\n");
  write(folder / "in/c.csv", "t,x\n1,2\n");
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in");
  EXPECT_EQ(SeriesDetails::from_json(record.details).variables, (Names{"x", "y"}));
  const Corpus corpus(database, record);
  ASSERT_EQ(corpus.size(), 2);
  EXPECT_EQ(corpus.series().values(1)[0], 20.0);
  EXPECT_EQ(corpus.series().values(1)[1], 30.0);
  const auto skipped = CorpusStore(database).skipped(record.id);
  ASSERT_EQ(skipped.size(), 2U);
  EXPECT_EQ(skipped[0].path, "0.csv");
  EXPECT_NE(skipped[1].reason.find("no variable \"y\""), std::string::npos);
}

TEST(SeriesIngestTest, RowsOfMoreFieldsThanColumnsAreNotMisread) {
  const TemporaryFolder folder;
  write(folder / "in.csv", "t,x\n1,2\n2,3,\n3,4,5\n");
  write(folder / "commas.csv", "t,x\n1,2,5\n2,3,5\n");
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in.csv");
  EXPECT_EQ(SeriesDetails::from_json(record.details).num_points, 2);
  const auto skipped = CorpusStore(database).skipped(record.id);
  ASSERT_EQ(skipped.size(), 1U);
  EXPECT_NE(skipped[0].reason.find("has 3 fields and there are 2 columns"), std::string::npos);
  EXPECT_NE(complaint([&] { ingest(database, folder / "commas.csv", "c"); }).find("decimal"),
            std::string::npos);
}

TEST(SeriesIngestTest, MomentsThatNoCalendarHasAreLeftOut) {
  const TemporaryFolder folder;
  std::string rows = "timestamp,x\n";
  for (int i = 0; i < 150; ++i) rows += std::to_string(1404172800 + i) + ",1\n";
  write(folder / "in.csv", rows + "1e306,2\n1e15,2\n");
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in.csv");
  EXPECT_EQ(SeriesDetails::from_json(record.details).num_points, 150);
  EXPECT_EQ(CorpusStore(database).skipped(record.id).size(), 2U);
}

TEST(SeriesIngestTest, SlipsOfManyFilesDoNotFillTheStore) {
  const TemporaryFolder folder;
  std::string rows = "t,x\n";
  for (int i = 0; i < 200; ++i) rows += std::to_string(i) + (i < 150 ? ",1\n" : ",much\n");
  for (int i = 0; i < 40; ++i) write(folder / ("in/" + std::to_string(i) + ".csv"), rows);
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in");
  EXPECT_EQ(record.num_samples, 40);
  const auto skipped = CorpusStore(database).skipped(record.id);
  EXPECT_LE(skipped.size(), 1'100U);
  EXPECT_EQ(std::ranges::count(skipped, "such rows are in 19 more files", &SkippedFile::reason), 1);
}

TEST(SeriesIngestTest, AStopOrAFailureLeavesNothingBehind) {
  const TemporaryFolder folder;
  std::string rows = "t,x\n";
  for (int i = 0; i < 10'000; ++i) rows += std::to_string(i) + ",2\n";
  write(folder / "in/a.csv", rows);
  write(folder / "none/a.csv", "t,x\n");
  Database database(folder / "w");
  SeriesSource source(folder / "in", {});
  std::stop_source stop;
  EXPECT_NE(complaint([&] {
              ingest_series(
                  database, source, nullptr, {.name = "s", .source = "in"},
                  [&](const IngestProgress&) { stop.request_stop(); }, stop.get_token());
            }).find("stopped"),
            std::string::npos);
  EXPECT_FALSE(complaint([&] { ingest(database, folder / "none"); }).empty());
  EXPECT_TRUE(CorpusStore(database).list().empty());
  EXPECT_TRUE(fs::is_empty(folder / "w/corpora"));
}

TEST(SeriesIngestTest, ADamagedFileIsRefused) {
  const TemporaryFolder folder;
  write(folder / "in.csv", "t,x\n1,2\n2,3\n");
  Database database(folder / "w");
  const auto record = ingest(database, folder / "in.csv");
  const auto file = [&](const char* name) { return folder / "w" / record.path / name; };
  {
    std::fstream series(file("series.ptx"), std::ios::in | std::ios::out | std::ios::binary);
    series.seekp(64 + 16);  // Where the second row begins.
    series.put(1);
  }
  EXPECT_NE(complaint([&] { Corpus(database, record); }).find("series.ptx"), std::string::npos);
  fs::resize_file(file("values.ptx"), 70);
  EXPECT_FALSE(complaint([&] { Corpus(database, record); }).empty());
}

TEST(SeriesLookTest, TablesOfTimesAndNumbersAreSeriesAndOthersAreNot) {
  const TemporaryFolder folder;
  write(folder / "s/a.csv", "date,x\n2014-07-01,1\n");
  write(folder / "posts.csv", "date,likes,text\n2014-07-01,3,What a fine day\n");
  write(folder / "moods.csv", "text,mood\ngood,up\n");
  write(folder / "notes.txt", "2014-07-01,1\n");
  EXPECT_TRUE(looks_like_series(folder / "s/a.csv"));
  EXPECT_TRUE(looks_like_series(folder / "s"));
  EXPECT_FALSE(looks_like_series(folder / "posts.csv"));
  EXPECT_FALSE(looks_like_series(folder / "moods.csv"));
  EXPECT_FALSE(looks_like_series(folder / "notes.txt"));
  EXPECT_FALSE(looks_like_series(folder / "nowhere"));
  write(folder / "pictures/where.csv", "timestamp,lat,lon\n2014-07-01,1,2\n");
  for (int i = 0; i < 3; ++i) write(folder / ("pictures/" + std::to_string(i) + ".png"), "png");
  EXPECT_FALSE(looks_like_series(folder / "pictures"));
  for (int i = 0; i < 4; ++i)
    write(folder / ("sensors/" + std::to_string(i) + ".csv"), "date,x\n2014-07-01,1\n");
  write(folder / "sensors/labels.csv", "file,class\n0.csv,up\n");
  EXPECT_TRUE(looks_like_series(folder / "sensors"));
}

TEST(SeriesOverviewTest, NoSpikeIsLostHoweverFewBucketsThereAre) {
  constexpr int kNum = 10'000, kSpike = 6'543;
  std::vector<double> times, values;
  for (int i = 0; i < kNum; ++i) {
    times.push_back(10.0 * i);
    values.push_back(std::sin(0.01 * i));  // The second variable is missing.
    values.push_back(std::nan(""));
  }
  values[2 * kSpike] = 77.0;
  const SeriesOverview seen(times, values, 2);
  const auto all = seen.seen_between(0, times.front(), times.back(), 50);
  EXPECT_LE(all.size(), 100U);
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, &SeriesPoint::time));
  EXPECT_EQ(all[0].time, all[1].time) << "an upright line";
  const auto highest = std::ranges::max_element(all, {}, &SeriesPoint::value);
  EXPECT_EQ(highest->value, 77.0);
  EXPECT_NEAR(highest->time, 10.0 * kSpike, 10.0 * kNum / 50);
  EXPECT_NEAR(std::ranges::min_element(all, {}, &SeriesPoint::value)->value, -1.0, 1e-4);

  const auto few = seen.seen_between(0, 10.0 * kSpike - 15.0, 10.0 * kSpike + 15.0, 50);
  ASSERT_EQ(few.size(), 5U) << "those between, and one on either side";
  EXPECT_EQ(few[2].value, 77.0);
  EXPECT_EQ(seen.nearest_row(10.0 * kSpike + 4.0), kSpike);
  EXPECT_EQ(seen.nearest_row(-1e9), 0);
  EXPECT_EQ(seen.nearest_row(1e9), kNum - 1);
  for (const auto& point : seen.seen_between(1, 0.0, 1e9, 50)) EXPECT_TRUE(std::isnan(point.value));
}

TEST(SeriesOverviewTest, TimesThatStepBackAreDrawnInTheirOrder) {
  const std::vector<double> times = {1, 2, 5, 3, 4}, values = {10, 20, 50, 30, 40};
  const SeriesOverview overview(times, values, 1);
  std::vector<double> seen;
  for (const auto& point : overview.seen_between(0, 2.5, 4.5, 100)) seen.push_back(point.value);
  EXPECT_EQ(seen, (std::vector<double>{20, 30, 40, 50}));
  EXPECT_EQ(overview.nearest_row(5.0), 2) << "as the source has it";
}

TEST(SeriesOverviewTest, VariablesAreSummarisedWithoutWhatIsMissing) {
  const double none = std::nan("");
  const auto summaries = summarise_series(std::vector<double>{1, none, 4, none, 7, none}, 2);
  EXPECT_EQ(summaries[0].num_values, 3);
  EXPECT_EQ(summaries[0].mean, 4.0);
  EXPECT_EQ(summaries[0].deviation, std::sqrt(6.0));
  EXPECT_EQ(summaries[0].least, 1.0);
  EXPECT_EQ(summaries[0].greatest, 7.0);
  EXPECT_EQ(summaries[1].num_missing, 3);
  EXPECT_TRUE(std::isnan(summaries[1].mean));
}

/// Real data, where PRETEXT_TEST_DATA leads to it.
TEST(SeriesIngestTest, PublishedSeriesAreReadWhole) {
  const char* data = std::getenv("PRETEXT_TEST_DATA");
  const fs::path published = data ? data : PRETEXT_ROOT "/../shared/data";
  if (!fs::exists(published / "ett/ETTh1.csv"))
    GTEST_SKIP() << "no data set at " << published / "ett"
                 << ": set PRETEXT_TEST_DATA";
  const TemporaryFolder folder;
  Database database(folder / "w");
  const auto ett = ingest(database, published / "ett/ETTh1.csv", "ett");
  const auto details = SeriesDetails::from_json(ett.details);
  EXPECT_EQ(details.num_points, 17'420);  // Zhou et al. 2021, "Informer", table 1.
  EXPECT_EQ(details.variables, (Names{"HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT"}));
  EXPECT_EQ(details.num_missing + details.num_back_steps, 0);
  const auto machine = ingest(database, published / "nab/data/realKnownCause", "nab");
  EXPECT_EQ(machine.num_samples, 2);
  EXPECT_EQ(SeriesDetails::from_json(machine.details).num_back_steps, 1);  // As its upstream has.
}

TEST(SeriesIngestTest, AFileOfAnotherNumberOfVariablesIsRefused) {
  const TemporaryFolder folder;
  write(folder / "in.csv", "t,x\n1,2\n2,3\n");
  Database database(folder / "w");
  const auto path = folder / "w" / ingest(database, folder / "in.csv").path;
  EXPECT_EQ(PackedSeries(path, 1).size(), 1);
  for (const auto num_variables : {std::size_t{0}, std::size_t{2}, std::size_t{1} << 63})
    EXPECT_THROW(PackedSeries(path, num_variables), UserError) << num_variables;
}

}  // namespace
}  // namespace pretext
