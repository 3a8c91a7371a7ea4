#include "app/pages/new_run_panel.h"

#include "core/base/error.h"
#include "core/encoder/encoder_registry.h"
#include "core/objective/objective_registry.h"
#include "core/store/corpus_store.h"
#include "widgets/field_form.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace pretext {

NewRunPanel::NewRunPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      corpus_(new QComboBox),
      form_(new FieldForm({QStringLiteral("objective"), QStringLiteral("encoder"),
                           QStringLiteral("views"), QStringLiteral("training"),
                           QStringLiteral("evaluation")})),
      toml_(new QPlainTextEdit),
      estimate_(new QLabel),
      launch_(new QPushButton(tr("&Start run"))) {
  corpus_->setAccessibleName(tr("Corpus"));
  auto* head = new QFormLayout;
  head->addRow(tr("&Corpus"), corpus_);
  auto* general = new QWidget;
  auto* generalLayout = new QVBoxLayout(general);
  generalLayout->addLayout(head);
  generalLayout->addWidget(form_);
  auto* scroll = new QScrollArea;
  scroll->setWidget(general);
  scroll->setWidgetResizable(true);
  toml_->setReadOnly(true);
  toml_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  toml_->setAccessibleName(tr("Specification as TOML"));
  auto* splitter = new QSplitter;
  splitter->addWidget(scroll);
  splitter->addWidget(toml_);
  splitter->setSizes({560, 360});
  auto* cancel = new QPushButton(tr("&Cancel"));
  launch_->setAccessibleName(tr("Start run"));
  launch_->setDefault(true);
  estimate_->setWordWrap(true);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(estimate_, 1);
  buttons->addWidget(cancel);
  buttons->addWidget(launch_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(splitter, 1);
  layout->addLayout(buttons);
  connect(form_, &FieldForm::changed, this, [this] { update(); });
  connect(corpus_, &QComboBox::currentTextChanged, this, [this] { update(); });
  connect(cancel, &QPushButton::clicked, this, &NewRunPanel::cancelled);
  connect(launch_, &QPushButton::clicked, this, [this] { Q_EMIT launched(chosen()); });
}

void NewRunPanel::prefill(const Experiment& experiment) {
  corpus_->clear();
  for (const auto& corpus : CorpusStore(workspace_.database()).list())
    corpus_->addItem(QString::fromStdString(corpus.name));
  if (!experiment.text("corpus").empty())
    corpus_->setCurrentText(QString::fromStdString(experiment.text("corpus")));
  form_->setExperiment(experiment);
  update();
}

Experiment NewRunPanel::chosen() const {
  auto experiment = form_->experiment();
  experiment.set("corpus", corpus_->currentText().toStdString());
  return experiment;
}

void NewRunPanel::update() {
  const auto experiment = chosen();
  toml_->setPlainText(QString::fromStdString(experiment.to_toml()));
  launch_->setEnabled(form_->isValid() && corpus_->count() > 0);
  const auto corpus = CorpusStore(workspace_.database()).find(corpus_->currentText().toStdString());
  if (!corpus) {
    estimate_->setText(tr("There is no corpus yet: open a folder on the Corpora page first."));
    return;
  }
  try {
    const auto size = experiment.integer("views.size");
    const auto shape =
        encoder_shape(experiment, corpus->channels, size > 0 ? size : corpus->natural_size());
    const auto& objective = find_objective(experiment.text("objective.kind"));
    const auto heads = objective.num_head_parameters(experiment, shape.num_features());
    // A training step costs about three forward passes, of each view.
    const double operations =
        2.0 * 3.0 * objective.num_views * static_cast<double>(shape.num_multiply_adds());
    estimate_->setText(tr("Encoder %L1 parameters, heads %L2; %3 GFLOP an image and step.")
                           .arg(shape.num_parameters())
                           .arg(heads)
                           .arg(operations / 1e9, 0, 'g', 3));
  } catch (const UserError& error) {
    launch_->setEnabled(false);
    estimate_->setText(QString::fromUtf8(error.what()));
  }
}

}  // namespace pretext
