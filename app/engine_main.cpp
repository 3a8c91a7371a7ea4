#include "core/base/error.h"
#include "gpu/engine/engine.h"
#include "gpu/engine/fatal_signals.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <sys/resource.h>
#include <unistd.h>

namespace {

/// OpenMP's idle threads must not spin on cores that others need. It reads this when it is loaded,
/// so that the program starts itself again.
void restartWithPassiveWaits(char** argv) {
  if (std::getenv("OMP_WAIT_POLICY")) return;
  ::setenv("OMP_WAIT_POLICY", "passive", 1);
  ::execv("/proc/self/exe", argv);
}

}  // namespace

int main(int argc, char** argv) {
  restartWithPassiveWaits(argv);
  ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);  // Without it cuBLAS is not deterministic.
  ::setenv("SYSTEMD_BUS_TIMEOUT", "2s", 0);           // A bus that does not answer holds up no run.
  ::setpriority(PRIO_PROCESS, 0, 10);
  pretext::EngineOptions options;
  CLI::App root("Works off the queue of a Pretext workspace, then ends.");
  root.add_option("--workspace", options.workspace, "Folder of the workspace")->required();
  root.add_option("--device", options.device, "auto, cpu or cuda:N");
  root.add_option("--lane", options.lane, "train or interactive")
      ->check(CLI::IsMember({"train", "interactive"}));
  root.set_version_flag("--version", [] { return pretext::libraries_in_words(); });
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == EXIT_SUCCESS) return root.exit(error);  // Help, or the version.
    std::cerr << "pretext-engine: " << error.what()
              << "; \"pretext-engine --help\" says what it takes.\n";
    return EXIT_FAILURE;
  }
  pretext::name_fatal_signals();
  try {
    pretext::run_engine(options);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << "pretext-engine: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
