// Where the shape of a screen changes. Style sheets say `@media (--two-parts)` (scripts/vite-breakpoints.ts), code says `useMedia('two-parts')`.
// Conversation and draft stand beside each other from 50rem, the people beside both from 75rem.
export const BREAKPOINTS = {
  'smallest-phone': '(max-width: 30rem)',
  phone: '(max-width: 40rem)',
  'beyond-phone': '(min-width: 40rem)',
  'one-part': '(max-width: 49.99rem)',
  'two-parts': '(min-width: 50rem)',
  'only-two-parts': '(min-width: 50rem) and (max-width: 74.99rem)',
  'three-parts': '(min-width: 75rem)',
  /** Enough for a button that says it in full. */
  'full-words': '(min-width: 62rem)',
  /** A page with a second column. */
  'page-beside': '(min-width: 64rem)',
  /** A phone lying on its side, 200 % zoom. */
  low: '(max-height: 32rem)',
  /** Enough width beside a low conversation for what else stands above and below it. */
  'low-and-wide': '(max-height: 32rem) and (min-width: 30rem) and (max-width: 49.99rem)',
  /** Not even the words of a question fit beside a conversation: its title and its answers do. */
  short: '(max-height: 44rem)',
  /** The smallest phones that are still sold. */
  'narrow-phone': '(max-width: 21rem)',
  /** A phone whose letters are twice as large: what stood beside one another stands below. */
  'large-letters': '(max-width: 18rem)',
  /** A mouse in the hand, and so keys under it: no keyboard on the glass. */
  'desktop-hands': '(hover: hover) and (pointer: fine)',
} as const

export type Breakpoint = keyof typeof BREAKPOINTS
