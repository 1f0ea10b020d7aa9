// Everything that can run Lua code or raise by design, behind a protected call; and values that the host keeps.
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static void keep_traceback(vm_t *vm, const char *text) {
  free(vm->traceback);
  vm->traceback = strdup(text);
}

const char *vm_traceback(const vm_t *vm) { return vm->traceback == NULL ? "" : vm->traceback; }

/// Leaves the error object as it is and keeps the traceback beside it.
static int message_handler(lua_State *L) {
  lua_settop(L, 1);
  luaL_traceback(L, L, NULL, 1);
  keep_traceback(vm_of(L), lua_tostring(L, -1));
  lua_settop(L, 1);
  return 1;
}

static int prompt_handler(lua_State *L) {
  message_handler(L);
  prompt_failed(L);
  return 1;
}

/// Calls with the host's frames set aside: within, allocation may fail and errors may be raised.
int protected_call(const call_t *call, int arguments, int results, call_kind_t kind) {
  vm_t *vm = call->vm;
  lua_State *L = state_of(call);
  int depth = vm->host_depth, handler = 0;
  if (kind != CALL_INNER) {
    handler = lua_gettop(L) - arguments;
    lua_pushcfunction(L, kind == CALL_PROMPT ? prompt_handler : message_handler);
    lua_insert(L, handler);
  }
  vm->host_depth = 0;
  int status = lua_pcallk(L, arguments, results, handler, 0, NULL);
  vm->host_depth = depth;
  if (kind != CALL_INNER) lua_remove(L, handler);
  return status;
}

/// Runs a C function with one pointer as its argument.
int protected_run(const call_t *call, lua_CFunction function, void *argument) {
  lua_State *L = state_of(call);
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, argument);
  int status = protected_call(call, 1, 0, CALL_INNER);
  if (status != LUA_OK) lua_pop(L, 1);
  return status;
}

int call_function(const call_t *call, int arguments, int results) { return protected_call(call, arguments, results, CALL_INNER); }

int call_main(const call_t *call, int arguments, int results) { return call_top(call, arguments, results, CALL_MAIN); }

int call_top(const call_t *call, int arguments, int results, call_kind_t kind) {
  vm_t *vm = call->vm;
  lua_State *L = state_of(call);
  interrupt_watch(vm, L);
  int status = lua_checkstack(L, 2) ? protected_call(call, arguments, results, kind) : LUA_ERRMEM;
  objects_drain(vm);
  references_drain(vm, L);
  return status;
}

// ---- compiling ----

typedef struct {
  bool is_file;
  const char *text, *name;
  size_t length;
} source_t;

static int load_source(lua_State *L) {
  const source_t *source = lua_touserdata(L, 1);
  int status = source->is_file ? luaL_loadfilex(L, source->name, "t")
                                    : luaL_loadbufferx(L, source->text, source->length, source->name, "t");
  return status == LUA_OK ? 1 : lua_error(L);
}

static int load(const call_t *call, source_t source) {
  lua_State *L = state_of(call);
  if (!lua_checkstack(L, 4)) return LUA_ERRMEM;
  lua_pushcfunction(L, load_source);
  lua_pushlightuserdata(L, &source);
  return protected_call(call, 1, 1, CALL_INNER);
}

int load_text(const call_t *call, const char *text, size_t length, const char *name) {
  return load(call, (source_t){false, text, name, length});
}

int load_file(const call_t *call, const char *path) { return load(call, (source_t){true, NULL, path, 0}); }

// ---- text of a value ----

static int to_string(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

int push_tostring(const call_t *call, int slot) {
  lua_State *L = state_of(call);
  if (!lua_checkstack(L, 4)) return LUA_ERRMEM;
  slot = lua_absindex(L, slot);
  lua_pushcfunction(L, to_string);
  lua_pushvalue(L, slot);
  return protected_call(call, 1, 1, CALL_INNER);
}

// ---- references ----

int reference_keep(const call_t *call) {
  lua_State *L = state_of(call);
  return lua_checkstack(L, 4) ? luaL_ref(L, LUA_REGISTRYINDEX) : -1;
}

bool reference_push(const call_t *call, int reference) {
  lua_State *L = state_of(call);
  if (!lua_checkstack(L, 4)) return false;
  lua_rawgeti(L, LUA_REGISTRYINDEX, reference);
  return true;
}

void reference_release(vm_t *vm, int reference) {
  pthread_mutex_lock(&vm->releases_lock);
  if (vm->release_count == vm->release_capacity) {
    size_t capacity = vm->release_capacity == 0 ? 16 : 2 * vm->release_capacity;
    int *grown = realloc(vm->releases, capacity * sizeof *grown);
    if (grown != NULL) vm->releases = grown, vm->release_capacity = capacity;
  }
  // Without memory for the queue the value lives as long as the machine: a leak, but sound.
  if (vm->release_count < vm->release_capacity) vm->releases[vm->release_count++] = reference;
  pthread_mutex_unlock(&vm->releases_lock);
}

void references_drain(vm_t *vm, lua_State *L) {
  if (__atomic_load_n(&vm->release_count, __ATOMIC_RELAXED) == 0) return;
  pthread_mutex_lock(&vm->releases_lock);
  while (vm->release_count > 0) luaL_unref(L, LUA_REGISTRYINDEX, vm->releases[--vm->release_count]);
  pthread_mutex_unlock(&vm->releases_lock);
}
