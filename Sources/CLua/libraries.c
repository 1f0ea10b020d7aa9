// The standard libraries, less what could crash the host: bytecode, C modules, and the parts of `debug` that reach into
// metatables, registry and hooks.
#include <string.h>

#include "internal.h"

/// load (chunk [, chunkname [, mode [, env]]]), text only. upvalue 1: Lua's own
static int text_load(lua_State *L) {
  const char *mode = luaL_optstring(L, 3, "t");
  if (strchr(mode, 't') == NULL) return luaL_error(L, "load: only text can be loaded");
  int arguments = lua_gettop(L);
  if (arguments < 3) lua_settop(L, arguments = 3);
  lua_pushliteral(L, "t");
  lua_replace(L, 3);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, arguments, LUA_MULTRET);
  return lua_gettop(L);
}

static int text_loadfile(lua_State *L) {
  const char *path = luaL_optstring(L, 1, NULL);
  bool has_environment = !lua_isnone(L, 3);
  if (luaL_loadfilex(L, path, "t") != LUA_OK) {
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  if (has_environment) {
    lua_pushvalue(L, 3);
    if (lua_setupvalue(L, -2, 1) == NULL) lua_pop(L, 1);
  }
  return 1;
}

static int finish_dofile(lua_State *L, int status, lua_KContext extra) {
  (void)status, (void)extra;
  return lua_gettop(L) - 1;
}

static int text_dofile(lua_State *L) {
  const char *path = luaL_optstring(L, 1, NULL);
  lua_settop(L, 1);
  if (luaL_loadfilex(L, path, "t") != LUA_OK) return lua_error(L);
  lua_callk(L, 0, LUA_MULTRET, 0, finish_dofile);
  return finish_dofile(L, LUA_OK, 0);
}

/// A searcher of `require`: Lua text on package.path. upvalue 1: the table `package`
static int search_text(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  lua_getfield(L, lua_upvalueindex(1), "searchpath");
  lua_pushvalue(L, 1);
  lua_getfield(L, lua_upvalueindex(1), "path");
  lua_call(L, 2, 2);
  if (lua_isnil(L, -2)) return 1;  // where it was looked for
  lua_pop(L, 1);
  const char *path = luaL_checkstring(L, -1);
  if (luaL_loadfilex(L, path, "t") != LUA_OK)
    return luaL_error(L, "error loading module '%s' from file '%s':\n\t%s", name, path, lua_tostring(L, -1));
  lua_insert(L, -2);
  return 2;
}

static void restrict_package(lua_State *L) {
  lua_getglobal(L, "package");
  lua_pushnil(L);
  lua_setfield(L, -2, "loadlib");
  lua_pushliteral(L, "");
  lua_setfield(L, -2, "cpath");
  lua_getfield(L, -1, "searchers");  // changed in place, because require keeps its own reference to it
  lua_pushvalue(L, -2);
  lua_pushcclosure(L, search_text, 1);
  lua_rawseti(L, -2, 2);
  for (int i = 3; i <= 4; i++) {
    lua_pushnil(L);
    lua_rawseti(L, -2, i);
  }
  lua_pop(L, 2);
}

static void restrict_load(lua_State *L) {
  lua_getglobal(L, "load");
  lua_pushcclosure(L, text_load, 1);
  lua_setglobal(L, "load");
  lua_register(L, "loadfile", text_loadfile);
  lua_register(L, "dofile", text_dofile);
}

static void restrict_debug(lua_State *L) {
  lua_getglobal(L, "debug");
  lua_createtable(L, 0, 2);
  lua_getfield(L, -2, "traceback");
  lua_setfield(L, -2, "traceback");
  lua_getfield(L, -2, "getinfo");
  lua_setfield(L, -2, "getinfo");
  lua_pushvalue(L, -1);
  lua_setglobal(L, "debug");
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_insert(L, -2);
  lua_setfield(L, -2, "debug");
  lua_pop(L, 2);
}

static void restrict_os(lua_State *L) {
  lua_getglobal(L, "os");
  lua_pushnil(L);
  lua_setfield(L, -2, "setlocale");  // another decimal point would change how numbers are read
  lua_pop(L, 1);
}

// ---- ipairs: over the host's objects by their length, since an index out of bounds is an error there ----

static int next_pair(lua_State *L) {
  lua_Integer i = luaL_intop(+, luaL_checkinteger(L, 2), 1);
  bool bounded = lua_type(L, 1) == LUA_TUSERDATA;
  lua_pushinteger(L, i);
  if (bounded && i > luaL_len(L, 1)) return 0;
  return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushcfunction(L, next_pair);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

void open_libraries(lua_State *L) {
  luaL_openlibs(L);
  restrict_package(L);
  restrict_load(L);
  restrict_debug(L);
  restrict_os(L);
  lua_register(L, "ipairs", base_ipairs);
  open_interruptible(L);
}
