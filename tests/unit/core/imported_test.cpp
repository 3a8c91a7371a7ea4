#include "core/weights/imported.h"

#include "core/base/error.h"
#include "core/base/nearest.h"
#include "core/weights/safetensors.h"

#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

TEST(ImportedTest, WeightsAreListedReplacedWhenAskedAndRemoved) {
  const TemporaryFolder folder;
  EXPECT_TRUE(list_imported(folder.path()).empty());
  std::filesystem::create_directories(folder / "weights/prose");
  WeightTensor tensor{.dtype = "F32", .shape = {1}, .data = {}};
  tensor.data.resize(4);
  for (const auto* name : {"prose", "imagenet"})
    write_safetensors(imported_file(folder.path(), name), {{"w", tensor}});
  const auto all = list_imported(folder.path());
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "imagenet");
  EXPECT_EQ(all[0].kind, "images");
  EXPECT_EQ(all[1].kind, "text");
  EXPECT_THROW(require_free_weights(folder.path(), "prose", false), UserError);
  EXPECT_NO_THROW(require_free_weights(folder.path(), "prose", true));
  for (const auto* name : {"", "../prose", ".prose"})
    EXPECT_THROW(require_free_weights(folder.path(), name, true), UserError) << name;
  EXPECT_NE(message_of<UserError>([&] {
              remove_imported(folder.path(), "pros");
            }).find("did you mean \"prose\"?"),
            std::string::npos);
  remove_imported(folder.path(), "prose");
  EXPECT_EQ(list_imported(folder.path()).size(), 1u);
  EXPECT_FALSE(std::filesystem::exists(folder / "weights/prose"));
}

TEST(NearestTest, IsTheNameWithTheFewestChanges) {
  EXPECT_EQ(nearest("tokenise", {"train", "tokenize", "set"}), "tokenize");
  EXPECT_EQ(nearest("x", {}), "");
}

}  // namespace
}  // namespace pretext
