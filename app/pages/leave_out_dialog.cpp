#include "app/pages/leave_out_dialog.h"

#include "core/base/error.h"
#include "core/corpus/image_checks.h"
#include "core/store/corpus_store.h"
#include "widgets/buddy_label.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace pretext {

LeaveOutDialog::LeaveOutDialog(Database& database, std::shared_ptr<const Corpus> corpus,
                               ImageFindings findings, bool tickSmall, QWidget* parent)
    : QDialog(parent),
      database_(database),
      corpus_(std::move(corpus)),
      findings_(std::move(findings)),
      copies_(makeBox(tr("exact copies"), !findings_.copies.empty(), true)),
      near_(makeBox(findings_.isSearchedForNear ? tr("images that look nearly alike")
                                                : tr("images that look nearly alike: look for them "
                                                     "first"),
                    !findings_.near.empty(), true)),
      small_(makeBox(tr("images that are too small"), !findings_.small.empty(), tickSmall)),
      name_(new QLineEdit(freeName())),
      answer_(new QLabel) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("A corpus without them"));
  name_->setAccessibleName(tr("Name of the corpus without them"));
  answer_->setWordWrap(true);
  answer_->setMinimumHeight(2 * fontMetrics().lineSpacing());
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  make_ = buttons->button(QDialogButtonBox::Ok);
  make_->setText(tr("&Make it"));
  make_->setAccessibleName(tr("Make it"));
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(
      new QLabel(tr("Leave out of \"%1\":").arg(QString::fromStdString(corpus_->record().name))));
  for (auto* box : {copies_, near_, small_}) layout->addWidget(box);
  auto* rule = new QLabel(
      tr("Of a group the largest stays, of equally large ones that with the shortest name."));
  rule->setForegroundRole(QPalette::PlaceholderText);
  layout->addWidget(rule);
  layout->addWidget(buddyLabel(tr("&Name of the corpus without them"), name_));
  layout->addWidget(name_);
  layout->addWidget(answer_);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &LeaveOutDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  showCount();
}

QCheckBox* LeaveOutDialog::makeBox(const QString& text, bool isFound, bool isTicked) {
  auto* box = new QCheckBox(text);
  box->setAccessibleName(text);
  box->setEnabled(isFound);
  box->setChecked(isFound && isTicked);
  connect(box, &QCheckBox::toggled, this, &LeaveOutDialog::showCount);
  return box;
}

std::set<std::int64_t> LeaveOutDialog::leftOut() const {
  std::vector<std::vector<std::int64_t>> groups;
  if (copies_->isChecked()) groups = findings_.copies;
  if (near_->isChecked()) groups.insert(groups.end(), findings_.near.begin(), findings_.near.end());
  auto positions = all_but_best(*corpus_, groups);
  if (small_->isChecked()) positions.insert(findings_.small.begin(), findings_.small.end());
  return positions;
}

QString LeaveOutDialog::freeName() const {
  const auto first = tr("%1 cleaned").arg(QString::fromStdString(corpus_->record().name));
  auto name = first;
  for (int number = 2; CorpusStore(database_).find(name.toStdString()); ++number)
    name = QStringLiteral("%1 %2").arg(first).arg(number);
  return name;
}

void LeaveOutDialog::showCount() {
  const auto count = static_cast<int>(leftOut().size());
  answer_->setText(tr("%n images are left out.", nullptr, count));
  make_->setEnabled(count > 0);
}

void LeaveOutDialog::accept() {
  const auto name = name_->text().trimmed();
  try {
    if (CorpusStore(database_).find(name.toStdString()))
      return answer_->setText(tr("There is a corpus of that name already: choose another."));
    if (name.isEmpty()) return answer_->setText(tr("The corpus needs a name."));
    require_corpus_name(name.toStdString());
  } catch (const UserError& error) {
    return answer_->setText(QString::fromUtf8(error.what()));
  }
  Q_EMIT wanted(name, leftOut());
  QDialog::accept();
}

}  // namespace pretext
