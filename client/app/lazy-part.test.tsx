// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import type { ComponentType } from 'react'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { Unreachable } from '#client/http/unreachable.ts'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { isReplaced } from '#client/ui/feedback/fetched.ts'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { FetchedDialog } from '#client/ui/frame/FetchedDialog.tsx'
import { LazyPart, type Part, TextLoaderContext } from './lazy-part.tsx'
import type { TextLoader } from './text-loading.ts'

const t = testTranslate('en')
beforeAll(addDialog)
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

it('[UI-200] a dialog that is on its way, or cannot be fetched, answers the press in its own place, and can be put away', async () => {
  let fail: (cause: Error) => void = () => undefined
  const fetching = new Promise<ComponentType<{ onClose: () => void }>>((_, reject) => {
    fail = reject
  })
  const onClose = vi.fn()
  renderWithTexts(<FetchedDialog load={() => fetching} props={{ onClose }} title="Leave the mediation" />)
  const dialog = () => within(screen.getByRole('dialog', { name: 'Leave the mediation' }))
  dialog().getByText(t('ui.loading'))
  fireEvent.click(dialog().getByRole('button', { name: t('ui.close') }))
  expect(onClose).toHaveBeenCalledTimes(1)
  fail(new Unreachable('no connection'))
  await screen.findByText(t('ui.problem.offline'))
  dialog().getByRole('button', { name: t('ui.part.again') })
  fireEvent.click(dialog().getByRole('button', { name: t('ui.close') }))
  expect(onClose).toHaveBeenCalledTimes(2)
})

it('[UI-81] what could not be fetched is a lost connection, or a newer version where the server gives out another page', async () => {
  const page = new DOMParser().parseFromString('<script type="module" src="/assets/index-1.js"></script>', 'text/html')
  const answering =
    (text: string, status = 200) =>
    async () =>
      new Response(text, { status })
  expect(await isReplaced(page, answering('<script src="/assets/index-1.js">'))).toBe(false)
  expect(await isReplaced(page, answering('<script src="/assets/index-2.js">'))).toBe(true)
  expect(await isReplaced(page, answering('busy', 503))).toBe(false)
  expect(await isReplaced(page, () => Promise.reject(new TypeError('Failed to fetch')))).toBe(false)
})

it.each([
  ['<script src="/assets/index-2.js">', 'ui.part.newer'],
  ['<script src="/assets/index-1.js">', 'ui.problem.offline'],
] as const)('[UI-81] the part says which: %s', async (answer, words) => {
  const own = document.createElement('script')
  own.setAttribute('type', 'module')
  own.setAttribute('src', '/assets/index-1.js')
  document.head.append(own)
  vi.spyOn(window, 'fetch').mockResolvedValue(new Response(answer))
  show(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module: /assets/SigningPanel-1.js')))
  await screen.findByText(t(words))
  expect(screen.queryAllByRole('button', { name: t('ui.part.reload') })).toHaveLength(words === 'ui.part.newer' ? 1 : 0)
  own.remove()
})

it('[UI-83] a fault without a number promises none', () => {
  renderWithTexts(<ErrorState problem={{ kind: 'internal' }} />)
  expect(document.body.textContent).not.toMatch(/number/i)
  cleanup()
  renderWithTexts(<ErrorState problem={{ kind: 'internal', id: 'k7f3' }} />)
  expect(document.body.textContent).toContain('k7f3')
})
