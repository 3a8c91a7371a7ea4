#include "app/pages/text_views.h"

#include "core/base/format.h"
#include "core/base/numbers.h"
#include "core/corpus/batch_plan.h"
#include "core/objective/augmented_text.h"
#include "core/objective/objective_registry.h"
#include "core/text/text_views.h"
#include "widgets/background.h"
#include "widgets/buddy_label.h"
#include "widgets/field_form.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace pretext {
namespace {

constexpr std::int64_t kShownRows = 8;

QString spanned(const QString& text, const QColor& colour, const QString& toolTip) {
  return QStringLiteral("<span style=\"background-color:%1; color:#1b1c1e\" title=\"%3\">%2</span>")
      .arg(colour.name(QColor::HexRgb), text, toolTip);
}

/// One piece: plain, or on the ground of what was done to it, its original behind it.
QString pieceText(const Vocabulary& vocabulary, std::int32_t id, const MaskedPiece* masked) {
  const auto text = QString::fromStdString(vocabulary.piece(id)).toHtmlEscaped();
  if (!masked) return vocabulary.is_special(id) ? QStringLiteral("<i>%1</i>").arg(text) : text;
  const auto original = QString::fromStdString(vocabulary.piece(masked->original)).toHtmlEscaped();
  if (id == vocabulary.mask())
    return spanned(original, QColor(0x56, 0xB4, 0xE9), TextViews::tr("masked"));
  if (id == masked->original)
    return spanned(original, QColor(0x8F, 0xD0, 0xB4), TextViews::tr("kept, to be predicted"));
  return spanned(original + QStringLiteral(" → ") + text, QColor(0xE6, 0x9F, 0x00),
                 TextViews::tr("replaced"));
}

QString labelText(const ReadySequence& sequence, PairKind pairs) {
  if (sequence.label == TextSequence::kNoLabel) return {};
  if (pairs == PairKind::kNextSentence)
    return sequence.label == 0 ? TextViews::tr("next sentence") : TextViews::tr("random sentence");
  return sequence.label == 0 ? TextViews::tr("in order") : TextViews::tr("swapped");
}

QString sequenceText(const Vocabulary& vocabulary, const ReadySequence& sequence, PairKind pairs) {
  QString text;
  std::size_t next = 0;
  const auto& ids = sequence.pieces.ids;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool isMasked =
        next < sequence.masked.size() && std::cmp_equal(sequence.masked[next].position, i);
    text += pieceText(vocabulary, ids[i], isMasked ? &sequence.masked[next++] : nullptr) +
            QLatin1Char(' ');
  }
  const auto label = labelText(sequence, pairs);
  return label.isEmpty() ? text : text + QStringLiteral("<b>— %1</b>").arg(label);
}

}  // namespace

/// All that a preview depends on, so that a worker needs nothing of the widget.
struct TextViews::Request {
  std::shared_ptr<const Corpus> corpus;
  Experiment experiment;
  std::uint32_t epoch;
  std::int64_t step;
};

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
  Request request{corpus_, form_->experiment(), static_cast<std::uint32_t>(epoch_->value()),
                  step_->value()};
  const auto& kind = find_objective(request.experiment.text("objective.kind"));
  if (kind.corpus_kind != "text" || kind.is_supervised) {
    hint_->setText(
        kind.is_supervised
            ? tr("Learning from labels reads each document from its start, with nothing changed.")
            : tr("This objective learns from images: choose one that learns from text."));
    rows_->clear();
    return;
  }
  request.experiment.set("seed", static_cast<std::int64_t>(seed_->value()));
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
  runInBackground(
      this, [request] { return render(request); }, show);
}

/// The samples of a step, of each its text and its two views.
QString TextViews::renderPairs(const Request& request) {
  const auto& text = request.corpus->text();
  const auto& vocabulary = text.vocabulary();
  const TextViewMaker maker(text, vocabulary, request.experiment);
  const auto samples = maker.samples(request.corpus->plan_documents(
      request.corpus->fixed_part("train", request.experiment.integer("corpus_limit"))));
  BatchPlan plan(numbers_up_to(std::ssize(samples)),
                 request.experiment.integer("training.batch_size"),
                 static_cast<std::uint64_t>(request.experiment.integer("seed")));
  const auto perEpoch = plan.steps_per_epoch();
  const auto batch = plan.batch(request.epoch * perEpoch + request.step % perEpoch);
  const bool damages =
      find_objective(request.experiment.text("objective.kind")).text_task == TextTask::kDenoising;
  QString html = (damages ? tr("<p>%L1 samples an epoch; a damaged copy of each, and the original "
                               "that is told anew from its vector.</p>")
                          : tr("<p>%L1 samples an epoch; two views of each, which dropout makes "
                               "differ even where they read alike.</p>"))
                     .arg(std::ssize(samples));
  for (std::int64_t i = 0; i < std::min(kShownRows, std::ssize(batch)); ++i) {
    const auto& sample = samples[static_cast<std::size_t>(batch[static_cast<std::size_t>(i)])];
    const auto second = damages ? maker.original(sample) : maker.make(sample, request.epoch, 1);
    const QStringList views = {
        sequenceText(vocabulary, maker.make(sample, request.epoch, 0), PairKind::kNone),
        sequenceText(vocabulary, second, PairKind::kNone)};
    html += QStringLiteral("<p>%1</p><hr>").arg(views.join(QStringLiteral("<br>")));
  }
  return html;
}

QString TextViews::render(const Request& request) {
  if (augments_text(request.experiment)) return renderPairs(request);
  const auto& text = request.corpus->text();
  const auto options = text_options(request.experiment);
  const SequencePlan plan(text,
                          request.corpus->plan_documents(request.corpus->fixed_part(
                              "train", request.experiment.integer("corpus_limit"))),
                          options.sequences, request.epoch);
  const auto first = request.step * request.experiment.integer("training.batch_size");
  QString html;
  for (std::int64_t row = 0; row < std::min(kShownRows, plan.num_rows()); ++row) {
    QStringList sequences;
    for (const auto& sequence :
         read_row(text, text.vocabulary(), plan, options, request.epoch, first + row))
      sequences << sequenceText(text.vocabulary(), sequence, options.sequences.pairs);
    html += QStringLiteral("<p>%1</p><hr>").arg(sequences.join(QStringLiteral("<br>")));
  }
  return tr("<p>%L1 sequences in %L2 rows an epoch; %3 of their pieces are no padding.</p>")
             .arg(plan.num_sequences())
             .arg(plan.num_rows())
             .arg(QString::fromStdString(percent(plan.efficiency()))) +
         html;
}

}  // namespace pretext
