#include "app/text_rows.h"

#include "core/base/format.h"
#include "core/base/numbers.h"
#include "core/corpus/batch_plan.h"
#include "core/objective/augmented_text.h"
#include "core/objective/objective_registry.h"
#include "core/text/text_views.h"

#include <QColor>
#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <iterator>
#include <utility>

namespace pretext {
namespace {

struct TextRows {
  Q_DECLARE_TR_FUNCTIONS(TextRows)
};

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
    return spanned(original, QColor(0x56, 0xB4, 0xE9), TextRows::tr("masked"));
  if (id == masked->original)
    return spanned(original, QColor(0x8F, 0xD0, 0xB4), TextRows::tr("kept, to be predicted"));
  return spanned(original + QStringLiteral(" → ") + text, QColor(0xE6, 0x9F, 0x00),
                 TextRows::tr("replaced"));
}

QString labelText(const ReadySequence& sequence, PairKind pairs) {
  if (sequence.label == TextSequence::kNoLabel) return {};
  if (pairs == PairKind::kNextSentence)
    return sequence.label == 0 ? TextRows::tr("next sentence") : TextRows::tr("random sentence");
  return sequence.label == 0 ? TextRows::tr("in order") : TextRows::tr("swapped");
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

/// The samples of a step, of each its text and its two views.
QString pairRows(const Corpus& corpus, const Experiment& experiment,
                 const TextRowsRequest& request) {
  const auto& text = corpus.text();
  const auto& vocabulary = text.vocabulary();
  const TextViewMaker maker(text, vocabulary, experiment);
  const auto samples = maker.samples(
      corpus.plan_documents(corpus.fixed_part("train", experiment.integer("corpus_limit"))));
  BatchPlan plan(numbers_up_to(std::ssize(samples)), experiment.integer("training.batch_size"),
                 static_cast<std::uint64_t>(experiment.integer("seed")));
  const auto perEpoch = plan.steps_per_epoch();
  const auto batch = plan.batch(request.epoch * perEpoch + request.step % perEpoch);
  const bool damages =
      find_objective(experiment.text("objective.kind")).text_task == TextTask::kDenoising;
  QString html =
      (damages ? TextRows::tr("<p>%L1 samples an epoch; a damaged copy of each, and the original "
                              "that is reconstructed from its vector.</p>")
               : TextRows::tr("<p>%L1 samples an epoch; two views of each, which dropout makes "
                              "differ even where they read alike.</p>"))
          .arg(std::ssize(samples));
  for (std::int64_t i = 0; i < std::min(request.count, std::ssize(batch)); ++i) {
    const auto& sample = samples[static_cast<std::size_t>(batch[static_cast<std::size_t>(i)])];
    const auto second = damages ? maker.original(sample) : maker.make(sample, request.epoch, 1);
    const QStringList views = {
        sequenceText(vocabulary, maker.make(sample, request.epoch, 0), PairKind::kNone),
        sequenceText(vocabulary, second, PairKind::kNone)};
    html += QStringLiteral("<p>%1</p><hr>").arg(views.join(QStringLiteral("<br>")));
  }
  return html;
}

}  // namespace

QString textRows(const Corpus& corpus, const Experiment& experiment,
                 const TextRowsRequest& request) {
  if (augments_text(experiment)) return pairRows(corpus, experiment, request);
  const auto& text = corpus.text();
  const auto options = text_options(experiment);
  const SequencePlan plan(
      text, corpus.plan_documents(corpus.fixed_part("train", experiment.integer("corpus_limit"))),
      options.sequences, request.epoch);
  const auto first = request.step * experiment.integer("training.batch_size");
  QString html;
  for (std::int64_t row = 0; row < std::min(request.count, plan.num_rows()); ++row) {
    QStringList sequences;
    for (const auto& sequence :
         read_row(text, text.vocabulary(), plan, options, request.epoch, first + row))
      sequences << sequenceText(text.vocabulary(), sequence, options.sequences.pairs);
    html += QStringLiteral("<p>%1</p><hr>").arg(sequences.join(QStringLiteral("<br>")));
  }
  return TextRows::tr(
             "<p>%L1 sequences in %L2 rows an epoch; %3 of their pieces are no padding.</p>")
             .arg(plan.num_sequences())
             .arg(plan.num_rows())
             .arg(QString::fromStdString(percent(plan.efficiency()))) +
         html;
}

}  // namespace pretext
