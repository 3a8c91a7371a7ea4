#pragma once

#include "core/spec/experiment.h"

#include <QObject>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

class QTimer;

namespace pretext {

/// Settings that a person has in hand and has not yet used: the recipe being tuned, the form of a
/// run that was not started. Each lies as TOML in the workspace's folder `drafts`, written soon
/// after each change, so that a crash of the window loses none.
class Drafts final : public QObject {
  Q_OBJECT

 public:
  explicit Drafts(const std::filesystem::path& workspace, QObject* parent = nullptr);
  /// Writes what is not yet written.
  ~Drafts() override;

  /// None where there is no draft, or it can no longer be read.
  std::optional<Experiment> read(const std::string& name) const;
  /// Puts it in place of the one before; none: away with that.
  void keep(const std::string& name, std::optional<Experiment> draft);

 private:
  std::filesystem::path fileOf(const std::string& name) const;
  void write();

  std::filesystem::path folder_;
  std::map<std::string, std::optional<Experiment>> unwritten_;
  QTimer* timer_;  // Owned by this object.
};

}  // namespace pretext
