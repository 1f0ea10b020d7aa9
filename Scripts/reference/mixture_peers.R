# Fits of mixtures by mixtools and flexmix, to full convergence.
#
# Writes Tests/KernelsTests/Reference/mixture_peers.tsv.
# Run: Rscript Scripts/reference/mixture_peers.R   (Debian: r-base-core r-cran-mixtools r-cran-flexmix)
#
# mixtools: two normals in faithful's waiting times under its constraints of means and standard deviations. flexmix: two and three
# Poissons in simulated counts, and two latent classes in simulated answers, both from EM with a tolerance of 1e-14 and many
# starts. Simulated numbers are in the table.
suppressMessages({library(mixtools); library(flexmix)})

exact <- function(x) paste(sprintf("%.17g", x), collapse = " ")
out <- file("Tests/KernelsTests/Reference/mixture_peers.tsv", "w")
writeLines("case\tk\tcolumns\tnumbers\tloglik\tweights\tparameters", out)
row <- function(case, k, x, loglik, weights, parameters)
  writeLines(paste(case, k, NCOL(x), exact(x), exact(loglik), exact(weights), exact(parameters), sep = "\t"), out)

x <- faithful$waiting
best <- function(...) {
  fits <- lapply(list(c(50, 80), c(54, 81), c(80, 52)), function(mu)
    tryCatch(normalmixEM(x, k = 2, mu = mu, epsilon = 1e-13, maxit = 100000, verb = FALSE, ...),
      error = function(e) NULL))
  fits <- Filter(Negate(is.null), fits)
  fits[[which.max(sapply(fits, function(f) f$loglik))]]
}
invisible(capture.output({
  cases <- list(
    mu_known = best(mean.constr = c(55, NA), sigma = c(5, 6)),
    sigma_known = best(sd.constr = c(5, 7), sigma = c(5, 7)),
    sigma_equal = best(arbvar = FALSE, sigma = 5),
    both_known = best(mean.constr = c(52, 82), sd.constr = c(NA, 6), sigma = c(5, 6)))
}))
for (case in names(cases)) {
  f <- cases[[case]]
  # One number where components share it; a scale and its factors where standard deviations are.
  mu <- rep_len(f$mu, 2)
  sigma <- if (length(f$sigma) == 2) f$sigma else if (!is.null(f$scale)) f$sigma * f$scale else rep(f$sigma, 2)
  density <- f$lambda[1] * dnorm(x, mu[1], sigma[1]) + f$lambda[2] * dnorm(x, mu[2], sigma[2])
  stopifnot(abs(sum(log(density)) - f$loglik) < 1e-6)
  # Nothing says which component is which.
  o <- if (case == "sigma_equal") order(mu) else 1:2
  row(case, 2, x, sum(log(density)), f$lambda[o], c(mu[o], sigma[o]))
}

set.seed(1)
control <- list(tolerance = 1e-14, iter.max = 20000, minprior = 0)
counts <- c(rpois(150, 2), rpois(100, 9), rpois(50, 25))
for (k in 2:3) {
  f <- stepFlexmix(counts ~ 1, k = k, nrep = 20, model = FLXMRglm(family = "poisson"), control = control, verbose = FALSE)
  lambda <- exp(parameters(f))
  o <- order(lambda)
  row("poisson", k, counts, as.numeric(logLik(f)), prior(f)[o], lambda[o])
}

truth <- rbind(c(0.9, 0.8, 0.7, 0.2, 0.1), c(0.2, 0.3, 0.1, 0.8, 0.9))
class <- rep(1:2, c(160, 240))
answers <- matrix(rbinom(400 * 5, 1, truth[class, ]), 400)
f <- stepFlexmix(answers ~ 1, k = 2, nrep = 20, model = FLXMCmvbinary(), control = control, verbose = FALSE)
p <- parameters(f)
o <- order(p[1, ])
row("latent_class", 2, answers, as.numeric(logLik(f)), prior(f)[o], p[, o])
close(out)
