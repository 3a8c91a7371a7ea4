// What is trained on a GPU, held to the CPU.

#include "core/objective/objective_registry.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/projection_store.h"
#include "core/store/result_store.h"
#include "gpu/engine/training_job.h"
#include "gpu/loss/linear_cross_entropy.h"
#include "gpu/loss/nt_xent_loss.h"
#include "gpu/training/autocast.h"
#include "gpu/training/checkpoint.h"
#include "gpu/training/resolve.h"
#include "gpu/training/trainer.h"

#include <torch/torch.h>

#include "tests/unit/gpu/gpu_test.h"
#include "tests/unit/gpu/tiny_corpora.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

double distance(const torch::Tensor& actual, const torch::Tensor& expected) {
  const auto precise = expected.to(torch::kFloat64);
  const auto difference = actual.to(torch::kCPU, torch::kFloat64) - precise;
  return (difference.norm() / precise.norm()).item<double>();
}

class LossesOnGpu : public GpuTest {};

TEST_F(LossesOnGpu, NtXentAndItsGradientAreThoseOfDoublesOnTheCpu) {
  torch::manual_seed(1);
  const auto first = torch::randn({700, 128}, torch::kFloat64).requires_grad_();
  const auto second = (first.detach() + torch::randn({700, 128}, torch::kFloat64)).requires_grad_();
  const auto expected = nt_xent_loss(first, second, {.temperature = 0.1});
  expected.loss.backward();
  const auto on_device = [](const torch::Tensor& x) {
    return x.detach().to(torch::kCUDA, torch::kFloat32).requires_grad_();
  };
  const auto a = on_device(first);
  const auto b = on_device(second);
  const auto actual = nt_xent_loss(a, b, {.temperature = 0.1});
  actual.loss.backward();
  EXPECT_LE(distance(actual.loss, expected.loss), 1e-6);
  EXPECT_LE(distance(a.grad(), first.grad()), 1e-5);
  EXPECT_LE(distance(b.grad(), second.grad()), 1e-5);
  EXPECT_DOUBLE_EQ(actual.top1, expected.top1);
  EXPECT_NEAR(actual.negative_cosine, expected.negative_cosine, 1e-6);
}

TEST_F(LossesOnGpu, CrossEntropyOfManyClassesIsThatOfTheCpu) {
  prepare_library(0, Determinism::kStrict);
  torch::manual_seed(1);
  const auto hidden = torch::randn({300, 64}).requires_grad_();
  const auto weight = torch::randn({30522, 64}).mul_(0.1).requires_grad_();
  const auto bias = torch::randn({30522}).mul_(0.1).requires_grad_();
  const auto targets = torch::randint(30522, {300}, torch::kInt64);
  const auto expected = linear_cross_entropy(hidden, weight, bias, targets);
  expected.loss.backward();
  const auto on_device = [](const torch::Tensor& x) {
    return x.detach().to(torch::kCUDA).requires_grad_();
  };
  for (const bool in_bf16 : {false, true}) {
    const AutocastGuard autocast(torch::kCUDA, in_bf16);
    const double tolerance = in_bf16 ? 1e-2 : 1e-4;
    const auto h = on_device(hidden);
    const auto w = on_device(weight);
    const auto b = on_device(bias);
    const auto actual = linear_cross_entropy(h, w, b, targets.to(torch::kCUDA));
    actual.loss.backward();
    EXPECT_LE(distance(actual.loss, expected.loss), 0.1 * tolerance);
    EXPECT_LE(distance(h.grad(), hidden.grad()), tolerance);
    EXPECT_LE(distance(w.grad(), weight.grad()), tolerance);
    EXPECT_LE(distance(b.grad(), bias.grad()), tolerance);
    EXPECT_DOUBLE_EQ(actual.accuracy, expected.accuracy);
  }
}

/// Pictures and texts, and a tiny run of each objective.
class DeviceTraining : public GpuTest {
 protected:
  Experiment experiment_of(const std::string& objective) {
    const bool is_text = find_objective(objective).corpus_kind == "text";
    auto experiment = is_text ? tiny_text_experiment(objective) : tiny_image_experiment();
    if (is_text) {
      experiment.set("encoder.dropout", 0.0);
      if (objective == "gpt") experiment.set_text("encoder.kind", "gpt-tiny");
    } else {
      experiment.set("objective.kind", objective);
      experiment.set("encoder.width", std::int64_t{8});
      if (objective == "simclr") experiment.set("objective.temperature", 0.5);  // Less chaotic.
    }
    return experiment;
  }

  const Corpus& corpus_for(const Experiment& experiment) {
    return experiment.text("corpus") == "t" ? texts_ : pictures_;
  }

  Trainer trainer_of(Experiment experiment, const char* device, const char* precision) {
    experiment.set_text("device", device);
    experiment.set_text("training.precision", precision);
    const auto& corpus = corpus_for(experiment);
    return Trainer(resolve(experiment, corpus), corpus);
  }

  struct FirstSteps {
    double gradient_norm = 0.0;  // Of the first.
    std::vector<double> losses;
  };
  FirstSteps first_steps(const Experiment& experiment, const char* device, const char* precision) {
    auto trainer = trainer_of(experiment, device, precision);
    FirstSteps steps;
    for (int i = 0; i < 6; ++i) {
      const auto readings = trainer.step();
      if (i == 0) steps.gradient_norm = readings.at("train/gradient_norm");
      steps.losses.push_back(readings.at("train/loss"));
    }
    return steps;
  }

