// Lua's allocator: counts, limits, and never fails while the host runs, since a failure would jump over its frames.
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

static bool may_grow(vm_t *vm, size_t by) {
  vm->growths++;
  if (vm->host_depth > 0) return true;  // the excess is noticed when the host function returns
  if (vm->fail_from != 0 && vm->growths >= vm->fail_from) return false;
  return vm->limit == 0 || vm->bytes + by <= vm->limit;
}

void *memory_allocate(void *context, void *block, size_t old_size, size_t size) {
  vm_t *vm = context;
  size_t held = block == NULL ? 0 : old_size;  // without a block, old_size is the kind of what is made
  if (size == 0) {
    free(block);
    vm->bytes -= held;
    return NULL;
  }
  if (size > held && !may_grow(vm, size - held)) return NULL;
  void *result = realloc(block, size);
  if (result == NULL) {
    if (size <= held) return block;  // Lua relies on shrinking
    if (vm->host_depth > 0) {
      fputs("perigee: out of memory\n", stderr);
      abort();
    }
    return NULL;
  }
  vm->bytes += size - held;
  return result;
}

bool memory_over_limit(const vm_t *vm) { return vm->limit != 0 && vm->bytes > vm->limit; }

size_t vm_bytes(const vm_t *vm) { return vm->bytes; }
size_t vm_growths(const vm_t *vm) { return vm->growths; }
