-- Task:   find the two kinds of waiting times between eruptions of Old Faithful.
-- Run:    Scripts/perigee Scripts/examples/faithful.lua
-- Output: the fitted mixture, the chance of a long wait, and how many waits were surely long ones.
local waiting = frame.load("faithful").waiting

local fit = em.fit(waiting, {family = "normal", k = 2, equal = "sigma", seed = 1})
print(fit)
assert(fit.converged)
assert(math.abs(fit.loglik - -1034.00176036) < 1e-6)

-- The fitted model is a distribution like any other.
print()
print(("P(wait > 90 min) = %.4f"):format(fit.model:ccdf(90)))

-- Posterior probabilities of the components, a row for each wait.
local posterior = fit:posterior(waiting)
print(("surely long: %d of %d"):format(posterior:col(2):gt(0.99):sum(), #waiting))
