// Stopping a script. The hook is installed only when a stop is asked for, since a permanent one halves Lua's speed; and the
// stop cannot be caught: pcall, xpcall, and the coroutine functions are replaced by versions that raise it again.
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

static vm_t *_Atomic signalled;
static volatile sig_atomic_t signal_pending;
static volatile time_t signal_time;

static const char stopped;  // its address is the error object of a stop

_Noreturn void interrupt_raise(lua_State *L) {
  lua_settop(L, 0);
  lua_pushlightuserdata(L, (void *)&stopped);
  lua_error(L);
  __builtin_unreachable();
}

static bool is_stopping(const vm_t *vm) { return atomic_load_explicit(&vm->stop, memory_order_relaxed) != STOP_NONE; }

static void stop_hook(lua_State *L, lua_Debug *frame) {
  (void)frame;
  if (!is_stopping(vm_of(L))) {
    lua_sethook(L, NULL, 0, 0);
    return;
  }
  luaL_checkstack(L, 1, NULL);
  lua_pushlightuserdata(L, (void *)&stopped);
  lua_error(L);
}

static void install_hook(lua_State *L) {
  lua_sethook(L, stop_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void stop(vm_t *vm, int reason) {
  atomic_store(&vm->stop, reason);
  install_hook(vm->main);
  lua_State *running = atomic_load(&vm->running);
  if (running != vm->main) install_hook(running);
}

void vm_interrupt(vm_t *vm) { stop(vm, STOP_INTERRUPTED); }

const int32_t *vm_stop_flag(const vm_t *vm) { return (const int32_t *)&vm->stop; }

bool vm_is_stopping(const vm_t *vm) { return is_stopping(vm); }

int vm_take_stop(vm_t *vm, int *exit_status) {
  signal_pending = 0;
  int reason = atomic_exchange(&vm->stop, STOP_NONE);
  lua_sethook(vm->main, NULL, 0, 0);
  *exit_status = vm->exit_status;
  return reason;
}

/// `L` runs from here on: a stop asked for just before this finds its hook.
void interrupt_watch(vm_t *vm, lua_State *L) {
  atomic_store(&vm->running, L);
  if (is_stopping(vm)) install_hook(L);
}

// ---- pcall and xpcall, as in Lua's base library, but for the stop ----

static int finish_pcall(lua_State *L, int status, lua_KContext extra) {
  if (is_stopping(vm_of(L))) interrupt_raise(L);
  if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)extra;
  lua_pushboolean(L, 0);
  lua_pushvalue(L, -2);
  return 2;
}

static int base_pcall(lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushboolean(L, 1);
  lua_insert(L, 1);
  int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
  return finish_pcall(L, status, 0);
}

/// A script's message handler, but for a stop: within the hook, nothing could end a handler that loops. upvalue 1: the handler
static int guarded_handler(lua_State *L) {
  if (is_stopping(vm_of(L))) return 1;
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

static int base_xpcall(lua_State *L) {
  int arguments = lua_gettop(L) - 2;
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, guarded_handler, 1);
  lua_replace(L, 2);
  lua_pushboolean(L, 1);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2);
  int status = lua_pcallk(L, arguments, LUA_MULTRET, 2, 2, finish_pcall);
  return finish_pcall(L, status, 2);
}

// ---- coroutines: track which one runs, and pass a stop on to whoever resumed it ----

/// Resumes `co` with `arguments` values on top of L. Returns the number of values moved to L, or −1 with an error object.
static int resume(lua_State *L, lua_State *co, int arguments) {
  vm_t *vm = vm_of(L);
  if (!lua_checkstack(co, arguments)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  lua_xmove(L, co, arguments);
  interrupt_watch(vm, co);
  int results, status = lua_resume(co, L, arguments, &results);
  interrupt_watch(vm, L);
  if (is_stopping(vm)) interrupt_raise(L);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return -1;
  }
  if (!lua_checkstack(L, results + 1)) {
    lua_pop(co, results);
    lua_pushliteral(L, "too many results to resume");
    return -1;
  }
  lua_xmove(co, L, results);
  return results;
}

