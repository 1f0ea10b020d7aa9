# Twenty EM iterations under each of the 14 covariance models, from the same starting responsibilities.
#
# Writes Tests/KernelsTests/Reference/covariance_shapes.tsv and covariance_shapes_data.tsv.
# Run: Rscript Scripts/reference/covariance_shapes.R   (Debian: r-base-core r-cran-mclust)
#
# A row starts with 0.8 in the component that the table's labels name and shares the rest among the others. Eleven models are
# mclust's, which never stops before the twentieth step. The inner iterations of its VEE and EVE end when the likelihood no longer
# changes, which leaves half of the digits to the parameters, and the axes that it finds for VVE do not maximise the likelihood
# (the gradient along rotations is not zero, and the fit is worse than that of VEE, which VVE contains). These three are
# computed here, by other algorithms than those under test: axes by the majorisation of R. P. Browne and P. D. McNicholas,
# doi:10.1007/s11634-013-0139-1, until they stand still. VEE and EVE must agree with mclust in the likelihood.
suppressMessages(library(mclust))

data(diabetes, package = "mclust")
sets <- list(
  faithful = list(x = as.matrix(faithful), k = 2),
  iris = list(x = as.matrix(iris[, 1:4]), k = 3),
  # Reaven and Miller 1979: glucose, insulin and steady-state plasma glucose of 145 patients.
  diabetes = list(x = as.matrix(diabetes[, -1]), k = 3))
models <- c("EII", "VII", "EEI", "VEI", "EVI", "VVI", "EEE", "VEE", "EVE", "VVE", "EEV", "VEV", "EVV", "VVV")

geometric <- function(v) exp(mean(log(v)))

# scatters: a list, divided by the size of the component. D: where the search for axes starts.
maximise <- function(model, scatters, share, D) {
  d <- nrow(scatters[[1]])
  k <- length(scatters)
  if (model == "VEE") {
    lambda <- sapply(scatters, function(s) sum(diag(s)) / d)
    repeat {
      C <- Reduce(`+`, Map(function(s, p, l) p * s / l, scatters, share, lambda))
      C <- C / exp(as.numeric(determinant(C)$modulus) / d)
      last <- lambda
      lambda <- sapply(scatters, function(s) sum(diag(solve(C, s))) / d)
      if (max(abs(lambda / last - 1)) < 1e-15) break
    }
    return(list(sigma = lapply(lambda, function(l) l * C), D = D))
  }
  W <- Map(`*`, scatters, share)
  top <- sapply(W, function(w) max(eigen(w, symmetric = TRUE)$values))
  for (step in 1:1000000) {
    A <- lapply(scatters, function(s) colSums(D * (s %*% D)))
    if (model == "EVE") A <- lapply(A, function(a) a / geometric(a))
    G <- 0
    for (j in 1:k) G <- G + (W[[j]] %*% D - top[j] * D) %*% diag(1 / A[[j]])
    s <- svd(G)
    last <- D
    D <- -s$u %*% t(s$v)
    if (max(abs(D - last)) < 1e-15) break
  }
  A <- lapply(scatters, function(s) colSums(D * (s %*% D)))
  if (model == "EVE") {
    lambda <- sum(share * sapply(A, geometric))
    A <- lapply(A, function(a) lambda * a / geometric(a))
  }
  list(sigma = lapply(A, function(a) D %*% diag(a) %*% t(D)), D = D)
}

em <- function(model, x, z, steps) {
  n <- nrow(x)
  k <- ncol(z)
  D <- eigen(cov(x), symmetric = TRUE)$vectors
  for (step in 1:steps) {
    total <- colSums(z)
    mu <- sapply(1:k, function(j) colSums(z[, j] * x) / total[j])
    scatters <- lapply(1:k, function(j) { y <- sweep(x, 2, mu[, j]); crossprod(y, z[, j] * y) / total[j] })
    m <- maximise(model, scatters, total / n, D)
    D <- m$D
    l <- sapply(1:k, function(j) {
      R <- chol(m$sigma[[j]])
      y <- backsolve(R, t(x) - mu[, j], transpose = TRUE)
      log(total[j] / n) - sum(log(diag(R))) - ncol(x) / 2 * log(2 * pi) - colSums(y^2) / 2
    })
    most <- apply(l, 1, max)
    loglik <- sum(most + log(rowSums(exp(l - most))))
    z <- exp(l - most)
    z <- z / rowSums(z)
  }
  list(loglik = loglik, parameters = list(pro = total / n, mean = mu, variance = list(sigma = simplify2array(m$sigma))))
}

exact <- function(x) paste(sprintf("%.17g", x), collapse = " ")
folder <- "Tests/KernelsTests/Reference"
fits <- file(file.path(folder, "covariance_shapes.tsv"), "w")
writeLines("data\tmodel\tk\tdf\tloglik\tweights\tmeans\tcovariances", fits)
numbers <- file(file.path(folder, "covariance_shapes_data.tsv"), "w")
writeLines("data\tcolumns\tlabels\tnumbers", numbers)

for (name in names(sets)) {
  x <- sets[[name]]$x
  k <- sets[[name]]$k
  # Groups along the first column, of equal size: known without any software.
  labels <- ceiling(rank(x[, 1], ties.method = "first") * k / nrow(x))
  writeLines(paste(name, ncol(x), exact(labels), exact(x), sep = "\t"), numbers)
  z <- matrix(0.2 / (k - 1), nrow(x), k)
  z[cbind(seq_len(nrow(x)), labels)] <- 0.8
  for (model in models) {
    fit <- suppressWarnings(me(x, modelName = model, z = z,
      control = emControl(tol = c(0, 0), itmax = c(20, 100000))))
    stopifnot(is.finite(fit$loglik))
    if (model %in% c("VEE", "EVE", "VVE")) {
      own <- em(model, x, z, 20)
      cat(name, model, "beyond mclust:", own$loglik - fit$loglik, "\n")
      if (model != "VVE") stopifnot(abs(own$loglik - fit$loglik) < 1e-7)
      fit <- own
    }
    p <- fit$parameters
    writeLines(paste(name, model, k, nMclustParams(model, ncol(x), k), exact(fit$loglik), exact(p$pro), exact(p$mean),
      exact(p$variance$sigma), sep = "\t"), fits)
  }
}
close(fits)
close(numbers)
