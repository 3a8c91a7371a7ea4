#include "app/run_archive.h"

#include "app/commands/run_json.h"
#include "core/base/csv_field.h"
#include "core/base/error.h"
#include "core/base/new_file.h"
#include "core/spec/experiment.h"
#include "core/spec/field.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/whole_checkpoint.h"

#include <nlohmann/json.hpp>
#include <sstream>
#include <zip.h>

namespace pretext {
namespace {

/// A zip file in the making. Texts that are added have to outlive `finish`.
class Archive {
 public:
  explicit Archive(const std::filesystem::path& file) : file_(writable_file(file)) {
    int code = 0;
    zip_ = zip_open(file_.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (zip_) return;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    fail(reason);
  }
  ~Archive() {
    if (zip_) zip_discard(zip_);
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  void add(const std::string& name, const std::string& text) {
    add(name, zip_source_buffer(zip_, text.data(), text.size(), 0));
  }
  /// Weights do not shrink: they are stored as they are.
  void addFile(const std::string& name, const std::filesystem::path& file) {
    const auto index = add(name, zip_source_file(zip_, file.c_str(), 0, -1));
    if (zip_set_file_compression(zip_, index, ZIP_CM_STORE, 0) < 0) fail(zip_strerror(zip_));
  }
  /// Writes it all; before, nothing stands under its name.
  void finish() {
    if (zip_close(zip_) < 0) fail(zip_strerror(zip_));
    zip_ = nullptr;
  }

 private:
  zip_uint64_t add(const std::string& name, zip_source_t* source) {
    if (!source) fail(zip_strerror(zip_));
    const auto index = zip_file_add(zip_, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index >= 0) return static_cast<zip_uint64_t>(index);
    zip_source_free(source);
    fail(zip_strerror(zip_));
  }
  [[noreturn]] void fail(const std::string& reason) const {
    throw UserError("Cannot write " + file_.string() + ": " + reason +
                    ". Check the folder and free disk.");
  }

  std::filesystem::path file_;
  zip_t* zip_ = nullptr;
};

}  // namespace

std::string curvesCsv(Database& database, std::int64_t run) {
  std::ostringstream text;
  text << "key,step,value,wall_ms\n";
  MetricStore metrics(database);
  for (const auto& key : metrics.keys(run)) {
    for (const auto& sample : metrics.curve(run, key)) {
      text << csv_field(key) << ',' << sample.step << ',' << shortest(sample.value) << ','
           << sample.wall_ms << '\n';
    }
  }
  return std::move(text).str();
}

std::vector<std::string> writeRunArchive(Database& database, std::int64_t run,
                                         const std::filesystem::path& file) {
  RunStore runs(database);
  const auto record = runs.require(run);
  const auto json = jsonText(fullJson(database, record)) + '\n';
  const auto specification = Experiment::from_json(record.settings()).to_toml();
  const auto curves = curvesCsv(database, run);
  Archive archive(file);
  archive.add("run.json", json);
  archive.add("specification.toml", specification);
  archive.add("metrics.csv", curves);
  std::vector<std::string> leftOut;
  for (const auto& checkpoint : runs.checkpoints(run)) {
    if (!is_whole(database.workspace(), checkpoint)) {
      leftOut.push_back(checkpoint.path);
      continue;
    }
    const auto path = database.workspace() / checkpoint.path;
    archive.addFile("checkpoints/" + path.filename().string(), path);
  }
  archive.finish();
  return leftOut;
}

}  // namespace pretext
