#include "app/commands/command.h"
#include "app/report/report.h"
#include "core/base/new_file.h"

#include <QApplication>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

struct ReportArguments {
  std::vector<std::int64_t> runs;
  std::string out;
};

void report(const CommandContext& context, const ReportArguments& arguments) {
  writable_file(arguments.out);  // Before the work begins.
  auto database = openWorkspace(context);
  qputenv("QT_QPA_PLATFORM", "offscreen");  // It draws, and shows nothing.
  qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
  int count = 1;
  char name[] = "pretext";
  char* names[] = {name, nullptr};
  const QApplication application(count, names);
  writeReport(database, arguments.runs, arguments.out);
  tell(context, "The report is in " + arguments.out + ".",
       {{"runs", arguments.runs}, {"path", arguments.out}});
}

}  // namespace

void addReportCommand(CLI::App& root, CommandContext& context) {
  const auto arguments = std::make_shared<ReportArguments>();
  auto* reporting =
      root.add_subcommand("report", "All about some runs in one file that can be passed on");
  reporting->footer(
      "Examples: pretext report 3 4 --out comparison.html\n"
      "          pretext report 3 --out run.pdf");
  reporting->add_option("runs", arguments->runs, "Numbers of the runs")->required();
  reporting->add_option("--out", arguments->out, "File to write, .html or .pdf")->required();
  reporting->callback([&context, arguments] { report(context, *arguments); });
}

}  // namespace pretext
