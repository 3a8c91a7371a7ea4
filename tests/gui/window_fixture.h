#pragma once

#include "core/corpus/ingest.h"
#include "core/corpus/sample_drawing.h"
#include "core/store/job_store.h"
#include "core/store/projection_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"

#include <QSettings>
#include <QStandardPaths>

#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {

/// A workspace of its own, and what corpora and runs leave in one.
class WindowFixture : public ::testing::Test {
 protected:
  WindowFixture() {
    QStandardPaths::setTestModeEnabled(true);
    // Of its own, since other tests run beside it.
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                       QString::fromStdString((folder.path() / "settings").string()));
  }

  void ingestSample(const std::string& name = "drawn") {
    Database database(folder.path());
    const auto source = draw_sample_images(120, 1);
    ingest_images(database, {source.get()}, {.name = name});
  }

  struct FinishedRun {
    std::int64_t run;
    std::int64_t checkpoint;
  };
  /// A run with a checkpoint, as an engine leaves it.
  FinishedRun leaveFinishedRun() {
    Database database(folder.path());
    RunStore runs(database);
    Experiment experiment;
    experiment.set("corpus", std::string("drawn"));
    experiment.set("training.batch_size", std::int64_t{32});
    const auto run =
        JobStore(database).submit_run(experiment, CorpusStore(database).require("drawn").id);
    experiment.set("views.size", std::int64_t{32});
    runs.set_resolved(run, experiment.to_json(), 10, "cpu", "{}");
    WriteTransaction transaction(database);
    runs.set_progress(run, 10, 10, 1.0, 100.0);
    const auto checkpoint = runs.add_checkpoint(
        {.run_id = run, .step = 10, .epoch = 1, .path = "none", .sha256 = ""}, 1);
    transaction.commit();
    JobStore(database).control(run, RunCommand::kStop);
    return {run, checkpoint};
  }

  /// Points of its checkpoint at step 10, ten a row.
  void leaveEmbeddings(const FinishedRun& finished) {
    Database other(folder.path());
    Projection projection{.method = "pca", .step = 10, .positions = {}, .coordinates = {}};
    Embeddings embeddings{
        .checkpoint_id = finished.checkpoint, .dimensions = 2, .positions = {}, .rows = {}};
    for (int i = 0; i < 60; ++i) {
      projection.positions.push_back(i);
      embeddings.positions.push_back(i);
      const auto x = static_cast<float>(i % 10);
      const auto y = static_cast<float>(i / 10);
      for (auto* values : {&projection.coordinates, &embeddings.rows}) {
        values->push_back(x);
        values->push_back(y);
      }
    }
    ResultStore results(other);
    ProjectionStore(other).add(finished.run, projection);
    results.set_embeddings(finished.run, CorpusStore(other).require("drawn").id, embeddings);
  }

  TemporaryFolder folder;
};

}  // namespace pretext
