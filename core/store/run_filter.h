#pragma once

#include "core/store/run_row.h"

#include <string>
#include <vector>

namespace pretext {

/// Which runs a person wants to see, e.g. "bert status:finished loss<0.5 -tags:old".
///
/// Terms between blanks, all of which have to hold: a word is looked for in name, tags, note,
/// objective, corpus and status; "column:word" in that column; "column=value" is the whole of it;
/// "<", "<=", ">" and ">=" compare numbers. A "-" before a term turns it around, quotes hold blanks
/// together. Case does not matter. Numbers may be written "50%", "10min" or "2h".
class RunFilter {
 public:
  /// Holds for every run.
  RunFilter() = default;
  /// Throws UserError when a term makes no sense. Columns are `run_columns()`, settings and
  /// metrics.
  static RunFilter parse(const std::string& text);

  bool matches(const RunRow& row) const;
  /// Columns that it looks at, so that rows can be given what it asks for.
  std::vector<std::string> columns() const;

 private:
  enum class Relation { kHas, kEquals, kBelow, kAtMost, kAbove, kAtLeast };
  struct Term {
    std::string column;  ///< Empty: any of the usual ones.
    Relation relation = Relation::kHas;
    std::string text;  ///< In lower case.
    double number = 0.0;
    bool is_negated = false;
  };

  static Term parse_term(std::string word);
  static bool holds(const Term& term, const RunValue& value);
  static bool compares(const Term& term, double value);

  std::vector<Term> terms_;
};

}  // namespace pretext
