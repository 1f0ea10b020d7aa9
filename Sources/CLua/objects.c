// Objects of the host, boxed in userdata of 16 bytes. Finalization only notes that an object is dead; the host releases it at
// the next safe point, because its destructor must not run in the middle of another host frame.
#include <stdlib.h>

#include "internal.h"

typedef struct {
  void *object;  // NULL once closed
  uint32_t type;
  int32_t borrow;  // readers, or −1 for a writer
} box_t;

enum {
  STEP_BYTES = 1 << 16,       // less native debt than this is not worth a collector's step
  LARGEST_STEP = 1 << 20,     // in KiB, well within the collector's arithmetic
};

static box_t *box_at(const vm_t *vm, lua_State *L, int slot) {
  if (lua_type(L, slot) != LUA_TUSERDATA || lua_rawlen(L, slot) != sizeof(box_t)) return NULL;
  box_t *box = lua_touserdata(L, slot);
  if (box->type >= vm->type_count || !lua_checkstack(L, 1) || !lua_getmetatable(L, slot)) return NULL;
  const void *metatable = lua_topointer(L, -1);
  lua_pop(L, 1);
  return metatable == vm->types[box->type].metatable ? box : NULL;
}

bool object_at(const call_t *call, int slot, void **object, uint32_t *type) {
  box_t *box = box_at(call->vm, state_of(call), slot);
  if (box == NULL) return false;
  *object = box->object;
  *type = box->type;
  return true;
}

void *object_of_type(const call_t *call, int slot, uint32_t type) {
  box_t *box = box_at(call->vm, state_of(call), slot);
  return box != NULL && box->type == type ? box->object : NULL;
}

bool object_borrow(const call_t *call, int slot, bool exclusive) {
  box_t *box = box_at(call->vm, state_of(call), slot);
  if (box == NULL) return true;
  if (exclusive ? box->borrow != 0 : box->borrow < 0) return false;
  box->borrow = exclusive ? -1 : box->borrow + 1;
  return true;
}

void object_give_back(const call_t *call, int slot, bool exclusive) {
  box_t *box = box_at(call->vm, state_of(call), slot);
  if (box != NULL) box->borrow = exclusive ? 0 : box->borrow - 1;
}

/// The list of the dead has room for every live object, so that a finalizer never allocates.
static bool reserve_death(vm_t *vm) {
  if (vm->live + vm->dead_count < vm->dead_capacity) return true;
  size_t capacity = vm->dead_capacity == 0 ? 64 : 2 * vm->dead_capacity;
  void **grown = realloc(vm->dead, capacity * sizeof *grown);
  if (grown == NULL) return false;
  vm->dead = grown;
  vm->dead_capacity = capacity;
  return true;
}

bool push_object(const call_t *call, void *object, uint32_t type, size_t native_bytes) {
  vm_t *vm = call->vm;
  lua_State *L = state_of(call);
  if (type >= vm->type_count || !lua_checkstack(L, 2) || !reserve_death(vm)) return false;
  box_t *box = lua_newuserdatauv(L, sizeof *box, 1);
  *box = (box_t){NULL, type, 0};
  lua_rawgeti(L, LUA_REGISTRYINDEX, vm->types[type].reference);
  lua_setmetatable(L, -2);
  box->object = object;
  vm->live++;
  vm_add_native_debt(vm, native_bytes);
  return true;
}

bool object_keep(const call_t *call, int slot, int value) {
  lua_State *L = state_of(call);
  if (box_at(call->vm, L, slot) == NULL || !lua_checkstack(L, 1)) return false;
  slot = lua_absindex(L, slot);
  lua_pushvalue(L, value);
  lua_setiuservalue(L, slot, 1);
  return true;
}

bool push_kept(const call_t *call, int slot) {
  lua_State *L = state_of(call);
  if (box_at(call->vm, L, slot) == NULL || !lua_checkstack(L, 1)) return false;
  lua_getiuservalue(L, slot, 1);
  return true;
}

