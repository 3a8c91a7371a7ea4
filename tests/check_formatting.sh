#!/usr/bin/env bash
# Fails, naming the files, when clang-format would change any.
cd "$1" && find app core gpu widgets tests \( -name '*.h' -o -name '*.cpp' -o -name '*.cu' \) -print0 |
  xargs -0 clang-format --dry-run --Werror
