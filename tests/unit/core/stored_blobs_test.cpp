#include "core/base/error.h"
#include "core/store/corpus_store.h"
#include "core/store/labelling_store.h"
#include "core/store/projection_store.h"
#include "core/store/result_store.h"
#include "core/store/sample_reading_store.h"

#include <gtest/gtest.h>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// A workspace of four samples and a run. What is stored of samples is damaged by SQL.
class StoredBlobsTest : public testing::Test {
 protected:
  StoredBlobsTest() : database(folder.path()) {
    insert_bare_corpus(database, {.num_samples = 4});
    database.connection().exec(
        "INSERT INTO runs (name, status, objective, corpus_id, spec, seed, created_ms) "
        "VALUES ('r', 'finished', 'simclr', 1, '{}', 0, 0)");
  }

  void damage(const std::string& table, const std::string& column, const std::string& value) {
    database.connection().exec("UPDATE " + table + " SET " + column + " = " + value);
  }
  /// What is damaged is whole again afterwards.
  template <typename Check>
  void with_damaged(const std::string& table, const std::string& column, const std::string& value,
                    const Check& check) {
    SCOPED_TRACE(column + " " + value);
    database.connection().exec("SAVEPOINT whole");
    damage(table, column, value);
    check();
    database.connection().exec("ROLLBACK TO whole");
    database.connection().exec("RELEASE whole");
  }

  TemporaryFolder folder;
  Database database;
};

/// What a blob of two positions may be damaged to.
const std::vector<std::string> kBadPositions = {
    "x''", "x'0000000000000000'", "x'FFFFFFFFFFFFFFFF0000000000000000'",
    "x'00000000000000000400000000000000'", "x'000000000000000003000000000000'"};
/// And one of two numbers of four bytes.
const std::vector<std::string> kShort = {"x''", "x'00000000'", "x'00000000000000'"};

TEST_F(StoredBlobsTest, ADamagedProjectionIsPassedOver) {
  ProjectionStore projections(database);
  const Projection whole{.method = "pca", .positions = {0, 3}, .coordinates = {1, 2, 3, 4}};
  projections.add(1, whole);
  ASSERT_EQ(projections.newest(1, "pca")->positions, whole.positions);
  for (const auto& value : kBadPositions) {
    with_damaged("projections", "positions", value,
                 [&] { EXPECT_FALSE(projections.newest(1, "pca").has_value()); });
  }
  for (const auto& value : {"x''", "x'000000000000000000000000'"}) {
    with_damaged("projections", "coordinates", value,
                 [&] { EXPECT_FALSE(projections.newest(1).has_value()); });
  }
  damage("projections", "parameters", "'{\"trustworthiness\": \"high\"}'");
  EXPECT_FALSE(projections.newest(1).has_value());
  projections.add(1, whole);
  damage("projections", "coordinates", "CASE id WHEN 2 THEN x'' ELSE coordinates END");
  damage("projections", "parameters", "'{}'");
  EXPECT_EQ(projections.newest(1)->id, 1) << "the one before it";
}

TEST_F(StoredBlobsTest, DamagedFramesAreLeftOutOfAFilm) {
  ProjectionStore projections(database);
  std::vector<Projection> frames(3, {.method = "pca", .positions = {0, 3}, .coordinates = {}});
  for (std::size_t i = 0; i < frames.size(); ++i) {
    frames[i].step = static_cast<std::int64_t>(i);
    frames[i].coordinates = {1, 2, 3, 4};
    frames[i].film = 9;
  }
  projections.set_film(1, frames);
  ASSERT_EQ(projections.film(1, "pca").size(), 3u);
  damage("projections", "coordinates", "CASE step WHEN 1 THEN x'00' ELSE coordinates END");
  const auto film = projections.film(1, "pca");
  ASSERT_EQ(film.size(), 2u);
  EXPECT_EQ(film[1].step, 2);
  damage("projections", "positions",
         "CASE step WHEN 2 THEN x'00000000000000000200000000000000' ELSE positions END");
  EXPECT_EQ(projections.film(1, "pca").size(), 1u) << "a frame of other samples";
}

