// What rests in the entry of the tab's history that is shown: it is there again after a reload, in a tab that the phone had put away, and
// after Back and Forward; it ends with the tab. Never words that somebody wrote.

export function keptInEntry(name: string, state: unknown = window.history.state): unknown {
  return typeof state === 'object' && state !== null ? (state as Record<string, unknown>)[name] : undefined // any object can be asked
}

export function keepInEntry(name: string, value: unknown): void {
  try {
    window.history.replaceState({ ...window.history.state, [name]: value }, '')
  } catch {
    // Safari refuses more than a hundred within half a minute: the entry stays as it was
  }
}
