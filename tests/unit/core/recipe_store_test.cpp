#include "core/store/recipe_store.h"

#include "core/base/error.h"
#include "core/store/corpus_store.h"
#include "core/store/job_store.h"

#include <gtest/gtest.h>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

class RecipeStoreTest : public ::testing::Test {
 protected:
  RecipeStoreTest() : database(folder.path()), recipes(database) { insert_bare_corpus(database); }
  std::string recipe_of(const Experiment& experiment) {
    const auto run = JobStore(database).submit_run(experiment, 1);
    return RunStore(database).require(run).recipe;
  }

  TemporaryFolder folder;
  Database database;
  RecipeStore recipes;
};

TEST_F(RecipeStoreTest, WhatWasKeptComesBackAndNothingElseIsTouched) {
  Experiment kept;
  kept.set("views.preset", std::string("byol"));
  kept.set("views.hue", 0.35);
  kept.set("views.crop_scale", std::vector<double>{0.3, 0.9});
  kept.set("views.size", std::int64_t{64});
  kept.set("training.epochs", std::int64_t{77});
  recipes.save("  mine ", kept);
  Experiment other;
  other.set("training.epochs", std::int64_t{5});
  recipes.require("mine").apply(other);
  kept.set("training.epochs", std::int64_t{5});
  EXPECT_EQ(other, kept);
}

TEST_F(RecipeStoreTest, ARunRefersToTheRecipeThatItsViewsEqual) {
  Experiment experiment;
  EXPECT_EQ(recipe_of(experiment), "");
  recipes.save("usual", experiment);
  experiment.set("training.epochs", std::int64_t{9});
  EXPECT_EQ(recipe_of(experiment), "usual");
  experiment.set("views.hue", 0.2);
  EXPECT_EQ(recipe_of(experiment), "");
  // Under the same name another recipe: the run of before keeps the one it had.
  recipes.save("usual", experiment);
  EXPECT_EQ(recipe_of(experiment), "usual");
  EXPECT_EQ(recipes.list().size(), 1u);
  recipes.remove("usual");
  EXPECT_TRUE(recipes.list().empty());
  EXPECT_EQ(RunStore(database).require(2).recipe, "usual");
  EXPECT_EQ(recipe_of(experiment), "");
}

TEST_F(RecipeStoreTest, WhatIsNotThereIsSaid) {
  EXPECT_THROW(recipes.save(" ", Experiment()), UserError);
  EXPECT_THROW(recipes.remove("none"), UserError);
  EXPECT_NE(message_of<UserError>([&] { recipes.require("none"); }).find("Views page"),
            std::string::npos);
  recipes.save("strong", Experiment());
  EXPECT_NE(message_of<UserError>([&] { recipes.require("strnog"); }).find("\"strong\""),
            std::string::npos);
}

}  // namespace
}  // namespace pretext
