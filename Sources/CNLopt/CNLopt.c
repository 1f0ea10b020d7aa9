#include "cnlopt.h"

#include <nlopt.h>

typedef struct {
  cnlopt_objective f;
  void *context;
  nlopt_opt search;
} call_t;

static double evaluate(unsigned n, const double *x, double *gradient, void *data) {
  call_t *call = data;
  bool stop = false;
  double value = call->f(n, x, gradient, call->context, &stop);
  if (stop) nlopt_force_stop(call->search);
  return value;
}

static nlopt_algorithm algorithm(cnlopt_algorithm name) {
  switch (name) {
    case cnlopt_lbfgs: return NLOPT_LD_LBFGS;
    case cnlopt_tnewton: return NLOPT_LD_TNEWTON_PRECOND_RESTART;
    case cnlopt_slsqp: return NLOPT_LD_SLSQP;
    case cnlopt_bobyqa: return NLOPT_LN_BOBYQA;
    case cnlopt_nelder_mead: return NLOPT_LN_NELDERMEAD;
    case cnlopt_direct: return NLOPT_GN_DIRECT_L;
  }
  return NLOPT_NUM_ALGORITHMS;
}

static cnlopt_outcome outcome(nlopt_result result) {
  switch (result) {
    case NLOPT_SUCCESS:
    case NLOPT_STOPVAL_REACHED:
    case NLOPT_FTOL_REACHED:
    case NLOPT_XTOL_REACHED: return cnlopt_converged;
    case NLOPT_MAXEVAL_REACHED:
    case NLOPT_MAXTIME_REACHED: return cnlopt_max_evaluations;
    case NLOPT_FORCED_STOP: return cnlopt_stopped;
    case NLOPT_INVALID_ARGS: return cnlopt_invalid;
    case NLOPT_OUT_OF_MEMORY: return cnlopt_no_memory;
    default: return cnlopt_stalled;
  }
}

static bool accepted(nlopt_result result) { return result >= 0; }

static bool set_up(const cnlopt_problem *problem, nlopt_opt search, call_t *call) {
  return accepted(nlopt_set_min_objective(search, evaluate, call)) &&
         accepted(nlopt_set_lower_bounds(search, problem->lower)) &&
         accepted(nlopt_set_upper_bounds(search, problem->upper)) &&
         (!problem->steps || accepted(nlopt_set_initial_step(search, problem->steps))) &&
         accepted(nlopt_set_ftol_rel(search, problem->relative_change)) &&
         accepted(nlopt_set_ftol_abs(search, problem->absolute_change)) &&
         accepted(nlopt_set_xtol_rel(search, problem->relative_step)) &&
         accepted(nlopt_set_xtol_abs1(search, problem->absolute_step)) &&
         accepted(nlopt_set_maxeval(search, problem->evaluations)) &&
         // By itself it would store as many steps as 10 MB hold.
         accepted(nlopt_set_vector_storage(search, 20));
}

cnlopt_outcome cnlopt_minimise(const cnlopt_problem *problem, cnlopt_objective f, void *context, double *x) {
  nlopt_opt search = nlopt_create(algorithm(problem->algorithm), problem->n);
  if (!search) return cnlopt_no_memory;
  call_t call = {f, context, search};
  double value;
  cnlopt_outcome result =
      set_up(problem, search, &call) ? outcome(nlopt_optimize(search, x, &value)) : cnlopt_invalid;
  nlopt_destroy(search);
  return result;
}
