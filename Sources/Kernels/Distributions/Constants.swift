/// log 2.
let ln2 = 0.693147180559945309417

/// Euler's γ.
let eulerGamma = 0.577215664901532860607
