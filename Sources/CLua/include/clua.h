// A Lua virtual machine for a host that must not be jumped over.
//
// Lua raises errors with longjmp, which no frame of the host survives. So the host never sees Lua's own header: nothing that
// is declared here can raise. While the host runs, allocation does not fail (see memory.c); whatever can run Lua code goes
// through a protected call; and a host function that fails returns a status, upon which C raises once the host's frames are
// gone (see trampoline.c).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct vm vm_t;

/// A host function's view of its call: arguments in slots 1 to `count`; pushed values above them.
typedef struct {
  vm_t *vm;
  void *state;
  int count;
} call_t;

/// What a host function returns when it does not return its number of results.
enum {
  HOST_RAISE = -1,      // raise the message set with vm_set_error
  HOST_RAISE_TOP = -2,  // raise the value on top, an error object as a callback left it
};

typedef struct {
  void *context;
  /// Runs host function `function`. Returns the number of results on top of the stack, or a status above.
  int (*dispatch)(void *context, call_t *call, int function);
  /// Gives up one reference to an object that no script can reach any more.
  void (*release)(void *context, void *object);
} host_t;

// ---- life cycle (vm.c) ----

/// A machine with the standard libraries, or NULL where memory does not suffice. `memory_limit` in bytes, 0 for none.
/// `fail_from`: tests make the n-th growth of memory and all later ones fail; 0 for none.
vm_t *_Nullable vm_create(host_t host, size_t memory_limit, size_t fail_from);

/// Closes the machine: finalizers run, every object is released.
void vm_close(vm_t *vm);

/// The view of a host that calls into the machine from outside: no arguments.
call_t vm_outside(vm_t *vm);

size_t vm_bytes(const vm_t *vm);
/// Growths of memory so far, to know how many there are to fail.
size_t vm_growths(const vm_t *vm);
size_t vm_live_objects(const vm_t *vm);

typedef struct {
  const char *name;
  int function;
} entry_t;

/// A global table of functions, which `require` finds too. `call`: what the table does when called, or -1.
bool vm_define_module(vm_t *vm, const char *name, const entry_t *_Nullable entries, int count, int call);

/// The metatable of objects of `type`: methods, metamethods (`__add`…), and what answers for any other key, or -1.
bool vm_define_type(vm_t *vm, uint32_t type, const char *name, const entry_t *_Nullable methods,
                    int method_count, const entry_t *_Nullable events, int event_count, int index);

bool vm_define_global(vm_t *vm, entry_t entry);

/// Makes the global `arg`: the script at 0, its arguments from 1.
bool vm_define_arguments(vm_t *vm, const char *script, const char *_Nullable const *_Nullable arguments,
                         int count);

// ---- interrupts (interrupt.c) ----

enum { STOP_NONE = 0, STOP_INTERRUPTED = 1, STOP_EXIT = 2 };

/// Stops what runs, at its next instruction or poll. May be called from a signal handler and from any thread.
void vm_interrupt(vm_t *vm);

/// Makes a signal interrupt this machine; a second one within two seconds, of a machine that does not listen, ends the
/// process. NULL: the signal's default again.
void vm_interrupt_on_signal(vm_t *_Nullable vm, int number);

/// Where a native loop reads whether to stop: not 0.
const int32_t *vm_stop_flag(const vm_t *vm);

bool vm_is_stopping(const vm_t *vm);

/// The reason of the stop that ended the last run, and `os.exit`'s status. Clears both the reason and the hook.
int vm_take_stop(vm_t *vm, int *exit_status);

// ---- errors (trampoline.c) ----

/// The error that HOST_RAISE raises: a Lua table with `kind`, `message`, `where`.
void vm_set_error(vm_t *vm, const char *kind, const char *message, size_t length);

// ---- reading slots (values.c); a slot below 0 counts from the top ----

enum {
  VALUE_NONE = -1, VALUE_NIL, VALUE_BOOLEAN, VALUE_INTEGER, VALUE_FLOAT, VALUE_STRING, VALUE_TABLE, VALUE_FUNCTION,
  VALUE_OBJECT, VALUE_USERDATA, VALUE_THREAD,
};

int value_kind(const call_t *call, int slot);
bool value_boolean(const call_t *call, int slot);
/// A number's value; 0 for anything else.
double value_number(const call_t *call, int slot);
int64_t value_integer(const call_t *call, int slot);
/// A string's bytes, or NULL where the slot holds no string.
const char *_Nullable value_string(const call_t *call, int slot, size_t *length);
/// The id of a host function, or -1.
int value_function(const call_t *call, int slot);
bool value_equal(const call_t *call, int a, int b);
/// Identity of a table, function or object.
const void *_Nullable value_pointer(const call_t *call, int slot);

