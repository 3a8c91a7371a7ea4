#include "app/run_notifier.h"

#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

class RunNotifierTest : public WindowFixture {};

TEST_F(RunNotifierTest, TellsOfRunsThatEndByThemselvesOnceEach) {
  ingestSample();
  leaveFinishedRun();  // Ended before the window was opened.
  Workspace workspace(folder.path());
  QStringList said;
  const RunNotifier notifier(
      workspace, [&](const QString& title, const QString& text) { said << title + " / " + text; });
  Experiment experiment;
  experiment.set("corpus", std::string("drawn"));
  experiment.set("training.batch_size", std::int64_t{32});
  const auto turnTo = [&](std::int64_t run, const char* status, const char* reason) {
    WriteTransaction transaction(workspace.database());
    RunStore(workspace.database()).set_status(run, status, reason);
    transaction.commit();
    workspace.announceChange();
  };
  JobStore jobs(workspace.database());
  const auto first = jobs.submit_run(experiment, 1), second = jobs.submit_run(experiment, 1),
             third = jobs.submit_run(experiment, 1);
  workspace.announceChange();
  turnTo(first, "running", "");
  turnTo(second, "running", "");
  EXPECT_TRUE(said.isEmpty());
  turnTo(first, "finished", "");
  turnTo(second, "failed", "out of memory");
  turnTo(third, "stopped", "");  // A person did that.
  ASSERT_EQ(said.size(), 2) << said.join(", ").toStdString();
  EXPECT_TRUE(said[0].contains("finished"));
  EXPECT_TRUE(said[1].endsWith("out of memory"));
}

}  // namespace
}  // namespace pretext
