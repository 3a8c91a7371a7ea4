// Preloaded into a program, fails the N-th call of one kind, as a disk would:
//   FAIL_CALL     write, fsync, ftruncate, rename, open, mkdir, unlink or mmap
//   FAIL_AT       which one, from 1; 0 only counts
//   FAIL_ERROR    the errno it fails with; -9 kills the program before the call instead
//   FAIL_FOREVER  set: all that follow, too
//   FAIL_PROGRAM  base name of the program that this is for; FAIL_PATH: what the file's path holds
//   FAIL_COUNT    file to which the number of such calls is appended at the end
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static long seen;

static const char* setting(const char* name) {
  const char* value = getenv(name);
  return value ? value : "";
}

static int is_armed(void) {
  static int armed = -1;
  if (armed >= 0) return armed;
  char program[4096] = "";
  if (readlink("/proc/self/exe", program, sizeof program - 1) < 0) return armed = 0;
  const char* name = strrchr(program, '/');
  return armed = getenv("FAIL_CALL") && name && !strcmp(name + 1, setting("FAIL_PROGRAM"));
}

static int fails(const char* call, const char* path) {
  if (!is_armed() || strcmp(call, setting("FAIL_CALL"))) return 0;
  const char* part = setting("FAIL_PATH");
  if (!*part || !strstr(path, part)) return 0;
  const long number = __sync_add_and_fetch(&seen, 1), at = atol(setting("FAIL_AT"));
  if (at == 0 || number < at || (number > at && !getenv("FAIL_FOREVER"))) return 0;
  const int error = atoi(setting("FAIL_ERROR"));
  if (error == -9) kill(getpid(), SIGKILL);
  errno = error;
  return 1;
}

static int fails_on(const char* call, int file) {
  if (!is_armed()) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(call, path);
}

__attribute__((destructor)) static void report(void) {
  if (!is_armed() || !*setting("FAIL_COUNT")) return;
  char text[32];
  const int size = snprintf(text, sizeof text, "%ld\n", seen);
  const long file = syscall(SYS_openat, AT_FDCWD, setting("FAIL_COUNT"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  syscall(SYS_write, file, text, size);
}

// WRAP(result, name, parameters, arguments, whether it fails, what it returns then)
#define WRAP(result, name, parameters, arguments, broken, failure) \
  result name parameters {                                         \
    static result(*real) parameters;                               \
    if (!real) real = dlsym(RTLD_NEXT, #name);                     \
    return (broken) ? failure : real arguments;                    \
  }
WRAP(ssize_t, write, (int f, const void* b, size_t n), (f, b, n), fails_on("write", f), -1)
WRAP(ssize_t, writev, (int f, const struct iovec* v, int n), (f, v, n), fails_on("write", f), -1)
WRAP(ssize_t, pwrite, (int f, const void* b, size_t n, off_t o), (f, b, n, o), fails_on("write", f), -1)
WRAP(ssize_t, pwrite64, (int f, const void* b, size_t n, off64_t o), (f, b, n, o), fails_on("write", f), -1)
WRAP(int, fsync, (int f), (f), fails_on("fsync", f), -1)
WRAP(int, fdatasync, (int f), (f), fails_on("fsync", f), -1)
WRAP(int, ftruncate, (int f, off_t n), (f, n), fails_on("ftruncate", f), -1)
WRAP(int, ftruncate64, (int f, off64_t n), (f, n), fails_on("ftruncate", f), -1)
WRAP(int, rename, (const char* a, const char* b), (a, b), fails("rename", b), -1)
WRAP(int, mkdir, (const char* p, mode_t m), (p, m), fails("mkdir", p), -1)
WRAP(int, unlink, (const char* p), (p), fails("unlink", p), -1)
WRAP(int, remove, (const char* p), (p), fails("unlink", p), -1)
WRAP(int, unlinkat, (int d, const char* p, int f), (d, p, f), fails("unlink", p), -1)
WRAP(void*, mmap, (void* a, size_t n, int p, int s, int f, off_t o), (a, n, p, s, f, o), f >= 0 && fails_on("mmap", f), MAP_FAILED)
WRAP(void*, mmap64, (void* a, size_t n, int p, int s, int f, off64_t o), (a, n, p, s, f, o), f >= 0 && fails_on("mmap", f), MAP_FAILED)
WRAP(FILE*, fopen, (const char* p, const char* m), (p, m), fails("open", p), NULL)
WRAP(FILE*, fopen64, (const char* p, const char* m), (p, m), fails("open", p), NULL)

#define WRAP_OPEN(name)                                                    \
  int name(const char* path, int flags, ...) {                             \
    static int (*real)(const char*, int, ...);                             \
    if (!real) real = dlsym(RTLD_NEXT, #name);                             \
    va_list rest;                                                          \
    va_start(rest, flags);                                                 \
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                          \
    return fails("open", path) ? -1 : real(path, flags, mode);             \
  }
WRAP_OPEN(open)
WRAP_OPEN(open64)
