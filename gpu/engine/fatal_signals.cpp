#include "gpu/engine/fatal_signals.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <string_view>
#include <unistd.h>

namespace pretext {
namespace {

constexpr std::array kSignals = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};
constexpr std::array<std::string_view, 6> kNames = {"SIGSEGV", "SIGBUS",  "SIGFPE",
                                                    "SIGILL",  "SIGABRT", "SIGSYS"};

std::array<char, 64> begin_of_line{};  // Made before: only write() is safe in a handler.
std::size_t begin_size = 0;

void write_all(std::string_view text) {
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) return;
}

void on_fatal(int signal) {
  write_all({begin_of_line.data(), begin_size});
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    if (kSignals[i] == signal) write_all(kNames[i]);
  write_all("\n");
  ::raise(signal);  // To its default action, which SA_RESETHAND has put back.
}

}  // namespace

void name_fatal_signals() {
  begin_size = static_cast<std::size_t>(std::snprintf(begin_of_line.data(), begin_of_line.size(),
                                                      "pretext-engine %ld ended by ",
                                                      static_cast<long>(::getpid())));
  static std::array<char, 1 << 16> stack;  // A stack that overflowed is no place for a handler.
  stack_t other{};
  other.ss_sp = stack.data();
  other.ss_size = stack.size();
  ::sigaltstack(&other, nullptr);
  struct sigaction action {};
  action.sa_handler = on_fatal;
  action.sa_flags = SA_ONSTACK | SA_RESETHAND | SA_NODEFER;
  for (const int signal : kSignals) ::sigaction(signal, &action, nullptr);
}

}  // namespace pretext
