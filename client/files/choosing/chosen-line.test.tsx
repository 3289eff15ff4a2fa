// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { Prepared } from '#client/files/cleaning/prepare-file.ts'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { ChosenLine } from './ChosenLine.tsx'

afterEach(cleanup)

it.each<[string, string, RegExp]>([
  ['дауыс.m4a', 'audio/mp4', /place, time and device/],
  ['счёт.pdf', 'application/pdf', /author’s name and dates/],
])('[FIL-64] of %s it is said that it goes as it is, and what may be in it', (name, type, words) => {
  const file = new File(['x'], name, { type })
  const prepared: Prepared = { kind: 'ready', content: file, isPicture: false, isOriginal: true }
  renderWithTexts(
    <ul>
      <ChosenLine
        chosen={{ key: 'a', file, plainName: 'Photo 1', keepsOriginal: false, prepared }}
        fault={undefined}
        largest={undefined}
        onRemove={() => undefined}
        onKeepOriginal={() => undefined}
      />
    </ul>,
  )
  expect(screen.getByText(/Goes as it is/).textContent).toMatch(words)
})
