// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { needsSecureContext } from './needs-secure-context.ts'
import { SecureContextNeeded } from './SecureContextNeeded.tsx'

afterEach(cleanup)

describe('without a secure context', () => {
  it('[UI-42] is known by the missing crypto.subtle', () => {
    expect(needsSecureContext({})).toBe(true)
    expect(needsSecureContext({ crypto: {} })).toBe(true)
    expect(needsSecureContext({ crypto: { subtle: {} } })).toBe(false)
  })

  it('[UI-42] the page speaks three languages and leads to the secure address', () => {
    render(<SecureContextNeeded address="bitim.example" />)
    expect(screen.getAllByRole('heading').map((heading) => heading.closest('[lang]')?.getAttribute('lang'))).toEqual(['kk', 'ru', 'en'])
    expect(screen.getByRole('link').getAttribute('href')).toBe('https://bitim.example/')
  })
})
