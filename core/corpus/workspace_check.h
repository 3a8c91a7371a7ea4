#pragma once

#include "core/store/database.h"

#include <functional>
#include <string>
#include <vector>

namespace pretext {

/// What is amiss with a workspace's files and rows, a sentence each: checkpoints and corpora that
/// are missing, of another size, or damaged; files that no row stands for; triggers and views of
/// somebody else's. Nothing is changed.
///
/// `deep`: reads every file and compares it with what was recorded, which takes as long as reading
/// them; else names and sizes alone are looked at.
std::vector<std::string> check_workspace(Database& database, bool deep);

}  // namespace pretext
