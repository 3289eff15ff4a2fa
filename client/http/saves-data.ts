/** Whoever pays for each megabyte has told the browser so: nothing is fetched that may never be needed. */
export function savesData(device: object): boolean {
  const connection: unknown = Reflect.get(device, 'connection') // not every browser tells
  return typeof connection === 'object' && connection !== null && Reflect.get(connection, 'saveData') === true
}

/** Or the line is so weak that a picture would hold up words. */
export function isWeakLine(device: object): boolean {
  const connection: unknown = Reflect.get(device, 'connection') // as above
  if (savesData(device)) return true
  return typeof connection === 'object' && connection !== null && /^(slow-)?2g$/.test(String(Reflect.get(connection, 'effectiveType')))
}
