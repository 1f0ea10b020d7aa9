# mclust's part of Scripts/bench/em: seconds of so many EM iterations, and the log-likelihood that they lead to.
suppressPackageStartupMessages(library(mclust))
a <- commandArgs(TRUE)
n <- as.numeric(a[3]); d <- as.numeric(a[4]); k <- as.numeric(a[5])
x <- matrix(readBin(a[1], "double", n * d), n, d)
means <- matrix(readBin(a[2], "double", d * k), d, k)
model <- if (d == 1) "V" else if (a[6] == "diagonal") "VVI" else "VVV"
variance <- mclustVariance(model, d = d, G = k)
if (d == 1) {
  variance$sigmasq <- rep(2.25, k)
  variance$scale <- rep(2.25, k)
  means <- as.vector(means)
} else {
  variance$sigma <- array(diag(2.25, d), c(d, d, k))
  variance$cholsigma <- array(diag(1.5, d), c(d, d, k))
  variance$scale <- rep(2.25, k)
  variance$shape <- matrix(1, d, k)
}
parameters <- list(pro = rep(1 / k, k), mean = means, variance = variance)
control <- emControl(eps = 0, tol = c(0, 0), itmax = c(as.numeric(a[7]), 100))
seconds <- system.time(result <- em(x, modelName = model, parameters = parameters, control = control))[["elapsed"]]
cat(seconds, result$loglik, "\n")
