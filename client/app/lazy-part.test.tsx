// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import type { ComponentType } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Unreachable } from '#client/http/unreachable.ts'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { LazyPart, type Part, TextLoaderContext } from './lazy-part.tsx'
import type { TextLoader } from './text-loading.ts'

const t = testTranslate('en')
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined) // React tells of every caught error
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const Greeting: ComponentType<{ name: string }> = ({ name }) => <p>hello {name}</p>

function show(load: Part<{ name: string }>['load']) {
  const texts = { need: async () => undefined } as unknown as TextLoader // what a part asks of it
  renderWithTexts(
    <TextLoaderContext value={texts}>
      <PartBoundary>
        <LazyPart part={{ groups: ['draft'], load }} props={{ name: 'Aigul' }} fallback={<p>opening</p>} />
      </PartBoundary>
    </TextLoaderContext>,
  )
}

it('[UI-26] a part is fetched once and shown when it has come', async () => {
  const load = vi.fn(async () => Greeting)
  show(load)
  expect(screen.getByText('opening')).toBeTruthy()
  expect(await screen.findByText('hello Aigul')).toBeTruthy()
  expect(load).toHaveBeenCalledTimes(1)
})

it('[UI-26] what could not be fetched is said once, and fetched anew when it is opened again', async () => {
  const load = vi.fn(async () => Greeting).mockRejectedValueOnce(new Unreachable('no connection'))
  show(load)
  fireEvent.click(await screen.findByRole('button', { name: t('ui.part.again') }))
  expect(await screen.findByText('hello Aigul')).toBeTruthy()
  expect(load).toHaveBeenCalledTimes(2)
})
