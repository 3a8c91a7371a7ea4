#include "app/pages/text_browser.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/corpus/class_name.h"
#include "widgets/background.h"
#include "widgets/buddy_label.h"
#include "widgets/histogram.h"
#include "widgets/text_document_model.h"
#include "widgets/theme.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace pretext {
namespace {

constexpr std::int64_t kBlock = 512;        // Documents searched at a time.
constexpr std::size_t kMostFound = 10'000;  // A longer list helps nobody.
constexpr int kSettleMs = 250;
constexpr std::size_t kMostShown = std::size_t{1} << 20;  // Bytes of a document.

using Numbers = std::vector<std::int64_t>;

/// Positions of the documents that contain `query`, whatever its case.
Numbers findDocuments(const std::shared_ptr<const Corpus>& corpus, const QString& query) {
  const auto& documents = corpus->text().documents();
  Numbers found;
  for (std::int64_t first = 0; first < documents.size(); first += kBlock) {
    const auto last = std::min(documents.size(), first + kBlock);
    const auto texts = documents.texts(first, last);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (!QString::fromStdString(texts[i]).contains(query, Qt::CaseInsensitive)) continue;
      found.push_back(first + static_cast<std::int64_t>(i));
      if (found.size() == kMostFound) return found;
    }
  }
  return found;
}

/// How many characters, as Qt counts them, the bytes [begin, end) of `text` are.
int numCharacters(const std::string& text, std::size_t begin, std::size_t end) {
  return static_cast<int>(
      QString::fromUtf8(text.data() + begin, static_cast<qsizetype>(end - begin)).size());
}

/// " · class" of a document that has one.
QString classOf(const Corpus& corpus, std::int64_t document) {
  const auto name = QString::fromStdString(class_name(corpus, document));
  return name.isEmpty() ? QString() : TextBrowser::tr(" · class %1").arg(name);
}

/// Pieces of each document.
Numbers documentLengths(const std::shared_ptr<const Corpus>& corpus) {
  const auto& text = corpus->text();
  Numbers lengths;
  lengths.reserve(static_cast<std::size_t>(corpus->size()));
  for (std::int64_t document = 0; document < corpus->size(); ++document) {
    const auto [first, last] = text.sentences_of(document);
    std::int64_t count = 0;
    for (auto sentence = first; sentence < last; ++sentence) count += text.num_pieces_of(sentence);
    lengths.push_back(count);
  }
  return lengths;
}

}  // namespace

TextBrowser::TextBrowser(QWidget* parent)
    : QWidget(parent),
      query_(new QLineEdit),
      found_(new QLabel),
      documents_(new TextDocumentModel(this)),
      list_(new QListView),
      lengths_(new Histogram(tr("Pieces a document"), tr("pieces"))),
      page_(new QPlainTextEdit),
      sentence_(new QLabel(tr("Put the cursor into a sentence to see its pieces."))),
      pieces_(new QTableWidget(0, 3)) {
  query_->setPlaceholderText(tr("Search the documents"));
  query_->setAccessibleName(tr("Search the documents"));
  query_->setClearButtonEnabled(true);
  list_->setModel(documents_);
  list_->setUniformItemSizes(true);
  list_->setTextElideMode(Qt::ElideRight);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setAccessibleName(tr("Documents"));
  page_->setReadOnly(true);
  page_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  page_->setAccessibleName(tr("Document"));
  pieces_->setHorizontalHeaderLabels({tr("Piece"), tr("Id"), tr("Text")});
  pieces_->setEditTriggers(QTableWidget::NoEditTriggers);
  pieces_->horizontalHeader()->setStretchLastSection(true);
  pieces_->setAccessibleName(tr("Pieces of the sentence"));
  pieces_->setTabKeyNavigation(false);

  auto* left = new QWidget;
  auto* leftLayout = new QVBoxLayout(left);
  leftLayout->setContentsMargins({});
  leftLayout->addWidget(query_);
  leftLayout->addWidget(found_);
  leftLayout->addWidget(list_, 1);
  leftLayout->addWidget(lengths_);
  auto* right = new QSplitter(Qt::Vertical);
  auto* below = new QWidget;
  auto* belowLayout = new QVBoxLayout(below);
  belowLayout->setContentsMargins({});
  belowLayout->addWidget(sentence_);
  belowLayout->addWidget(pieces_, 1);
  right->addWidget(page_);
  right->addWidget(below);
  right->setSizes({360, 240});
  auto* splitter = new QSplitter;
  splitter->addWidget(left);
  splitter->addWidget(right);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({330, 470});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(splitter);

  auto* settle = new QTimer(this);
  settle->setSingleShot(true);
  settle->setInterval(kSettleMs);
  connect(settle, &QTimer::timeout, this, [this] { search(); });
  connect(query_, &QLineEdit::textChanged, settle, qOverload<>(&QTimer::start));
  connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& index) {
            if (index.isValid())
              showDocument(index.data(TextDocumentModel::kPositionRole).toLongLong());
          });
  connect(page_, &QPlainTextEdit::cursorPositionChanged, this, [this] { showSentence(); });
}

