#include "app/pages/text_views.h"

#include "app/text_rows.h"
#include "core/objective/objective_registry.h"
#include "widgets/background.h"
#include "widgets/buddy_label.h"
#include "widgets/field_form.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace pretext {

TextViews::TextViews(QWidget* parent)
    : QWidget(parent),
      form_(new FieldForm({QStringLiteral("objective"), QStringLiteral("views")})),
      seed_(new QSpinBox),
      epoch_(new QSpinBox),
      step_(new QSpinBox),
      hint_(new QLabel),
      rows_(new QTextBrowser) {
  form_->setExperiment(Experiment("bert"));
  auto* scroll = new QScrollArea;
  scroll->setWidget(form_);
  scroll->setWidgetResizable(true);
  scroll->setMinimumWidth(360);
  seed_->setRange(0, 1 << 30);
  seed_->setAccessibleName(tr("Seed"));
  epoch_->setRange(0, 1'000'000);
  epoch_->setAccessibleName(tr("Epoch"));
  step_->setRange(0, 1 << 30);
  step_->setAccessibleName(tr("Step of the epoch"));
  rows_->setAccessibleName(tr("Rows as training sees them"));
  hint_->setWordWrap(true);
  auto* reshuffle = new QPushButton(tr("&Reshuffle"));
  auto* top = new QHBoxLayout;
  top->addStretch();
  top->addWidget(buddyLabel(tr("Seed"), seed_));
  top->addWidget(seed_);
  top->addWidget(buddyLabel(tr("Epoch"), epoch_));
  top->addWidget(epoch_);
  top->addWidget(buddyLabel(tr("Step"), step_));
  top->addWidget(step_);
  top->addWidget(reshuffle);
  auto* right = new QWidget;
  auto* rightLayout = new QVBoxLayout(right);
  rightLayout->setContentsMargins({});
  rightLayout->addLayout(top);
  rightLayout->addWidget(hint_);
  rightLayout->addWidget(rows_, 1);
  auto* splitter = new QSplitter;
  splitter->addWidget(scroll);
  splitter->addWidget(right);
  splitter->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(splitter);
  connect(form_, &FieldForm::changed, this, [this] { requestPreview(); });
  for (auto* box : {seed_, epoch_, step_})
    connect(box, &QSpinBox::valueChanged, this, [this] { requestPreview(); });
  connect(reshuffle, &QPushButton::clicked, this, [this] { seed_->setValue(seed_->value() + 1); });
}

void TextViews::show(std::shared_ptr<const Corpus> corpus) {
  corpus_ = std::move(corpus);
  requestPreview();
}

const Experiment& TextViews::experiment() const {
  return form_->experiment();
}

void TextViews::requestPreview() {
  const int token = ++token_;
  if (!corpus_ || !form_->isValid()) return;
  auto experiment = form_->experiment();
  const auto& kind = find_objective(experiment.text("objective.kind"));
  if (kind.corpus_kind != "text" || kind.is_supervised) {
    hint_->setText(
        kind.is_supervised
            ? tr("Learning from labels reads each document from its start, with nothing changed.")
            : tr("This objective learns from images: choose one that learns from text."));
    rows_->clear();
    return;
  }
  experiment.set("seed", static_cast<std::int64_t>(seed_->value()));
  const bool hides = kind.text_task == TextTask::kMaskedPieces;
  const auto show = [this, token, hides](const Outcome<QString>& rows) {
    if (token != token_) return;
    if (rows.value) {
      rows_->setHtml(*rows.value);
      hint_->setText(
          tr("The first rows of step %L1 of epoch %L2 for seed %L3: a run with these settings sees "
             "them.")
              .arg(step_->value())
              .arg(epoch_->value())
              .arg(seed_->value()) +
          (hides ? tr(" Blue: masked. Orange: replaced at random. Green: kept, to be predicted all "
                      "the same.")
                 : QString()));
    } else {
      rows_->clear();
      hint_->setText(rows.complaint);
    }
    Q_EMIT previewShown();
  };
  constexpr std::int64_t kShownRows = 8;
  const TextRowsRequest request{.epoch = static_cast<std::uint32_t>(epoch_->value()),
                                .step = step_->value(),
                                .count = kShownRows};
  const auto render = [corpus = corpus_, experiment, request] {
    return textRows(*corpus, experiment, request);
  };
  runInBackground(this, render, show);
}

}  // namespace pretext
