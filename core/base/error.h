#pragma once

#include <stdexcept>
#include <string>

namespace pretext {

/// Something the user can mend: one sentence that says what was wrong and what to do.
/// Programs print `what()` as it stands and end non-zero; pages show it where it happened.
class UserError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The disk has no room left, or the quota is used up: what failed can be tried again.
class DiskFull : public UserError {
 public:
  using UserError::UserError;
};

}  // namespace pretext
