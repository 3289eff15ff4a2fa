/** What was typed and pressed before the program was there. */
export interface Begun {
  readonly code: string
  readonly notMine: boolean
  readonly isSent: boolean
  readonly isFocused: boolean
}

/** The first screen as the page brought it. It stays until there is something to take its place. */
export interface FirstJoin {
  /** The program's own page takes its place; what was begun there is kept until somebody asks. */
  end(): void
  /** What was begun, to whoever asks first. */
  take(): Begun | undefined
  /** A code whose button was pressed already, to whoever asks first; the screen stays. */
  sent(): Pick<Begun, 'code' | 'notMine'> | undefined
}
