// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest'
import { PHONE_KEY } from '#client/identity/phone/people-on-phone.ts'
import { asId, type CaseId, type ParticipantId } from '#shared/kernel/ids.ts'
import { coverPhone } from './cover-phone.ts'
import { dropMark, goOnForgetting, markToForget, toForget } from './to-forget.ts'

const AIGUL = { caseId: asId<CaseId>('caseAAAAAAAAAAAAAAAAAA'), participantId: asId<ParticipantId>('personAAAAAAAAAAAAAAAA') }
const PAVEL = { ...AIGUL, participantId: asId<ParticipantId>('personBBBBBBBBBBBBBBBB') }

afterEach(() => {
  vi.unstubAllGlobals()
  window.localStorage.clear()
  window.sessionStorage.clear()
})

/** A browser with no database: what was kept in its storage is all there is. */
function browser() {
  vi.stubGlobal('indexedDB', { databases: async () => [] })
}

function page() {
  const gone: string[] = []
  const shown = {
    document: document.implementation.createHTMLDocument(),
    sessionStorage: window.sessionStorage,
    addEventListener: () => undefined,
    setTimeout: window.setTimeout.bind(window),
    location: { replace: (address: string) => void gone.push(address) },
  }
  return { gone, page: shown as unknown as Window } // what covering asks of one
}

it('[IDE-155] nothing of the tab’s own memory stays for the next one, but who can come back', async () => {
  browser()
  window.sessionStorage.setItem('bitim.call', `${AIGUL.caseId} side:one`)
  window.sessionStorage.setItem('bitim.call-data', '48000 1')
  window.sessionStorage.setItem(PHONE_KEY, '[]')
  const { page: shown, gone } = page()
  await coverPhone(shown, AIGUL)
  expect(Object.keys(window.sessionStorage)).toEqual([PHONE_KEY])
  expect([gone, toForget()]).toEqual([['/phone'], []])
})

it('[IDE-155] what a browser did not finish is gone on with by the next page, and by no later one', async () => {
  vi.stubGlobal('indexedDB', { databases: () => Promise.reject(new Error('stopped')) })
  await coverPhone(page().page, AIGUL)
  expect(toForget()).toEqual([AIGUL])
  browser()
  await goOnForgetting()
  expect(toForget()).toEqual([])
})

it('[IDE-155] only whom it was said of is forgotten; what something else wrote there is nobody', () => {
  for (const whose of [AIGUL, PAVEL, AIGUL]) markToForget(whose)
  expect(toForget()).toEqual([PAVEL, AIGUL])
  dropMark(PAVEL)
  expect(toForget()).toEqual([AIGUL])
  window.localStorage.setItem('bitim.forget', '../x y\n{}')
  expect(toForget()).toEqual([])
})
