#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstring>
#include <span>
#include <vector>

namespace pretext {

/// Binds numbers as the bytes that they are, copied; none of them as an empty blob, not as NULL.
template <typename Value>
void bind_blob(SQLite::Statement& statement, int index, std::span<const Value> values) {
  const void* bytes = values.empty() ? "" : static_cast<const void*>(values.data());
  statement.bind(index, bytes, static_cast<int>(values.size_bytes()));
}

/// The numbers of a column written so.
template <typename Value>
std::vector<Value> read_blob(SQLite::Statement& row, int column) {
  const auto blob = row.getColumn(column);
  std::vector<Value> values(static_cast<std::size_t>(blob.getBytes()) / sizeof(Value));
  if (!values.empty()) std::memcpy(values.data(), blob.getBlob(), values.size() * sizeof(Value));
  return values;
}

}  // namespace pretext
