#include "core/base/program.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pretext {
namespace {

/// Starts it with both outputs into `output`. Returns 0 or an error's number.
int start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
          int output, pid_t& process) {
  std::string name = program.string();
  auto words = arguments;
  std::vector<char*> vector = {name.data()};
  for (auto& word : words) vector.push_back(word.data());
  vector.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  const int error =
      ::posix_spawn(&process, name.c_str(), &actions, nullptr, vector.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// Reads to the end, so that the program never waits for a reader.
std::string read_all(int input, std::size_t most) {
  std::string text;
  std::array<char, 4096> block{};
  while (true) {
    const auto got = ::read(input, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(got));
    if (text.size() > most) text.resize(most);
  }
}

}  // namespace

ProgramAnswer answer_of_program(const std::filesystem::path& program,
                                const std::vector<std::string>& arguments, std::size_t most) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {std::strerror(errno), false};
  pid_t process = -1;
  const int error = start(program, arguments, ends[1], process);
  ::close(ends[1]);
  ProgramAnswer answer;
  if (error == 0) {
    answer.text = read_all(ends[0], most);
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    answer.succeeded = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  } else {
    answer.text = std::strerror(error);
  }
  ::close(ends[0]);
  while (answer.text.ends_with('\n')) answer.text.pop_back();
  return answer;
}

}  // namespace pretext
