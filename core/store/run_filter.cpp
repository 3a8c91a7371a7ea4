#include "core/store/run_filter.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/nearest.h"
#include "core/objective/objective_registry.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <set>

namespace pretext {
namespace {

constexpr const char* kUsual[] = {"name", "tags", "note", "objective", "corpus", "status"};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// Between blanks; quotes hold blanks together and go.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  bool is_quoted = false;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char c : text) {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && std::isspace(static_cast<unsigned char>(c))) {
      end_word();
    } else {
      word += c;
    }
  }
  end_word();
  return words;
}

/// "0.5", "50%", "10min".
std::optional<double> number_of(const std::string& text) {
  if (const double seconds = seconds_of(text); seconds > 0) return seconds;
  const bool is_share = text.ends_with('%');
  const auto* end = text.data() + text.size() - (is_share ? 1 : 0);
  double value = 0.0;
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return is_share ? value / 100.0 : value;
}

/// Settings of all objectives, and the columns of their own.
const std::set<std::string>& known_columns() {
  static const auto known = [] {
    std::set<std::string> names;
    for (const auto& column : run_columns()) names.insert(column.name);
    for (const auto& kind : objective_kinds()) {
      const Experiment experiment(kind.name);
      for (const auto& field : experiment.fields()) names.insert(field.key);
    }
    return names;
  }();
  return known;
}

/// Throws UserError for a name that nothing has. Metrics come from engines, so any may be.
void require_column(const std::string& name) {
  if (name.find('/') != std::string::npos || known_columns().contains(name)) return;
  const std::vector<std::string> names(known_columns().begin(), known_columns().end());
  throw UserError("There is no column \"" + name + "\": did you mean \"" + nearest(name, names) +
                  "\"?");
}

}  // namespace

RunFilter RunFilter::parse(const std::string& text) {
  RunFilter filter;
  for (const auto& word : words_of(text)) {
    if (word != "-") filter.terms_.push_back(parse_term(word));  // What it turns around is to come.
  }
  return filter;
}

RunFilter::Term RunFilter::parse_term(std::string word) {
  Term term;
  if (word.size() > 1 && word.front() == '-') {
    term.is_negated = true;
    word.erase(0, 1);
  }
  const auto at = word.find_first_of(":=<>");
  if (at == std::string::npos || at == 0) {
    term.text = lower(word);
    return term;
  }
  term.column = word.substr(0, at);
  if (term.column == "tag") term.column = "tags";
  require_column(term.column);
  const bool has_equals = word.size() > at + 1 && word[at + 1] == '=';
  const char sign = word[at];
  const auto value = word.substr(at + (has_equals && sign != ':' ? 2 : 1));
  term.text = lower(value);
  if (sign == ':' || sign == '=') {
    term.relation = sign == ':' ? Relation::kHas : Relation::kEquals;
    term.number = number_of(value).value_or(0.0);
    return term;
  }
  const auto number = number_of(value);
  if (!number)
    throw UserError(term.column + " " + sign + " wants a number, got \"" + value + "\".");
  term.number = *number;
  term.relation = sign == '<' ? (has_equals ? Relation::kAtMost : Relation::kBelow)
                              : (has_equals ? Relation::kAtLeast : Relation::kAbove);
  return term;
}

bool RunFilter::compares(const Term& term, double value) {
  switch (term.relation) {
    case Relation::kBelow:
      return value < term.number;
    case Relation::kAtMost:
      return value <= term.number;
    case Relation::kAbove:
      return value > term.number;
    case Relation::kAtLeast:
      return value >= term.number;
    case Relation::kHas:
    case Relation::kEquals:
      return number_of(term.text).has_value() && value == term.number;
  }
  return false;
}

bool RunFilter::holds(const Term& term, const RunValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return compares(term, *number);
  const auto* text = std::get_if<std::string>(&value);
  if (term.relation == Relation::kHas)
    return text && lower(*text).find(term.text) != std::string::npos;
  if (term.relation == Relation::kEquals) return lower(text ? *text : "") == term.text;
  return false;
}

bool RunFilter::matches(const RunRow& row) const {
  return std::ranges::all_of(terms_, [&](const Term& term) {
    const auto has = [&](const std::string& column) { return holds(term, value_of(row, column)); };
    const bool is_so = term.column.empty() ? std::ranges::any_of(kUsual, has) : has(term.column);
    return is_so != term.is_negated;
  });
}

std::vector<std::string> RunFilter::columns() const {
  std::vector<std::string> columns;
  for (const auto& term : terms_) {
    if (!term.column.empty()) columns.push_back(term.column);
  }
  return columns;
}

}  // namespace pretext
