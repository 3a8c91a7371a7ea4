#pragma once

#include "app/workspace.h"
#include "widgets/background.h"

#include <QWidget>

#include <cstdint>
#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace pretext {

/// What panels have in common that show what a source was recognised as, with a first look and the
/// disk needed, before anything is read in full; the corpus's name is chosen here.
class SourcePanel : public QWidget {
  Q_OBJECT

 public:
  /// Looks at `path` in the background.
  void open(const QString& path);
  const QString& path() const { return path_; }

 Q_SIGNALS:
  void accepted();
  void cancelled();
  /// The source is to be read as another kind: "images", "text" or "series".
  void otherKindWanted(const QString& kind);

 protected:
  /// `kind`: what it is read as here.
  SourcePanel(Workspace& workspace, const QString& kind, QWidget* parent = nullptr);

  /// Puts what is chosen back to what a new source begins with.
  virtual void reset() = 0;
  /// Takes away what the last look showed.
  virtual void clearLook() = 0;
  /// Begins a look with what is chosen now: calls `lookInBackground`.
  virtual void beginLook() = 0;

  Workspace& workspace() const { return workspace_; }
  QString corpusName() const;
  /// A corpus of that name is there: this becomes a new version of it.
  bool isUpdate() const;

  QFormLayout* form() const { return form_; }
  /// A widget between what was found and the form.
  void addPreview(QWidget* preview, int stretch = 0);
  void setUpdateHint(const QString& hint) { updateHint_ = hint; }
  /// Looks again.
  void look();
  /// What was found; the source can be taken in where there is room for it.
  void showFound(const QString& text, std::int64_t neededBytes, std::int64_t freeBytes);
  void showComplaint(const QString& complaint);

  /// Runs `work` on another thread and hands what it returned to `show` here, or says what it
  /// threw, unless a newer look has begun meanwhile.
  template <typename Work, typename Show>
  void lookInBackground(Work work, Show show) {
    using Answer = std::invoke_result_t<Work>;
    runInBackground(this, std::move(work),
                    [this, show, token = token_](const Outcome<Answer>& found) {
                      if (token != token_) return;
                      if (found.value) {
                        show(*found.value);
                      } else {
                        clearLook();
                        showComplaint(found.complaint);
                      }
                    });
  }

 private:
  QComboBox* makeKindChoice();
  std::optional<CorpusRecord> sameNamed() const;
  void check();

  Workspace& workspace_;
  QString kind_;
  QString path_;
  QString updateHint_;
  int token_ = 0;          // Of the newest look.
  bool isUsable_ = false;  // The newest look found something.
  QLabel* heading_;        // All owned by this widget.
  QLabel* found_;
  QVBoxLayout* previews_;
  QFormLayout* form_;
  QLineEdit* name_;
  QLabel* nameHint_;
  QLabel* disk_;
  QPushButton* accept_;
};

}  // namespace pretext