  TemporaryFolder folder_;
  Database database_{folder_ / "w"};
  Corpus pictures_{database_, ingest_drawn_pictures(database_)};
  Corpus texts_{database_, ingest_grammar(database_, folder_.path())};
};

class ObjectivesOnGpu : public DeviceTraining, public ::testing::WithParamInterface<const char*> {};

TEST_P(ObjectivesOnGpu, LearnAsOnTheCpu) {
  const auto experiment = experiment_of(GetParam());
  const auto expected = first_steps(experiment, "cpu", "fp32");
  const auto precise = first_steps(experiment, "cuda:0", "fp32");
  const auto coarse = first_steps(experiment, "cuda:0", "bf16");
  EXPECT_NEAR(precise.gradient_norm, expected.gradient_norm, 0.01 * expected.gradient_norm);
  EXPECT_NEAR(precise.losses[0], expected.losses[0], 1e-3 * expected.losses[0]);
  EXPECT_NEAR(coarse.losses[0], expected.losses[0], 0.01 * expected.losses[0]);
  // Steps on few samples with batch norm carry small differences far.
  for (std::size_t i = 1; i < expected.losses.size(); ++i) {
    EXPECT_NEAR(precise.losses[i], expected.losses[i], 0.05 * expected.losses[i]) << "step " << i;
    EXPECT_NEAR(coarse.losses[i], expected.losses[i], 0.05 * expected.losses[i]) << "step " << i;
  }
}

TEST_P(ObjectivesOnGpu, AResumedRunIsTheUnbrokenOneBitForBit) {
  auto experiment = experiment_of(GetParam());
  if (experiment.text("corpus") == "t") experiment.set("encoder.dropout", 0.1);
  auto unbroken = trainer_of(experiment, "cuda:0", "auto");
  TensorMap middle;
  for (int i = 0; i < 8; ++i) {
    unbroken.step();
    if (i != 3) continue;
    for (const auto& [name, tensor] : unbroken.state()) middle[name] = tensor.cpu().clone();
  }
  auto resumed = trainer_of(experiment, "cuda:0", "auto");
  resumed.step();  // What it did before must not matter.
  resumed.load_state(middle);
  for (int i = 0; i < 4; ++i) resumed.step();
  for (const auto& [name, tensor] : unbroken.state())
    EXPECT_TRUE(torch::equal(tensor, resumed.state().at(name))) << name;
}

/// Large enough for several blocks of an attention to share a sum.
TEST_F(DeviceTraining, ALongRowOfManyHeadsGivesTheSameTwice) {
  auto experiment = experiment_of("bert");
  for (const auto& [key, value] : {std::pair{"encoder.width", "256"},
                                   {"encoder.heads", "4"},
                                   {"encoder.dropout", "0.1"},
                                   {"encoder.positions", "512"},
                                   {"views.length", "512"},
                                   {"training.batch_size", "4"},
                                   {"training.epochs", "8"}})
    experiment.set_text(key, value);
  const auto state = [&] {
    auto trainer = trainer_of(experiment, "cuda:0", "bf16");
    for (int i = 0; i < 4; ++i) trainer.step();
    return trainer.state();
  };
  const auto once = state();
  for (const auto& [name, tensor] : state())
    EXPECT_TRUE(torch::equal(tensor, once.at(name))) << name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, ObjectivesOnGpu,
                         ::testing::Values("simclr", "finetune", "mlm", "bert", "sop", "gpt",
                                           "simcse", "denoise"),
                         [](const auto& info) { return std::string(info.param); });

/// The engine's own way, with views made on the GPU, evaluation and projection.
TEST_F(DeviceTraining, AJobOnTheGpuEndsWithAccuraciesAndReadingsOfTheDevice) {
  auto experiment = experiment_of("simclr");
  experiment.set_text("device", "cuda:0");
  JobStore jobs(database_);
  EngineQueue queue(database_, {"cuda:0", "train"});
  const auto run = jobs.submit_run(experiment, pictures_.record().id);
  const auto job = queue.claim();
  ASSERT_TRUE(job);
  const auto outcome = run_training(database_, queue, *job, [] { return false; });
  EXPECT_EQ(outcome.status, "finished") << outcome.reason;
  EXPECT_EQ(outcome.reason, "");
  const auto record = RunStore(database_).require(run);
  EXPECT_EQ(Experiment::from_json(record.resolved).text("training.precision"), "bf16");
  EXPECT_EQ(ResultStore(database_).evaluations(run).size(), 6u);
  EXPECT_TRUE(ProjectionStore(database_).newest(run).has_value());
  const auto memory = MetricStore(database_).curve(run, "memory/device_mb");
  ASSERT_FALSE(memory.empty());
  EXPECT_GT(memory.front().value, 0.0);
  EXPECT_FALSE(MetricStore(database_).curve(run, "device/busy_percent").empty());

  // Its weights are read where there is no GPU.
  experiment.set_text("device", "cpu");
  experiment.set_text("training.precision", "fp32");
  Trainer on_cpu(resolve(experiment, pictures_), pictures_);
  on_cpu.load_state(
      read_checkpoint(database_.workspace(), *RunStore(database_).newest_checkpoint(run)));
  EXPECT_TRUE(on_cpu.is_done());
}

}  // namespace
}  // namespace pretext
