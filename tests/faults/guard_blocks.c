// Preloaded into a program, ends each large aligned block at a page that may not be touched, so that
// whoever writes past its end dies there: also code that a library makes at run time, which sanitizers
// do not see. LibTorch and oneDNN take all their tensors and workspaces from posix_memalign.
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

extern void* __libc_memalign(size_t, size_t);
extern void __libc_free(void*);

enum { kPage = 4096, kSmallest = 512 };
static const size_t kRegion = (size_t)1 << 42;  // Of addresses; none is used twice.
static char* region;
static size_t taken;

typedef struct {  // Lies before its block.
  char* pages;
  size_t size;
} Header;

__attribute__((constructor)) static void reserve(void) {
  if (region) return;
  void* all = mmap(NULL, kRegion, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  region = all == MAP_FAILED ? NULL : all;
}

static void* guarded(size_t alignment, size_t size) {
  reserve();
  const size_t pages = (size + alignment + sizeof(Header) + kPage - 1) / kPage * kPage;
  const size_t at = __sync_fetch_and_add(&taken, pages + kPage);
  if (!region || at + pages + kPage > kRegion) return NULL;
  char* begin = region + at;
  if (mprotect(begin, pages, PROT_READ | PROT_WRITE) != 0) return NULL;
  char* block = (char*)((uintptr_t)(begin + pages - size) / alignment * alignment);
  *((Header*)block - 1) = (Header){begin, pages};
  return block;
}

void* memalign(size_t alignment, size_t size) {
  if (alignment < 16) alignment = 16;
  return size < kSmallest ? __libc_memalign(alignment, size) : guarded(alignment, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  return memalign(alignment, size);
}

int posix_memalign(void** block, size_t alignment, size_t size) {
  *block = memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}

void free(void* block) {
  const char* at = block;
  if (!region || at < region || at >= region + kRegion) return __libc_free(block);
  const Header header = *((Header*)block - 1);
  madvise(header.pages, header.size, MADV_DONTNEED);
  mprotect(header.pages, header.size, PROT_NONE);
}
