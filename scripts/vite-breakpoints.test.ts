import { describe, expect, it } from 'vitest'
import { breakpoints } from './vite-breakpoints.ts'

function written(params: string): string {
  const rule = { params, error: (message: string) => new Error(message) }
  breakpoints.AtRule.media(rule)
  return rule.params
}

describe('named breakpoints in style sheets', () => {
  it('[UI-4] become the query that code asks by the same name', () => {
    expect(written('(--one-part) and (--low)')).toBe('(max-width: 49.99rem) and (max-height: 32rem)')
    expect(written('print')).toBe('print')
  })

  it('[UI-4] a name that nobody gave stops the build', () => {
    expect(() => written('(--huge)')).toThrow('no breakpoint is called huge')
  })
})
