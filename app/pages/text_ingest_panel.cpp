#include "app/pages/text_ingest_panel.h"

#include "core/base/format.h"
#include "core/store/corpus_store.h"
#include "widgets/buddy_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace pretext {
namespace {

constexpr std::size_t kNumDocuments = 5;
constexpr int kLongestShown = 300;  // Characters of a document.
constexpr const char* kLearned = "learned";
constexpr const char* kFile = "file";

}  // namespace

/// What a look in the background brought.
struct TextIngestPanel::Answer {
  TextSourceLook look;
  std::vector<TextDocument> documents;  // The first ones.
  std::int64_t freeBytes = 0;
  QString error;
};

TextIngestPanel::TextIngestPanel(Workspace& workspace, QWidget* parent)
    : SourcePanel(workspace, QStringLiteral("text"), parent),
      documents_(new QPlainTextEdit),
      textColumn_(new QComboBox),
      labelColumn_(new QComboBox),
      unit_(new QComboBox),
      vocabulary_(new QComboBox),
      numPieces_(new QSpinBox),
      isCased_(new QCheckBox(tr("Keep &capitals and accents"))),
      takesMarkup_(new QCheckBox(tr("Take out &HTML tags and entities"))) {
  setUpdateHint(tr("A corpus of that name is there: this becomes a new version of it."));
  documents_->setReadOnly(true);
  documents_->setMaximumHeight(150);
  documents_->setAccessibleName(tr("First documents"));
  addPreview(documents_);
  textColumn_->setAccessibleName(tr("Column of the text"));
  labelColumn_->setAccessibleName(tr("Column of the labels"));
  unit_->setAccessibleName(tr("A document is"));
  const std::pair<const char*, QString> units[] = {{"auto", tr("as recognised")},
                                                   {"blank-line", tr("what blank lines part")},
                                                   {"file", tr("a file")},
                                                   {"line", tr("a line")}};
  for (const auto& [name, title] : units) unit_->addItem(title, QLatin1String(name));
  vocabulary_->setAccessibleName(tr("Vocabulary"));
  numPieces_->setRange(100, 1'000'000);
  numPieces_->setValue(8192);
  numPieces_->setSuffix(tr(" pieces"));
  numPieces_->setGroupSeparatorShown(true);
  numPieces_->setAccessibleName(tr("Size of the vocabulary"));
  auto* pieces = new QHBoxLayout;
  pieces->addWidget(vocabulary_);
  pieces->addWidget(numPieces_);
  pieces->addWidget(isCased_);
  pieces->addStretch();
  form()->addRow(buddyLabel(tr("&Text in"), textColumn_), textColumn_);
  form()->addRow(buddyLabel(tr("&Labels in"), labelColumn_), labelColumn_);
  form()->addRow(buddyLabel(tr("A &document is"), unit_), unit_);
  form()->addRow(buddyLabel(tr("&Vocabulary"), vocabulary_), pieces);
  form()->addRow({}, takesMarkup_);
  for (auto* box : {textColumn_, labelColumn_, unit_})
    connect(box, &QComboBox::activated, this, [this] { look(); });
  connect(vocabulary_, &QComboBox::activated, this, &TextIngestPanel::chooseVocabulary);
}

void TextIngestPanel::reset() {
  vocabularyFile_.clear();
  textColumn_->clear();
  labelColumn_->clear();
  unit_->setCurrentIndex(0);
  takesMarkup_->setChecked(false);
  listVocabularies();
}

/// One learned from this text, one of a file, or that of a corpus that is there.
void TextIngestPanel::listVocabularies() {
  vocabulary_->clear();
  vocabulary_->addItem(tr("learned from this text"), QLatin1String(kLearned));
  for (const auto& corpus : CorpusStore(workspace().database()).list()) {
    if (corpus.kind != "text") continue;
    const auto file = workspace().folder() / corpus.path / "tokenizer.json";
    vocabulary_->addItem(tr("that of \"%1\"").arg(QString::fromStdString(corpus.name)),
                         QString::fromStdString(file.string()));
  }
  vocabulary_->addItem(tr("from a file…"), QLatin1String(kFile));
  chooseVocabulary(0);
}

