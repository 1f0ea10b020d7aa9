// The one way from Lua into the host: it runs, returns a status with all its frames gone, and only then C raises.
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int raise_error(lua_State *L, vm_t *vm);

int dispatch(lua_State *L, int function) {
  vm_t *vm = vm_of(L);
  int result;
  {
    call_t call = {vm, L, lua_gettop(L)};
    vm->host_depth++;
    result = vm->host.dispatch(vm->host.context, &call, function);
    vm->host_depth--;
  }
  objects_step_collector(vm, L);
  objects_drain(vm);
  references_drain(vm, L);
  if (atomic_load_explicit(&vm->stop, memory_order_relaxed) != STOP_NONE) interrupt_raise(L);
  if (memory_over_limit(vm)) {
    lua_gc(L, LUA_GCCOLLECT);
    objects_drain(vm);
    if (memory_over_limit(vm)) return luaL_error(L, "memory limit exceeded");
  }
  if (result >= 0) return result;
  if (result == HOST_RAISE_TOP) return lua_error(L);
  if (result == HOST_RAISE) return raise_error(L, vm);
  return luaL_error(L, "internal: bad host status");
}

/// upvalue 1: the function's id · upvalue 2: the value it is bound to, if any
int trampoline(lua_State *L) { return dispatch(L, (int)lua_tointeger(L, lua_upvalueindex(1))); }

/// As a module's __call, whose first argument is the module itself.
int trampoline_of_module(lua_State *L) {
  lua_remove(L, 1);
  return trampoline(L);
}

void push_host_function(lua_State *L, int function) {
  lua_pushinteger(L, function);
  lua_pushcclosure(L, trampoline, 1);
}

// ---- errors ----

static const char error_type;  // its address is the registry key of the metatable

void vm_set_error(vm_t *vm, const char *kind, const char *message, size_t length) {
  strncpy(vm->error_kind, kind, sizeof vm->error_kind - 1);
  if (length > vm->error_capacity) {
    char *grown = realloc(vm->error_message, length);
    if (grown == NULL) length = vm->error_capacity;  // a cut message is better than none
    else vm->error_message = grown, vm->error_capacity = length;
  }
  memcpy(vm->error_message, message, length);
  vm->error_length = length;
}

/// Pushes `file:line` of the innermost Lua function, or nil.
static void push_where(lua_State *L) {
  lua_Debug frame;
  for (int level = 1; lua_getstack(L, level, &frame); level++) {
    lua_getinfo(L, "Sl", &frame);
    if (frame.currentline > 0) {
      lua_pushfstring(L, "%s:%d", frame.short_src, frame.currentline);
      return;
    }
  }
  lua_pushnil(L);
}

static int raise_error(lua_State *L, vm_t *vm) {
  luaL_checkstack(L, 5, NULL);
  lua_createtable(L, 0, 3);
  lua_pushstring(L, vm->error_kind);
  lua_setfield(L, -2, "kind");
  lua_pushlstring(L, vm->error_message, vm->error_length);
  lua_setfield(L, -2, "message");
  push_where(L);
  lua_setfield(L, -2, "where");
  lua_rawgetp(L, LUA_REGISTRYINDEX, &error_type);
  lua_setmetatable(L, -2);
  return lua_error(L);
}

static int error_tostring(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_getfield(L, 1, "where");
  lua_getfield(L, 1, "message");
  const char *message = luaL_tolstring(L, -1, NULL);
  if (lua_type(L, 2) == LUA_TSTRING) lua_pushfstring(L, "%s: %s", lua_tostring(L, 2), message);
  return 1;
}

/// `"failed: " .. error` reads as it would with an error that is a string.
static int error_concat(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  luaL_tolstring(L, 2, NULL);
  lua_concat(L, 2);
  return 1;
}

void define_error_type(lua_State *L) {
  lua_createtable(L, 0, 4);
  lua_pushcfunction(L, error_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_pushcfunction(L, error_concat);
  lua_setfield(L, -2, "__concat");
  lua_pushliteral(L, "error");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &error_type);
}
