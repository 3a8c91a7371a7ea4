#include "core/corpus/workspace_check.h"

#include "core/corpus/corpus.h"
#include "core/store/run_store.h"
#include "core/store/whole_checkpoint.h"
#include "core/store/workspace_files.h"

#include <set>

namespace pretext {
namespace {

namespace fs = std::filesystem;

std::set<std::int64_t> ids_in(Database& database, const char* table) {
  std::set<std::int64_t> ids;
  auto query = database.prepare(std::string("SELECT id FROM ") + table);
  while (query.executeStep()) ids.insert(query.getColumn(0).getInt64());
  return ids;
}

void check_corpus(Database& database, std::int64_t id, bool deep,
                  std::vector<std::string>& complaints) {
  try {
    const Corpus corpus(database, CorpusStore(database).get(id));
    if (deep) corpus.check_contents();
  } catch (const std::exception& error) {
    complaints.push_back(error.what());
  }
}

void check_checkpoints(Database& database, std::int64_t run, bool deep,
                       std::vector<std::string>& complaints) {
  std::set<std::string> known;
  for (const auto& checkpoint : RunStore(database).checkpoints(run)) {
    const auto file = database.workspace() / checkpoint.path;
    known.insert(file.filename().string());
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error) {
      complaints.push_back("The checkpoint " + file.string() + " is missing.");
    } else if (std::cmp_not_equal(size, checkpoint.bytes)) {
      complaints.push_back("The checkpoint " + file.string() +
                           " has another size than when it was "
                           "written.");
    } else if (deep && !is_whole(database.workspace(), checkpoint)) {
      complaints.push_back("The checkpoint " + file.string() + " is damaged.");
    }
  }
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(database.workspace() / run_path(run), error)) {
    const auto name = entry.path().filename().string();
    const bool is_under_way = name.ends_with(".unfinished");  // Swept when nothing works on it.
    if (!known.contains(name) && !is_under_way)
      complaints.push_back("No row stands for the file " + entry.path().string() + ".");
  }
}

void find_orphans(Database& database, const char* table, const std::set<std::int64_t>& ids,
                  std::vector<std::string>& complaints) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(database.workspace() / table, error)) {
    const auto name = entry.path().filename().string();
    const bool is_known = name.find_first_not_of("0123456789") == std::string::npos &&
                          name.size() < 19 && ids.contains(std::stoll(name));
    const bool is_under_way = fs::exists(entry.path() / UnfinishedFolder::kMark, error);
    if (!is_known && !is_under_way)
      complaints.push_back("No row stands for " + entry.path().string() + ".");
  }
}

}  // namespace

std::vector<std::string> check_workspace(Database& database, bool deep) {
  std::vector<std::string> complaints;
  for (const auto& object : database.foreign_objects())
    complaints.push_back("The database has the " + object +
                         ", which is not Pretext's and is not used.");
  const auto corpora = ids_in(database, "corpora");
  for (const auto id : corpora) check_corpus(database, id, deep, complaints);
  const auto runs = ids_in(database, "runs");
  for (const auto id : runs) check_checkpoints(database, id, deep, complaints);
  find_orphans(database, "corpora", corpora, complaints);
  find_orphans(database, "runs", runs, complaints);
  return complaints;
}

}  // namespace pretext
