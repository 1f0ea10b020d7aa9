// The machine's life, all of it behind protected calls.
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

static int panic(lua_State *L) {
  const char *message = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "error object is no string";
  fprintf(stderr, "perigee: internal error: %s\n", message);
  return 0;
}

static int open_machine(lua_State *L) {
  open_libraries(L);
  define_error_type(L);
  return 0;
}

static void discard(vm_t *vm) {
  free(vm->types);
  free(vm->dead);
  free(vm->error_message);
  free(vm->traceback);
  free(vm->releases);
  pthread_mutex_destroy(&vm->releases_lock);
  free(vm);
}

vm_t *vm_create(host_t host, size_t memory_limit, size_t fail_from) {
  vm_t *vm = calloc(1, sizeof *vm);
  if (vm == NULL) return NULL;
  vm->host = host;
  vm->limit = memory_limit;
  vm->fail_from = fail_from;
  pthread_mutex_init(&vm->releases_lock, NULL);
  lua_State *L = lua_newstate(memory_allocate, vm);
  if (L == NULL) {
    discard(vm);
    return NULL;
  }
  vm->main = L;
  atomic_store(&vm->running, L);
  *(vm_t **)lua_getextraspace(L) = vm;
  lua_atpanic(L, panic);
  vm->host_depth = 1;  // from here on the host runs, but for protected calls
  call_t outside = vm_outside(vm);
  if (protected_run(&outside, open_machine, NULL) != LUA_OK) {
    vm_close(vm);
    return NULL;
  }
  return vm;
}

void vm_close(vm_t *vm) {
  int exit_status;
  vm_take_stop(vm, &exit_status);
  lua_close(vm->main);
  objects_drain(vm);
  discard(vm);
}

call_t vm_outside(vm_t *vm) { return (call_t){vm, vm->main, 0}; }

// ---- what the host defines ----

typedef struct {
  const char *name;
  const entry_t *entries;
  int count, call;
} module_t;

static int define_module(lua_State *L) {
  const module_t *module = lua_touserdata(L, 1);
  lua_createtable(L, 0, module->count);
  for (int i = 0; i < module->count; i++) {
    push_host_function(L, module->entries[i].function);
    lua_setfield(L, -2, module->entries[i].name);
  }
  if (module->call >= 0) {
    lua_createtable(L, 0, 1);
    lua_pushinteger(L, module->call);
    lua_pushcclosure(L, trampoline_of_module, 1);
    lua_setfield(L, -2, "__call");
    lua_setmetatable(L, -2);
  }
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, module->name);
  lua_pop(L, 1);
  lua_setglobal(L, module->name);
  return 0;
}

bool vm_define_module(vm_t *vm, const char *name, const entry_t *entries, int count, int call) {
  module_t module = {name, entries, count, call};
  call_t outside = vm_outside(vm);
  return protected_run(&outside, define_module, &module) == LUA_OK;
}

static int define_global(lua_State *L) {
  const entry_t *entry = lua_touserdata(L, 1);
  push_host_function(L, entry->function);
  lua_setglobal(L, entry->name);
  return 0;
}

bool vm_define_global(vm_t *vm, entry_t entry) {
  call_t outside = vm_outside(vm);
  return protected_run(&outside, define_global, &entry) == LUA_OK;
}

typedef struct {
  const char *script;
  const char *const *arguments;
  int count;
} arguments_t;

static int define_arguments(lua_State *L) {
  const arguments_t *given = lua_touserdata(L, 1);
  lua_createtable(L, given->count, 1);
  lua_pushstring(L, given->script);
  lua_rawseti(L, -2, 0);
  for (int i = 0; i < given->count; i++) {
    lua_pushstring(L, given->arguments[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setglobal(L, "arg");
  return 0;
}

bool vm_define_arguments(vm_t *vm, const char *script, const char *const *arguments, int count) {
  arguments_t given = {script, arguments, count};
  call_t outside = vm_outside(vm);
  return protected_run(&outside, define_arguments, &given) == LUA_OK;
}
