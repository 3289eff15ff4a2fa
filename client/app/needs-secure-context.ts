export function needsSecureContext(scope: { crypto?: { subtle?: unknown } }): boolean {
  return scope.crypto?.subtle === undefined
}
