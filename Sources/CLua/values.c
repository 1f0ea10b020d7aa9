// Reading and pushing values. Nothing here can raise: lengths are clamped and slots reserved first, and allocation does not
// fail while the host runs.
#include <stdio.h>

#include "internal.h"

enum { SPARE_SLOTS = 4 };  // a push, and the key and metatable that it may need
static const size_t longest_string = (size_t)1 << 30;
static const size_t largest_table = (size_t)1 << 26;

static bool room(const call_t *call) { return lua_checkstack(state_of(call), SPARE_SLOTS); }

// ---- reading ----

int value_kind(const call_t *call, int slot) {
  lua_State *L = state_of(call);
  switch (lua_type(L, slot)) {
    case LUA_TNIL: return VALUE_NIL;
    case LUA_TBOOLEAN: return VALUE_BOOLEAN;
    case LUA_TNUMBER: return lua_isinteger(L, slot) ? VALUE_INTEGER : VALUE_FLOAT;
    case LUA_TSTRING: return VALUE_STRING;
    case LUA_TTABLE: return VALUE_TABLE;
    case LUA_TFUNCTION: return VALUE_FUNCTION;
    case LUA_TTHREAD: return VALUE_THREAD;
    case LUA_TNONE: return VALUE_NONE;
    default: {
      void *object;
      uint32_t type;
      return object_at(call, slot, &object, &type) ? VALUE_OBJECT : VALUE_USERDATA;
    }
  }
}

bool value_boolean(const call_t *call, int slot) { return lua_toboolean(state_of(call), slot); }

double value_number(const call_t *call, int slot) {
  lua_State *L = state_of(call);
  return lua_type(L, slot) == LUA_TNUMBER ? lua_tonumberx(L, slot, NULL) : 0;
}

int64_t value_integer(const call_t *call, int slot) {
  lua_State *L = state_of(call);
  return lua_type(L, slot) == LUA_TNUMBER ? lua_tointegerx(L, slot, NULL) : 0;
}

const char *value_string(const call_t *call, int slot, size_t *length) {
  lua_State *L = state_of(call);
  return lua_type(L, slot) == LUA_TSTRING ? lua_tolstring(L, slot, length) : NULL;
}

int value_function(const call_t *call, int slot) {
  lua_State *L = state_of(call);
  lua_CFunction function = lua_tocfunction(L, slot);
  if ((function != trampoline && function != trampoline_of_module) || !room(call)) return -1;
  lua_getupvalue(L, slot, 1);
  int id = (int)lua_tointeger(L, -1);
  lua_pop(L, 1);
  return id;
}

bool value_equal(const call_t *call, int a, int b) { return lua_rawequal(state_of(call), a, b); }

const void *value_pointer(const call_t *call, int slot) { return lua_topointer(state_of(call), slot); }

bool value_has_metafield(const call_t *call, int slot, const char *name) {
  lua_State *L = state_of(call);
  if (!room(call) || !lua_getmetatable(L, slot)) return false;
  lua_pushstring(L, name);
  bool found = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return found;
}

// ---- tables ----

size_t table_length(const call_t *call, int slot) { return lua_rawlen(state_of(call), slot); }

size_t table_numbers(const call_t *call, int slot, double *out, size_t count) {
  lua_State *L = state_of(call);
  if (!room(call)) return 0;
  for (size_t i = 0; i < count; i++) {
    int type = lua_rawgeti(L, slot, (lua_Integer)i + 1);
    out[i] = type == LUA_TNUMBER ? lua_tonumberx(L, -1, NULL) : 0;
    lua_pop(L, 1);
    if (type != LUA_TNUMBER) return i;
  }
  return count;
}

bool table_get_index(const call_t *call, int slot, int64_t index) {
  if (!room(call)) return false;
  lua_rawgeti(state_of(call), slot, index);
  return true;
}

bool table_get_field(const call_t *call, int slot, const char *name) {
  lua_State *L = state_of(call);
  if (!room(call)) return false;
  slot = lua_absindex(L, slot);
  lua_pushstring(L, name);
  lua_rawget(L, slot);
  return true;
}

bool table_next(const call_t *call, int slot) {
  lua_State *L = state_of(call);
  if (room(call)) return lua_next(L, slot);
  lua_pop(L, 1);
  return false;
}

bool table_set_index(const call_t *call, int slot, int64_t index) {
  if (!room(call)) return false;
  lua_rawseti(state_of(call), slot, index);
  return true;
}

bool table_set_field(const call_t *call, int slot, const char *name) {
  lua_State *L = state_of(call);
  if (!room(call)) return false;
  slot = lua_absindex(L, slot);
  lua_pushstring(L, name);
  lua_insert(L, -2);
  lua_rawset(L, slot);
  return true;
}

// ---- pushing ----

int stack_top(const call_t *call) { return lua_gettop(state_of(call)); }
void stack_set_top(const call_t *call, int top) { lua_settop(state_of(call), top); }

bool push_value(const call_t *call, int slot) {
  if (!room(call)) return false;
  lua_pushvalue(state_of(call), slot);
  return true;
}

bool push_nil(const call_t *call) {
  if (!room(call)) return false;
  lua_pushnil(state_of(call));
  return true;
}

bool push_boolean(const call_t *call, bool value) {
  if (!room(call)) return false;
  lua_pushboolean(state_of(call), value);
  return true;
}

bool push_number(const call_t *call, double value) {
  if (!room(call)) return false;
  lua_pushnumber(state_of(call), value);
  return true;
}

bool push_integer(const call_t *call, int64_t value) {
  if (!room(call)) return false;
  lua_pushinteger(state_of(call), value);
  return true;
}

bool push_string(const call_t *call, const char *bytes, size_t length) {
  if (length >= longest_string || !room(call)) return false;
  lua_pushlstring(state_of(call), bytes, length);
  return true;
}

bool push_bound_function(const call_t *call, int function, int slot) {
  lua_State *L = state_of(call);
  if (!room(call)) return false;
  slot = lua_absindex(L, slot);
  lua_pushinteger(L, function);
  lua_pushvalue(L, slot);
  lua_pushcclosure(L, trampoline, 2);
  return true;
}

bool push_bound_value(const call_t *call) {
  if (!room(call)) return false;
  lua_pushvalue(state_of(call), lua_upvalueindex(2));
  return true;
}

bool push_global(const call_t *call, const char *name) {
  lua_State *L = state_of(call);
  if (!room(call)) return false;
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  lua_pushstring(L, name);
  lua_rawget(L, -2);
  lua_remove(L, -2);
  return true;
}

bool push_globals(const call_t *call) {
  if (!room(call)) return false;
  lua_rawgeti(state_of(call), LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  return true;
}

bool push_table(const call_t *call, size_t array, size_t fields) {
  if (array >= largest_table || fields >= largest_table || !room(call)) return false;
  lua_createtable(state_of(call), (int)array, (int)fields);
  return true;
}

bool push_numbers(const call_t *call, const double *values, size_t count) {
  lua_State *L = state_of(call);
  if (!push_table(call, count, 0)) return false;
  for (size_t i = 0; i < count; i++) {
    lua_pushnumber(L, values[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return true;
}

// ---- text ----

int format_number(char *out, size_t size, double value, int digits) { return snprintf(out, size, "%.*g", digits, value); }
