#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pretext {

/// Throws UserError when the database is not Pretext's, or a newer Pretext's.
void check_is_ours(SQLite::Database& connection, const std::filesystem::path& file);

/// Whether migrations are missing.
bool is_of_older_schema(SQLite::Database& connection);

/// Runs the missing migrations in one transaction; a copy of a database that has something in it is
/// kept before, as `workspace.before-NNN.db`. Throws UserError while an engine of the older program
/// works on it, or when there is no room for the copy.
void migrate(SQLite::Database& connection, const std::filesystem::path& workspace);

/// From now on the connection runs no trigger, reads no view of the file, and breaks off a
/// statement that has no end: before anything is read or migrated. What is returned must outlive
/// it.
std::shared_ptr<void> distrust(SQLite::Database& connection);

/// Gives it our views, from the program: once the schema is the newest.
void take_own_views(SQLite::Database& connection);

/// Triggers and views that are not Pretext's: "trigger t", "view v".
std::vector<std::string> foreign_objects(SQLite::Database& connection);

}  // namespace pretext