void TextIngestPanel::chooseVocabulary(int index) {
  const auto source = vocabulary_->itemData(index).toString();
  const bool isLearned = source == QLatin1String(kLearned);
  vocabularyFile_ = isLearned ? QString() : source;
  if (source == QLatin1String(kFile)) {
    vocabularyFile_ =
        QFileDialog::getOpenFileName(this, tr("A vocabulary: vocab.txt or tokenizer.json"), path(),
                                     tr("Vocabularies (*.txt *.json);;All files (*)"));
    if (vocabularyFile_.isEmpty()) {
      vocabulary_->setCurrentIndex(0);
      return chooseVocabulary(0);
    }
  }
  numPieces_->setVisible(isLearned);
  isCased_->setVisible(isLearned);
}

TextIngestChoice TextIngestPanel::chosen() const {
  TextIngestChoice choice;
  choice.path = path();
  choice.name = corpusName();
  choice.reading.documents = document_unit(unit_->currentData().toString().toStdString());
  choice.reading.text_column = textColumn_->currentData().toString().toStdString();
  choice.reading.label_column = labelColumn_->currentData().toString().toStdString();
  choice.text.vocabulary_file = vocabularyFile_.toStdString();
  choice.text.vocabulary_size = numPieces_->value();
  choice.text.is_uncased = !isCased_->isChecked();
  choice.text.cleaning.markup = takesMarkup_->isChecked();
  choice.update = isUpdate();
  return choice;
}

void TextIngestPanel::beginLook() {
  const auto work = [folder = workspace().folder(), choice = chosen()] {
    Answer answer;
    const auto source = open_text_source(choice.path.toStdString(), choice.reading);
    answer.look = source->look();
    std::vector<SkippedFile> skipped;
    TextDocument document;
    while (answer.documents.size() < kNumDocuments && source->next(document, skipped))
      answer.documents.push_back(document);
    answer.freeBytes = static_cast<std::int64_t>(std::filesystem::space(folder).available);
    return answer;
  };
  lookInBackground(work, [this](const Answer& answer) { showAnswer(answer); });
}

void TextIngestPanel::clearLook() {
  documents_->clear();
}

void TextIngestPanel::showAnswer(const Answer& answer) {
  QStringList texts;
  for (const auto& document : answer.documents) {
    auto text = QString::fromStdString(document.text).simplified();
    if (text.size() > kLongestShown) text = text.left(kLongestShown) + QStringLiteral("…");
    texts << (document.class_name.empty() ? text
                                          : QStringLiteral("[%1] %2").arg(
                                                QString::fromStdString(document.class_name), text));
  }
  documents_->setPlainText(texts.join(QStringLiteral("\n\n")));
  listColumns(answer.look);
  showFound(tr("%1, %2. A document is a %3.")
                .arg(QString::fromStdString(answer.look.kind),
                     QString::fromStdString(byte_count(answer.look.num_bytes)),
                     QString::fromStdString(to_string(answer.look.documents))),
            packed_text_bytes(answer.look.num_bytes), answer.freeBytes);
}

/// Columns of a table, once: what was chosen meanwhile stays chosen.
void TextIngestPanel::listColumns(const TextSourceLook& look) {
  const bool isTable = !look.columns.empty();
  form()->setRowVisible(textColumn_, isTable);
  form()->setRowVisible(labelColumn_, isTable);
  form()->setRowVisible(unit_, !isTable);
  if (!isTable || textColumn_->count() > 0) return;
  labelColumn_->addItem(tr("none"), QString());
  for (const auto& column : look.columns) {
    const auto name = QString::fromStdString(column);
    textColumn_->addItem(name, name);
    labelColumn_->addItem(name, name);
  }
  textColumn_->setCurrentIndex(textColumn_->findData(QString::fromStdString(look.text_column)));
}

}  // namespace pretext
