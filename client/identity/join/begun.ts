/** What was typed and pressed before the program was there. */
export interface Begun {
  readonly code: string
  readonly notMine: boolean
  readonly isSent: boolean
  readonly isFocused: boolean
}