/// __gc and __close.
int object_finalize(lua_State *L) {
  vm_t *vm = vm_of(L);
  box_t *box = box_at(vm, L, 1);
  if (box == NULL || box->object == NULL) return 0;
  if (box->borrow != 0) return luaL_error(L, "object is in use");
  vm->dead[vm->dead_count++] = box->object;
  vm->live--;
  box->object = NULL;
  return 0;
}

void objects_drain(vm_t *vm) {
  while (vm->dead_count > 0) {
    void *object = vm->dead[--vm->dead_count];
    vm->host_depth++;
    vm->host.release(vm->host.context, object);
    vm->host_depth--;
  }
}

void vm_add_native_debt(vm_t *vm, size_t bytes) { vm->native_debt += bytes; }

void objects_step_collector(vm_t *vm, lua_State *L) {
  if (vm->native_debt < STEP_BYTES) return;
  size_t kibibytes = vm->native_debt / 1024;
  vm->native_debt = 0;
  lua_gc(L, LUA_GCSTEP, (int)(kibibytes < LARGEST_STEP ? kibibytes : LARGEST_STEP));
}

void vm_collect(vm_t *vm) {
  vm->native_debt = 0;
  lua_gc(atomic_load(&vm->running), LUA_GCCOLLECT);
  objects_drain(vm);
}

size_t vm_live_objects(const vm_t *vm) { return vm->live; }

// ---- types ----

/// __index: a method; else what the type's own function (upvalue 2) answers, which may be none (−1).
int object_index(lua_State *L) {
  lua_settop(L, 2);
  if (lua_type(L, 2) == LUA_TSTRING) {  // positions are no methods, and read in loops
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    lua_settop(L, 2);
  }
  int index = (int)lua_tointeger(L, lua_upvalueindex(2));
  return index < 0 ? luaL_error(L, "no such field") : dispatch(L, index);
}

typedef struct {
  uint32_t type;
  const char *name;
  const entry_t *methods, *events;
  int method_count, event_count, index;
} type_definition_t;

static int define_type(lua_State *L) {
  const type_definition_t *d = lua_touserdata(L, 1);
  vm_t *vm = vm_of(L);
  lua_createtable(L, 0, d->event_count + 5);
  for (int i = 0; i < d->event_count; i++) {
    push_host_function(L, d->events[i].function);
    lua_setfield(L, -2, d->events[i].name);
  }
  lua_createtable(L, 0, d->method_count);
  for (int i = 0; i < d->method_count; i++) {
    push_host_function(L, d->methods[i].function);
    lua_setfield(L, -2, d->methods[i].name);
  }
  lua_pushinteger(L, d->index);
  lua_pushcclosure(L, object_index, 2);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, object_finalize);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "__gc");
  lua_setfield(L, -2, "__close");
  lua_pushstring(L, d->name);
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  const void *address = lua_topointer(L, -1);
  int reference = luaL_ref(L, LUA_REGISTRYINDEX);
  if (d->type >= vm->type_count) {
    type_t *grown = realloc(vm->types, (d->type + 1) * sizeof *grown);
    if (grown == NULL) return luaL_error(L, "not enough memory");
    for (uint32_t i = vm->type_count; i <= d->type; i++) grown[i] = (type_t){NULL, LUA_NOREF};
    vm->types = grown;
    vm->type_count = d->type + 1;
  }
  vm->types[d->type] = (type_t){address, reference};
  return 0;
}

bool vm_define_type(vm_t *vm, uint32_t type, const char *name, const entry_t *methods, int method_count,
                    const entry_t *events, int event_count, int index) {
  type_definition_t definition = {type, name, methods, events, method_count, event_count, index};
  call_t outside = vm_outside(vm);
  return protected_run(&outside, define_type, &definition) == LUA_OK;
}
