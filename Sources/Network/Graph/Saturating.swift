/// Multiplies non-negative sizes, stopping at `Int.max` where the product would overflow.
package func saturatingProduct(_ factors: some Sequence<Int>) -> Int {
  var product = 1
  for factor in factors {
    let (partial, overflow) = product.multipliedReportingOverflow(by: factor)
    if overflow { return factors.contains(0) ? 0 : .max }
    product = partial
  }
  return product
}

/// Adds non-negative sizes, stopping at `Int.max` where the sum would overflow.
package func saturatingSum(_ terms: some Sequence<Int>) -> Int {
  var sum = 0
  for term in terms {
    let (partial, overflow) = sum.addingReportingOverflow(term)
    if overflow { return .max }
    sum = partial
  }
  return sum
}
