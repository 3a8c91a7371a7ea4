#include "core/corpus/sample_text.h"

#include "core/base/random_stream.h"

#include <array>
#include <span>

namespace pretext {
namespace {

struct Subject {
  const char* name;
  std::array<const char*, 24> words;
};

constexpr std::array<Subject, 8> kSubjects = {{
    {"kitchen", {"oven",  "dough",  "butter", "kettle",  "spoon", "flour", "recipe", "onion",
                 "broth", "pepper", "cheese", "pan",     "yeast", "honey", "garlic", "plate",
                 "ladle", "crust",  "salad",  "vinegar", "apron", "sieve", "loaf",   "cellar"}},
    {"sea", {"harbour", "sail",    "anchor", "tide",  "captain", "deck",  "wave",   "lighthouse",
             "net",     "mast",    "gull",   "crew",  "rudder",  "storm", "island", "cargo",
             "hull",    "compass", "oar",    "shore", "reef",    "pilot", "buoy",   "current"}},
    {"music", {"violin",  "choir",  "melody", "drum",  "rehearsal", "chord",  "flute", "conductor",
               "concert", "tune",   "bow",    "organ", "rhythm",    "singer", "scale", "trumpet",
               "score",   "string", "stage",  "verse", "harmony",   "encore", "cello", "solo"}},
    {"garden", {"rose",  "hedge", "spade",   "seed", "lawn", "bulb",   "orchard", "compost",
                "weed",  "pond",  "tulip",   "rake", "bean", "petal",  "root",    "greenhouse",
                "berry", "pear",  "trellis", "moss", "bee",  "willow", "shrub",   "pruner"}},
    {"court",
     {"judge",   "witness", "verdict", "lawyer", "trial",  "oath",   "jury",     "appeal",
      "statute", "clerk",   "plea",    "fine",   "lease",  "will",   "evidence", "bail",
      "bench",   "motion",  "ruling",  "heir",   "decree", "notary", "claim",    "sentence"}},
    {"weather",
     {"cloud", "frost",    "thunder", "breeze",   "fog",     "hail",   "drought", "rainbow",
      "snow",  "sunshine", "mist",    "gale",     "shower",  "ice",    "heat",    "barometer",
      "sleet", "dew",      "flood",   "blizzard", "drizzle", "icicle", "dusk",    "sky"}},
    {"clinic",
     {"nurse", "fever",   "doctor", "bandage", "ward",     "pulse",       "vaccine", "surgeon",
      "cough", "tablet",  "wound",  "patient", "dose",     "stethoscope", "rash",    "splint",
      "syrup", "allergy", "scan",   "crutch",  "ointment", "clot",        "lung",    "therapy"}},
    {"railway",
     {"train",   "platform", "signal", "carriage",  "ticket",   "tunnel",  "engine",  "conductor",
      "station", "rail",     "driver", "timetable", "luggage",  "bridge",  "whistle", "junction",
      "freight", "guard",    "track",  "depot",     "coupling", "sleeper", "valve",   "boiler"}},
}};

constexpr std::array<const char*, 16> kPeople = {
    "Anna", "Boris", "Clara", "David", "Emma", "Felix", "Greta", "Hugo",
    "Ines", "Jonas", "Karla", "Leo",   "Mara", "Nils",  "Olga",  "Paul"};
constexpr std::array<const char*, 12> kTimes = {
    "in the morning", "at noon",    "late in the evening", "on Monday", "last week",   "yesterday",
    "before supper",  "after that", "twice a day",         "in spring", "for an hour", "at night"};
constexpr std::array<const char*, 12> kFeelings = {"with great care",
                                                   "without a word",
                                                   "and smiled",
                                                   "and went home",
                                                   "to everybody's surprise",
                                                   "as always",
                                                   "for the first time",
                                                   "once more",
                                                   "and was glad",
                                                   "in a hurry",
                                                   "and wrote it down",
                                                   "with a friend"};

/// `S`: a word of the subject; `P`: a person; `T`: a time; `F`: how.
constexpr std::array<const char*, 10> kAbout = {
    "P looked at the S T.",         "The S was there T, and P saw the S.",
    "P talked about the S F.",      "T, P brought the S F.",
    "Nobody knew the S as P did.",  "The S came first, then the S.",
    "P asked for another S T.",     "It was the S that P liked F.",
    "T there was only one S left.", "P said that the S and the S go together."};
constexpr std::array<const char*, 6> kPlain = {"P wrote a letter T.", "It was quiet T.",
                                               "P and P met T.",      "P waited F.",
                                               "That was all T.",     "P remembered it F."};

class SampleTextSource final : public TextSource {
 public:
  explicit SampleTextSource(SampleTextOptions options) : options_(std::move(options)) {
    look_ = {.kind = "letters written by Pretext",
             .documents = DocumentUnit::kRow,
             .lines = LineMeaning::kParagraph,
             .num_bytes = options_.num_documents};
  }

  const TextSourceLook& look() const override { return look_; }
  std::int64_t bytes_read() const override { return number_; }
  void rewind() override { number_ = 0; }

  bool next(TextDocument& document, std::vector<SkippedFile>& /*skipped*/) override {
    if (number_ == options_.num_documents) return false;
    RandomStream draws({.seed = options_.seed,
                        .sample = static_cast<std::uint64_t>(number_),
                        .purpose = RandomPurpose::kDrawing});
    const auto& subject = kSubjects[static_cast<std::size_t>(draws.index(kSubjects.size()))];
    document = {};
    const auto num_sentences = 6 + draws.index(4);
    for (std::int64_t i = 0; i < num_sentences; ++i) {
      const bool is_about = draws.share() < 0.5F;
      write(is_about ? pick(std::span(kAbout), draws) : pick(std::span(kPlain), draws), subject,
            draws, document.text);
    }
    if (number_ < options_.num_labelled) document.class_name = subject.name;
    document.split = options_.split;
    document.source = "letter " + std::to_string(++number_);
    return true;
  }

 private:
  static const char* pick(std::span<const char* const> words, RandomStream& draws) {
    return words[static_cast<std::size_t>(draws.index(std::ssize(words)))];
  }

  static void write(const char* pattern, const Subject& subject, RandomStream& draws,
                    std::string& text) {
    if (!text.empty()) text += ' ';
    const auto begin = text.size();
    for (const char* letter = pattern; *letter; ++letter) {
      // A capital that begins a word of its own stands for one.
      const bool stands_alone = (letter == pattern || letter[-1] == ' ') &&
                                (letter[1] == ' ' || letter[1] == '.' || letter[1] == ',');
      if (!stands_alone || (*letter != 'S' && *letter != 'P' && *letter != 'T' && *letter != 'F')) {
        text += *letter;
      } else if (*letter == 'S') {
        text += pick(subject.words, draws);
      } else {
        text += pick(*letter == 'P'   ? std::span<const char* const>(kPeople)
                     : *letter == 'T' ? std::span<const char* const>(kTimes)
                                      : std::span<const char* const>(kFeelings),
                     draws);
      }
    }
    const char first = text[begin];
    if (first >= 'a' && first <= 'z') text[begin] = static_cast<char>(first - 'a' + 'A');
  }

  SampleTextOptions options_;
  TextSourceLook look_;
  std::int64_t number_ = 0;
};

}  // namespace

std::unique_ptr<TextSource> write_sample_text(const SampleTextOptions& options) {
  return std::make_unique<SampleTextSource>(options);
}

}  // namespace pretext