static lua_State *coroutine_at(lua_State *L, int slot) {
  lua_State *co = lua_tothread(L, slot);
  luaL_argexpected(L, co, slot, "coroutine");
  return co;
}

static int coroutine_resume(lua_State *L) {
  lua_State *co = coroutine_at(L, 1);
  int results = resume(L, co, lua_gettop(L) - 1);
  lua_pushboolean(L, results >= 0);
  int returned = results < 0 ? 2 : results + 1;
  lua_insert(L, -returned);
  return returned;
}

/// The function that `coroutine.wrap` returns. upvalue 1: the coroutine
static int wrapped(lua_State *L) {
  lua_State *co = coroutine_at(L, lua_upvalueindex(1));
  int results = resume(L, co, lua_gettop(L));
  if (results >= 0) return results;
  int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {  // it died of the error: close its variables
    interrupt_watch(vm_of(L), co);
    status = lua_resetthread(co);
    interrupt_watch(vm_of(L), L);
    if (status != LUA_OK) lua_xmove(co, L, 1);
  }
  if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int coroutine_wrap(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  lua_pushcclosure(L, wrapped, 1);
  return 1;
}

static bool is_closable(lua_State *L, lua_State *co) {
  if (co == L) return false;
  if (lua_status(co) != LUA_OK) return true;
  lua_Debug frame;
  return lua_getstack(co, 0, &frame) == 0;  // no frames: not started, or dead; frames: it resumed another
}

static int coroutine_close(lua_State *L) {
  lua_State *co = coroutine_at(L, 1);
  if (!is_closable(L, co)) return luaL_error(L, "cannot close a running or normal coroutine");
  interrupt_watch(vm_of(L), co);
  int status = lua_resetthread(co);
  interrupt_watch(vm_of(L), L);
  if (is_stopping(vm_of(L))) interrupt_raise(L);
  lua_pushboolean(L, status == LUA_OK);
  if (status == LUA_OK) return 1;
  lua_xmove(co, L, 1);
  return 2;
}

/// `os.exit` ends the script as a stop does, so that the host closes the machine in order.
static int os_exit(lua_State *L) {
  vm_t *vm = vm_of(L);
  vm->exit_status = lua_isboolean(L, 1) ? !lua_toboolean(L, 1) : (int)luaL_optinteger(L, 1, 0);
  stop(vm, STOP_EXIT);
  interrupt_raise(L);
}

void open_interruptible(lua_State *L) {
  lua_register(L, "pcall", base_pcall);
  lua_register(L, "xpcall", base_xpcall);
  lua_getglobal(L, "coroutine");
  const luaL_Reg coroutine[] = {{"resume", coroutine_resume}, {"wrap", coroutine_wrap}, {"close", coroutine_close}, {NULL, NULL}};
  luaL_setfuncs(L, coroutine, 0);
  lua_pop(L, 1);
  lua_getglobal(L, "os");
  lua_pushcfunction(L, os_exit);
  lua_setfield(L, -2, "exit");
  lua_pop(L, 1);
}

// ---- signals ----

static void on_signal(int number) {
  time_t now = time(NULL);
  // Asked twice within two seconds, and the machine did not listen: C code that never returns.
  if (signal_pending && now - signal_time <= 2) _exit(128 + number);
  signal_pending = 1;
  signal_time = now;
  vm_t *vm = atomic_load(&signalled);
  if (vm != NULL) vm_interrupt(vm);
}

void vm_interrupt_on_signal(vm_t *vm, int number) {
  atomic_store(&signalled, vm);
  signal_pending = 0;
  struct sigaction action = {.sa_handler = vm == NULL ? SIG_DFL : on_signal};  // no SA_RESTART: a read ends too
  sigaction(number, &action, NULL);
  sigset_t set;  // a parent's worker threads may have blocked it, and children inherit that
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}
