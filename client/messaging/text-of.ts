/** The words of a message's outbox entry; entries are written by this client alone. */
export function textOf(input: unknown): string {
  return typeof input === 'object' && input !== null && 'text' in input && typeof input.text === 'string' ? input.text : ''
}
