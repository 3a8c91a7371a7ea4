#pragma once

namespace pretext {

/// From now on a signal that ends the program, but for SIGKILL, is named on standard error first:
/// "pretext-engine 4711 ended by SIGSEGV", which `last_words` finds in engine.log.
void name_fatal_signals();

}  // namespace pretext
