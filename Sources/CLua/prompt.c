// Inputs of a prompt: the locals of each are there for the next one, as globals.
#include <string.h>

#include "internal.h"

/// What an input's chunk begins with, in its first line: a value whose closing notes the locals, when all of them are there.
static const char prefix[] = "local __prompt <close> = ...; ";

/// Copies the variables of a running function; those of inner blocks and later ones win, as they hide the others.
static void keep_locals(lua_State *L, const lua_Debug *frame) {
  const char *name;
  luaL_checkstack(L, 4, NULL);
  for (int i = 1; (name = lua_getlocal(L, frame, i)) != NULL; i++) {
    if (name[0] == '(' || strcmp(name, "__prompt") == 0) {
      lua_pop(L, 1);
      continue;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pushstring(L, name);
    lua_rotate(L, -3, 2);
    lua_rawset(L, -3);
    lua_pop(L, 1);
  }
}

static bool is_main_chunk(lua_State *L, lua_Debug *frame) {
  lua_getinfo(L, "S", frame);
  return strcmp(frame->what, "main") == 0;
}

/// __close(value, error): the chunk returns. After an error its frame is gone; that was prompt_failed's part.
static int close_prompt(lua_State *L) {
  lua_Debug frame;
  if (lua_isnil(L, 2) && lua_getstack(L, 1, &frame) && is_main_chunk(L, &frame)) keep_locals(L, &frame);
  return 0;
}

/// For the message handler, while the frames of the failed input are still there.
void prompt_failed(lua_State *L) {
  lua_Debug frame, outermost;
  bool found = false;
  for (int level = 0; lua_getstack(L, level, &frame); level++) {
    if (is_main_chunk(L, &frame)) outermost = frame, found = true;
  }
  if (found) keep_locals(L, &outermost);
}

typedef struct {
  const char *text, *name;
  size_t length;
  bool is_prefixed;
} input_t;

static const char *read_input(lua_State *L, void *data, size_t *size) {
  (void)L;
  input_t *input = data;
  if (!input->is_prefixed) {
    input->is_prefixed = true;
    *size = sizeof prefix - 1;
    return prefix;
  }
  const char *text = input->text;
  *size = text == NULL ? 0 : input->length;
  input->text = NULL;
  return text;
}

static int load_chunk(lua_State *L) {
  input_t *input = lua_touserdata(L, 1);
  return lua_load(L, read_input, input, input->name, "t") == LUA_OK ? 1 : lua_error(L);
}

int load_input(const call_t *call, const char *text, size_t length, const char *name) {
  lua_State *L = state_of(call);
  if (!lua_checkstack(L, 4)) return LUA_ERRMEM;
  input_t input = {text, name, length, false};
  lua_pushcfunction(L, load_chunk);
  lua_pushlightuserdata(L, &input);
  return protected_call(call, 1, 1, CALL_INNER);
}

int call_input(const call_t *call) {
  lua_State *L = state_of(call);
  if (!lua_checkstack(L, 6)) return LUA_ERRMEM;
  lua_createtable(L, 0, 0);
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, close_prompt);
  lua_setfield(L, -2, "__close");
  lua_setmetatable(L, -2);
  return call_top(call, 1, -1, CALL_PROMPT);
}
