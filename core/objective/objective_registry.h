#pragma once

#include "core/objective/objective_kind.h"

#include <span>

namespace pretext {

/// All objectives, in the order of the form. `gpu/objective/objective.h` makes
/// their modules by the same names.
std::span<const ObjectiveKind> objective_kinds();

/// Throws UserError, naming those there are, for an unknown name.
const ObjectiveKind& find_objective(const std::string& name);

/// Throws UserError when an objective does not learn from corpora of this kind, naming those that
/// do.
void require_corpus_kind(const ObjectiveKind& objective, const std::string& corpus,
                         const std::string& corpus_kind);

}  // namespace pretext
