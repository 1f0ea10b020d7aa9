// What the files of this target share.
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>

#include "clua.h"

#if LUA_VERSION_NUM != 504
#error "Lua 5.4 is needed"
#endif

typedef struct {
  const void *metatable;  // its address, to test an object's type without raising
  int reference;
} type_t;

struct vm {
  host_t host;
  lua_State *main;
  lua_State *_Atomic running;  // the coroutine that runs, for the hook

  // memory.c
  size_t bytes, limit, growths, fail_from;
  int host_depth;  // above 0 while the host runs: then no allocation may fail

  // objects.c
  type_t *types;
  uint32_t type_count;
  void **dead;  // objects finalized but not yet released; room for every live one
  size_t dead_count, dead_capacity, live;
  size_t native_debt;

  // trampoline.c
  char *error_message;
  size_t error_length, error_capacity;
  char error_kind[32];

  // interrupt.c
  _Atomic int32_t stop;
  int exit_status;

  // protected.c
  char *traceback;
  pthread_mutex_t releases_lock;
  int *releases;
  size_t release_count, release_capacity;
};

static inline vm_t *vm_of(lua_State *L) { return *(vm_t **)lua_getextraspace(L); }
static inline lua_State *state_of(const call_t *call) { return (lua_State *)call->state; }

// memory.c
void *memory_allocate(void *vm, void *block, size_t old_size, size_t size);
bool memory_over_limit(const vm_t *vm);

// trampoline.c
int trampoline(lua_State *L);
int trampoline_of_module(lua_State *L);
int dispatch(lua_State *L, int function);
void push_host_function(lua_State *L, int function);
void define_error_type(lua_State *L);

// objects.c
void objects_drain(vm_t *vm);
void objects_step_collector(vm_t *vm, lua_State *L);
int object_index(lua_State *L);
int object_finalize(lua_State *L);

// protected.c
typedef enum { CALL_INNER, CALL_MAIN, CALL_PROMPT } call_kind_t;  // the latter two keep tracebacks, the last one locals too
int protected_call(const call_t *call, int arguments, int results, call_kind_t kind);
/// Of a top level.
int call_top(const call_t *call, int arguments, int results, call_kind_t kind);
int protected_run(const call_t *call, lua_CFunction function, void *argument);
void references_drain(vm_t *vm, lua_State *L);

// prompt.c
void prompt_failed(lua_State *L);

// interrupt.c
void interrupt_watch(vm_t *vm, lua_State *L);
_Noreturn void interrupt_raise(lua_State *L);
void open_interruptible(lua_State *L);

// libraries.c
void open_libraries(lua_State *L);