void TextBrowser::show(std::shared_ptr<const Corpus> corpus) {
  corpus_ = std::move(corpus);
  shown_ = -1;
  text_.clear();
  query_->clear();
  page_->clear();
  pieces_->setRowCount(0);
  search();
  if (!corpus_) return;
  lengths_->show({});
  const auto showLengths = [this, counted = corpus_](const Outcome<Numbers>& lengths) {
    if (counted == corpus_ && lengths.value) lengths_->show(*lengths.value);
  };
  runInBackground(
      this, [counted = corpus_] { return documentLengths(counted); }, showLengths);
}

void TextBrowser::search() {
  const int token = ++token_;
  if (!corpus_) return list({});
  const auto query = query_->text();
  if (query.isEmpty()) return list(numbers_up_to(corpus_->size()));
  found_->setText(tr("Searching…"));
  const auto showFound = [this, token](const Outcome<Numbers>& found) {
    if (token != token_) return;
    if (found.value) {
      list(*found.value);
    } else {
      found_->setText(found.complaint);
    }
  };
  runInBackground(
      this, [searched = corpus_, query] { return findDocuments(searched, query); }, showFound);
}

void TextBrowser::list(std::vector<std::int64_t> positions) {
  const auto count = positions.size();
  documents_->show(corpus_, std::move(positions));
  found_->setText(count == kMostFound && !query_->text().isEmpty()
                      ? tr("Documents: the first %L1").arg(count)
                      : tr("Documents: %L1").arg(count));
  if (count > 0) list_->setCurrentIndex(documents_->index(0));
}

void TextBrowser::showDocument(std::int64_t position) {
  if (position == shown_) return;
  shown_ = position;
  try {
    text_ = corpus_->text().documents().text(position);
    auto shown =
        QString::fromUtf8(text_.data(), static_cast<qsizetype>(std::min(text_.size(), kMostShown)));
    if (text_.size() > kMostShown) shown += tr("\n\n… the first megabyte of a longer document.");
    page_->setPlainText(shown);
    showSentence();
  } catch (const UserError& error) {
    text_.clear();
    page_->setPlainText(QString::fromUtf8(error.what()));
  }
}

void TextBrowser::showSentence() {
  pieces_->setRowCount(0);
  page_->setExtraSelections({});
  if (!corpus_ || shown_ < 0 || text_.empty()) return;
  const auto& text = corpus_->text();
  const auto cursor = page_->toPlainText().left(page_->textCursor().position()).toUtf8().size();
  const auto [first, last] = text.sentences_of(shown_);
  if (first == last) return sentence_->setText(tr("This document has no pieces."));
  auto chosen = first;
  while (chosen + 1 < last && std::cmp_less_equal(text.place(chosen + 1).begin, cursor)) ++chosen;
  const auto tokens = text.tokens(shown_, chosen);
  sentence_->setText(tr("Sentence %L1 of %L2: %L3 pieces")
                         .arg(chosen - first + 1)
                         .arg(last - first)
                         .arg(tokens.size()) +
                     classOf(*corpus_, shown_));
  pieces_->setRowCount(static_cast<int>(tokens.size()));
  for (int row = 0; row < pieces_->rowCount(); ++row) {
    const auto& token = tokens[static_cast<std::size_t>(row)];
    const auto source = text_.substr(token.begin, token.end - token.begin);
    pieces_->setItem(
        row, 0, new QTableWidgetItem(QString::fromStdString(text.vocabulary().piece(token.id))));
    pieces_->setItem(row, 1, new QTableWidgetItem(QString::number(token.id)));
    pieces_->setItem(row, 2, new QTableWidgetItem(QString::fromStdString(source)));
  }
  colourPieces(tokens);
}

/// Grounds in turn, so that the eye sees where a piece ends.
void TextBrowser::colourPieces(const std::vector<Token>& tokens) {
  QList<QTextEdit::ExtraSelection> grounds;
  int index = 0;
  if (tokens.empty()) return;
  const std::size_t begin = tokens.front().begin;
  const int base = numCharacters(text_, 0, begin);
  for (const auto& token : tokens) {
    QTextEdit::ExtraSelection ground;
    auto colour =
        categoryColor(corpus_->text().vocabulary().unknown() == token.id ? 5 : index++ % 2);
    colour.setAlphaF(0.35F);
    ground.format.setBackground(colour);
    ground.cursor = QTextCursor(page_->document());
    ground.cursor.setPosition(base + numCharacters(text_, begin, token.begin));
    ground.cursor.setPosition(base + numCharacters(text_, begin, token.end),
                              QTextCursor::KeepAnchor);
    grounds << ground;
  }
  page_->setExtraSelections(grounds);
}

}  // namespace pretext