TEST_F(StoredBlobsTest, DamagedReadingsOfSamplesAreNone) {
  SampleReadingStore store(database);
  const SampleReadings whole{
      .positions = {0, 3}, .clusters = {1, 0}, .agreement = {1, 0}, .loss = {1, 2}};
  store.set(1, whole);
  ASSERT_EQ(store.find(1)->clusters, whole.clusters);
  const std::vector<std::string> bad_clusters = {"x''", "x'00000000'", "x'00000000FFFFFFFF'",
                                                 "x'00000000FFFFFF7F'"};
  for (const auto& [column, values] :
       {std::pair("positions", kBadPositions), std::pair("clusters", bad_clusters),
        std::pair("agreement", kShort),
        std::pair("loss", std::vector<std::string>{"x'00000000'"})}) {
    for (const auto& value : values) {
      store.set(1, whole);
      damage("sample_readings", column, value);
      EXPECT_FALSE(store.find(1).has_value()) << column << ' ' << value;
    }
  }
}

TEST_F(StoredBlobsTest, DamagedEmbeddingsAreRefusedInWords) {
  ResultStore store(database);
  const Embeddings whole{
      .checkpoint_id = 1, .dimensions = 2, .positions = {0, 3}, .rows = {1, 2, 3, 4}};
  const auto complaint = [&](const std::string& column, const std::string& value) {
    store.set_embeddings(1, 1, whole);
    damage("embeddings", column, value);
    return message_of<UserError>([&] { store.embeddings(1, 1); });
  };
  EXPECT_EQ(complaint("data", "data"), "");
  for (const auto& value : kBadPositions)
    EXPECT_NE(complaint("positions", value).find("embed it again"), std::string::npos) << value;
  for (const auto* value : {"x''", "x'0000'", "x'00000000000000'"})
    EXPECT_NE(complaint("data", value).find("embed it again"), std::string::npos) << value;
  for (const auto* value : {"0", "-2", "3", "4611686018427387904"})
    EXPECT_NE(complaint("dimensions", value).find("embed it again"), std::string::npos) << value;
}

TEST_F(StoredBlobsTest, ADamagedProbeIsNone) {
  LabellingStore store(database);
  const auto labelling = store.find_or_create(1, "l").id;
  LabelProbe probe{.classes = {"a", "b"}};
  probe.positions = {0, 3};
  probe.predicted = {1, 0};
  probe.certainty = {1, 1};
  store.add_probe(labelling, 1, probe);
  ASSERT_TRUE(store.newest_probe(labelling, 1).has_value());
  const std::vector<std::string> bad_classes = {"x''", "x'0000000002000000'",
                                                "x'00000000FFFFFFFF'"};
  for (const auto& [column, values] :
       {std::pair("positions", kBadPositions), std::pair("predicted", bad_classes),
        std::pair("certainty", kShort)}) {
    for (const auto& value : values) {
      with_damaged("label_probes", column, value,
                   [&] { EXPECT_FALSE(store.newest_probe(labelling, 1).has_value()); });
    }
  }
  damage("label_probes", "classes", "'{'");
  EXPECT_FALSE(store.newest_probe(labelling, 1).has_value());
}

TEST_F(StoredBlobsTest, AConfusionThatIsNoSquareIsLeftOut) {
  ResultStore store(database);
  EvaluationRecord evaluation{.kind = "knn", .baseline = "trained", .split = "test"};
  evaluation.confusion = {{1, 0}, {0, 1}};
  evaluation.corpus_id = 1;
  store.add_evaluation(1, evaluation);
  ASSERT_EQ(store.evaluations(1).size(), 1u);
  damage("evaluations", "confusion", "'[[1],[0,1]]'");
  EXPECT_TRUE(store.evaluations(1).empty());
  damage("evaluations", "confusion", "'[[\"a\"]]'");
  EXPECT_TRUE(store.evaluations(1)[0].confusion.empty());
}

}  // namespace
}  // namespace pretext
