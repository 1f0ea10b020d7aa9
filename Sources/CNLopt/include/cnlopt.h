// NLopt as the kernels use it: one function.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// f(x), x: n (read) · gradient: n (written), NULL where none is wanted · stop: true (written) ends the search
typedef double (*cnlopt_objective)(size_t n, const double *x, double *gradient, void *context, bool *stop);

typedef enum {
  cnlopt_lbfgs,
  cnlopt_tnewton,
  cnlopt_slsqp,
  cnlopt_bobyqa,
  cnlopt_nelder_mead,
  cnlopt_direct,
} cnlopt_algorithm;

typedef enum {
  cnlopt_converged,
  cnlopt_max_evaluations,
  cnlopt_stalled,  // steps no longer improve on anything, though no tolerance was met
  cnlopt_stopped,  // by the objective
  cnlopt_invalid,  // arguments
  cnlopt_no_memory,
} cnlopt_outcome;

typedef struct {
  cnlopt_algorithm algorithm;
  uint32_t n;
  const double *lower, *upper;  // n; infinite where there is no bound
  const double *steps;          // n, the size of the first steps; NULL for a guess of NLopt's
  double relative_change, absolute_change;  // of f, where the search ends; 0 for none
  double relative_step, absolute_step;      // of x
  int32_t evaluations;                      // at most
} cnlopt_problem;

/// x: n (start read, end written)
cnlopt_outcome cnlopt_minimise(const cnlopt_problem *problem, cnlopt_objective f, void *context, double *x);
