// Several things that were done whatever became of the others: whoever asked hears of the first that failed.
export function demandAll(results: readonly PromiseSettledResult<unknown>[]): void {
  const failed = results.find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
}
