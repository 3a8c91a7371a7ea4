#pragma once

#include <span>

namespace pretext {

/// One file of `core/store/migrations/`, built into the program.
struct Migration {
  int version;
  const char* name;
  const char* sql;
};

/// All migrations, in ascending order of version, without gaps.
std::span<const Migration> migrations();

}  // namespace pretext
