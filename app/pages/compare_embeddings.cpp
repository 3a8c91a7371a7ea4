#include "app/pages/compare_embeddings.h"

#include "app/pages/point_colours.h"
#include "core/base/error.h"
#include "core/store/projection_store.h"
#include "widgets/buddy_label.h"
#include "widgets/embedding_scatter.h"
#include "widgets/run_titles.h"
#include "widgets/thumbnail_model.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolTip>
#include <QVBoxLayout>

namespace pretext {

CompareEmbeddings::CompareEmbeddings(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      method_(new QComboBox),
      left_(makeSide(tr("Left run"))),
      right_(makeSide(tr("Right run"))) {
  method_->addItem(tr("PCA"), QStringLiteral("pca"));
  method_->addItem(tr("t-SNE"), QStringLiteral("tsne"));
  method_->addItem(tr("UMAP"), QStringLiteral("umap"));
  method_->setAccessibleName(tr("Projection of both"));
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("Projection"), method_));
  top->addWidget(method_);
  top->addStretch();
  auto* sides = new QHBoxLayout;
  for (const auto* side : {&left_, &right_}) {
    auto* layout = new QVBoxLayout;
    layout->addWidget(side->run);
    layout->addWidget(side->scatter, 1);
    layout->addWidget(side->caption);
    sides->addLayout(layout, 1);
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 4, 0, 0);
  layout->addLayout(top);
  layout->addLayout(sides, 1);
  connect(method_, &QComboBox::currentIndexChanged, this, &CompareEmbeddings::loadBoth);
  link(left_, right_);
  link(right_, left_);
}

CompareEmbeddings::Side CompareEmbeddings::makeSide(const QString& name) {
  Side side{new QComboBox, new QLabel, new EmbeddingScatter, nullptr, {}};
  side.run->setAccessibleName(name);
  side.run->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  side.scatter->setAccessibleName(tr("Embedding of the %1").arg(name.toLower()));
  side.scatter->setMinimumSize(160, 120);
  side.caption->setWordWrap(true);
  return side;
}

bool CompareEmbeddings::isLinked() const {
  return left_.corpus && right_.corpus && left_.corpus->record().id == right_.corpus->record().id;
}

void CompareEmbeddings::link(Side& from, Side& to) {
  connect(from.run, &QComboBox::currentIndexChanged, this, &CompareEmbeddings::loadBoth);
  connect(from.scatter, &EmbeddingScatter::hovered, this,
          [this, &from, &to](qint64 position, const QPoint& place) {
            from.scatter->setSelected(position);
            if (isLinked()) to.scatter->setSelected(position);
            if (position < 0 || !from.corpus) return QToolTip::hideText();
            QToolTip::showText(place, describeSample(*from.corpus, position), from.scatter);
          });
  connect(from.scatter, &EmbeddingScatter::lassoed, this,
          [this, &to](const std::vector<std::int64_t>& positions) {
            if (isLinked()) to.scatter->setLassoed(positions);
          });
}

void CompareEmbeddings::show(const ComparedRuns& compared) {
  compared_ = compared;
  offerRuns(left_, 0);
  offerRuns(right_, 1);
  loadBoth();
}

void CompareEmbeddings::offerRuns(Side& side, int otherwise) {
  const QSignalBlocker blocker(side.run);
  const auto before = side.run->currentData();
  side.run->clear();
  for (const auto& run : compared_.runs)
    side.run->addItem(runTitle(run.id, run.name), QVariant::fromValue<qint64>(run.id));
  const int known = side.run->findData(before);
  side.run->setCurrentIndex(known >= 0 ? known : std::min(otherwise, side.run->count() - 1));
}

void CompareEmbeddings::loadBoth() {
  load(left_);
  load(right_);
  if (left_.corpus && right_.corpus && !isLinked())
    right_.caption->setText(tr("Of another corpus: a selection stays on its side."));
}

void CompareEmbeddings::load(Side& side) {
  const auto run = side.run->currentIndex() < 0 ? -1 : side.run->currentData().toLongLong();
  const auto method = method_->currentData().toString().toStdString();
  ProjectionStore projections(workspace_.database());
  const auto newest = projections.newest_id(run, method);
  if (newest && newest == side.projection) return;
  side.projection = newest;
  side.corpus.reset();
  const auto projection = newest ? projections.newest(run, method) : std::nullopt;
  if (!projection) {
    side.scatter->setPoints({});
    side.caption->setText(
        run < 0
            ? tr("Tick a run.")
            : tr("It has no %1 yet: the Embeddings page computes it.").arg(method_->currentText()));
    return;
  }
  side.caption->setText(
      tr("%L1 samples at step %L2").arg(projection->positions.size()).arg(projection->step));
  try {
    side.corpus = workspace_.corpus(RunStore(workspace_.database()).require(run).corpus_id);
    showByClass(*side.scatter, *side.corpus, *projection);
  } catch (const UserError& error) {
    side.scatter->setPoints({});
    side.caption->setText(QString::fromUtf8(error.what()));
  }
}

}  // namespace pretext
