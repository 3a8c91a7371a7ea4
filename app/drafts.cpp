#include "app/drafts.h"

#include "core/base/error.h"

#include <QSaveFile>
#include <QTimer>

#include <utility>

namespace pretext {
namespace {

constexpr int kDelayMs = 300;

}  // namespace

Drafts::Drafts(const std::filesystem::path& workspace, QObject* parent)
    : QObject(parent), folder_(workspace / "drafts"), timer_(new QTimer(this)) {
  timer_->setSingleShot(true);
  timer_->setInterval(kDelayMs);
  connect(timer_, &QTimer::timeout, this, &Drafts::write);
}

Drafts::~Drafts() {
  write();
}

std::filesystem::path Drafts::fileOf(const std::string& name) const {
  return folder_ / (name + ".toml");
}

std::optional<Experiment> Drafts::read(const std::string& name) const {
  std::error_code error;
  if (!std::filesystem::exists(fileOf(name), error)) return std::nullopt;
  try {
    return Experiment::from_toml_file(fileOf(name));
  } catch (const UserError&) {  // Of another version, or half a file: it is only a draft.
    return std::nullopt;
  }
}

void Drafts::keep(const std::string& name, std::optional<Experiment> draft) {
  unwritten_.insert_or_assign(name, std::move(draft));
  timer_->start();
}

void Drafts::write() {
  std::error_code error;
  for (const auto& [name, draft] : std::exchange(unwritten_, {})) {
    if (!draft) {
      std::filesystem::remove(fileOf(name), error);
      continue;
    }
    std::filesystem::create_directories(folder_, error);
    QSaveFile file(QString::fromStdString(fileOf(name).string()));
    // A draft that cannot be written is not worth a complaint: the disk's state shows elsewhere.
    if (file.open(QIODevice::WriteOnly) &&
        file.write(QByteArray::fromStdString(draft->to_toml())) >= 0)
      file.commit();
  }
}

}  // namespace pretext