/// Whether a table's or an object's metatable has such a field.
bool value_has_metafield(const call_t *call, int slot, const char *name);

/// Length of a table without metamethods.
size_t table_length(const call_t *call, int slot);
/// Copies numbers 1 to `count` of a table. Returns `count`, or the index before the first that is no number.
size_t table_numbers(const call_t *call, int slot, double *out, size_t count);
/// Pushes an element, without metamethods. False, and nothing pushed, where the stack is full.
bool table_get_index(const call_t *call, int slot, int64_t index);
bool table_get_field(const call_t *call, int slot, const char *name);
/// Replaces the key on top by the next key and its value; false at the end, with nothing pushed. Begin with a nil.
bool table_next(const call_t *call, int slot);

// ---- pushing (values.c): false where the stack or the size is at its limit; then nothing was pushed ----

int stack_top(const call_t *call);
void stack_set_top(const call_t *call, int top);
bool push_value(const call_t *call, int slot);
bool push_nil(const call_t *call);
bool push_boolean(const call_t *call, bool value);
bool push_number(const call_t *call, double value);
bool push_integer(const call_t *call, int64_t value);
bool push_string(const call_t *call, const char *bytes, size_t length);
/// The host function bound to the value in a slot, which it keeps as long as it lives.
bool push_bound_function(const call_t *call, int function, int slot);
/// The value that the function which is being called is bound to.
bool push_bound_value(const call_t *call);
bool push_global(const call_t *call, const char *name);
/// The table of all globals.
bool push_globals(const call_t *call);
bool push_table(const call_t *call, size_t array, size_t fields);
/// A table with these numbers from 1.
bool push_numbers(const call_t *call, const double *values, size_t count);
/// Pops a value into the table at `slot`.
bool table_set_index(const call_t *call, int slot, int64_t index);
bool table_set_field(const call_t *call, int slot, const char *name);

/// A number's text with so many significant digits, as printf's %g has it. Returns its length.
int format_number(char *out, size_t size, double value, int digits);

// ---- objects (objects.c) ----

/// Pushes an object of the host. The host retains it after this returned true. `native_bytes`: memory that Lua's collector
/// cannot see and is to work for.
bool push_object(const call_t *call, void *object, uint32_t type, size_t native_bytes);

/// The object of this type in a slot; NULL for anything else and for a closed object.
void *_Nullable object_of_type(const call_t *call, int slot, uint32_t type);
/// The object in a slot, whatever its type; NULL and a type for a closed one; false where there is none.
bool object_at(const call_t *call, int slot, void *_Nullable *_Nonnull object, uint32_t *type);

/// Makes the object in a slot keep a value of Lua's for as long as it lives itself.
bool object_keep(const call_t *call, int slot, int value);
/// Pushes the value that the object keeps, or nil.
bool push_kept(const call_t *call, int slot);

/// Marks the object as read (any number of times) or written (once, and not while read) until `object_give_back`.
bool object_borrow(const call_t *call, int slot, bool exclusive);
void object_give_back(const call_t *call, int slot, bool exclusive);

/// Bytes that the host allocated beside objects, and the collector is to work for.
void vm_add_native_debt(vm_t *vm, size_t bytes);

/// Collects fully and releases dead objects: for a host whose own allocation failed.
void vm_collect(vm_t *vm);

// ---- protected calls (protected.c): 0, or not 0 with the error object on top ----

/// Calls the function below `arguments` values on top; `results` may be -1 for all.
int call_function(const call_t *call, int arguments, int results);
/// The same, for a top level: keeps the traceback of a failure.
int call_main(const call_t *call, int arguments, int results);
/// Compiles text, never bytecode; pushes the function.
int load_text(const call_t *call, const char *text, size_t length, const char *name);
/// NULL: standard input.
int load_file(const call_t *call, const char *_Nullable path);
/// Pushes the value's text, as `tostring` makes it.
int push_tostring(const call_t *call, int slot);
/// The traceback of the last failure of `call_main`.
const char *vm_traceback(const vm_t *vm);

// ---- inputs of a prompt (prompt.c), like load_text and call_main ----

/// Compiles an input whose locals outlive it.
int load_input(const call_t *call, const char *text, size_t length, const char *name);
/// Calls what load_input has pushed, for all its results. Its locals are globals then, also where it fails.
int call_input(const call_t *call);

// ---- references: Lua values that the host keeps (protected.c) ----

/// Pops a value and keeps it; -1 where memory does not suffice.
int reference_keep(const call_t *call);
bool reference_push(const call_t *call, int reference);
/// Gives the value up; from any thread, at the machine's next safe point.
void reference_release(vm_t *vm, int reference);

#pragma clang assume_nonnull end
