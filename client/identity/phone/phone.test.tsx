// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestServer, testServer } from '#client/http/testing.ts'
import { createTools, ToolsProvider } from '#client/http/tools.tsx'
import { Unreachable } from '#client/http/unreachable.ts'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { createTestClock } from '#client/realtime/testing/test-clock.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CaseId, type ParticipantId } from '#shared/kernel/ids.ts'
import { HandOver } from './HandOver.tsx'
import { IDLE_MS, OnThisPhone } from './OnThisPhone.tsx'
import { PhoneScreen } from './PhoneScreen.tsx'
import { addToPhone, isShared, PHONE_KEY, type PhoneStores, peopleOnPhone, removeFromPhone } from './people-on-phone.ts'

const CASE = asId<CaseId>('caseAAAAAAAAAAAAAAAAAA')
const person = (letter: string, name: string, keep = true) => ({
  caseId: CASE,
  participantId: asId<ParticipantId>(`person${letter.repeat(16)}`),
  name,
  keep,
})
const AIGUL = person('A', 'Айгүл Серік')
const PAVEL = person('B', 'Павел Ким', false)

addDialog()
let server: TestServer
beforeEach(() => {
  server = testServer()
})
afterEach(cleanup)

const show = (shown: ReactNode) => renderWithTexts(<ToolsProvider tools={server.tools}>{shown}</ToolsProvider>)
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const fill = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const stores = (): PhoneStores => ({ lasting: testServer().storage, tab: testServer().storage })

describe('giving the phone away', () => {
  function dialog(options: { unsent?: boolean; ask?: (code: string | undefined) => Promise<void> }) {
    const asked: (string | undefined)[] = []
    const did = { given: 0, closed: 0 }
    show(
      <HandOver
        unsent={options.unsent ?? false}
        ask={async (code) => {
          asked.push(code)
          await options.ask?.(code)
        }}
        onGiven={() => void did.given++}
        onClose={() => void did.closed++}
      />,
    )
    return { asked, did }
  }
  const needsCode = async (code: string | undefined) => {
    if (code === undefined) throw new AppError({ kind: 'conflict', reason: 'identity/own-code-needed' })
  }

  it('[IDE-150] is one tap for whoever has a code of their own here', async () => {
    const { asked, did } = dialog({})
    await waitFor(() => expect(did.given).toBe(1))
    expect(asked).toEqual([undefined])
  })

  it('[IDE-152] the first time a code is chosen, typed twice, and no easy one; until then nothing is given away', async () => {
    const { asked, did } = dialog({ ask: needsCode })
    await screen.findByText('Choose your own code')
    for (const [code, again, fault] of [
      ['4039', '4039', /all six digits/],
      ['123456', '123456', /easy to guess/],
      ['403917', '403918', /codes differ/],
    ] as const) {
      fill('Your own code', code)
      fill('The same digits once more', again)
      press('Give the phone')
      await screen.findByText(fault)
    }
    expect(asked).toEqual([undefined])
    fill('The same digits once more', '403917')
    press('Give the phone')
    await waitFor(() => expect(did.given).toBe(1))
    expect(asked).toEqual([undefined, '403917'])
  })

  it('[IDE-157] words that were not sent are asked about first', async () => {
    const { asked, did } = dialog({ unsent: true })
    await screen.findByText(/did not send will be lost/)
    expect(asked).toEqual([])
    press('Give the phone')
    await waitFor(() => expect(did.given).toBe(1))
  })

  it('[IDE-157] without a connection nothing is given away, and it is said', async () => {
    const { did } = dialog({
      ask: async () => {
        throw new Unreachable('no answer', {})
      },
    })
    expect(await screen.findByRole('alert')).toBeTruthy()
    expect(did.given).toBe(0)
  })
})

describe('the page over the phone', () => {
  it('[IDE-158] asks who, then their code; a wrong one leaves an empty field and the tries, and opens nothing', async () => {
    const taken: string[] = []
    const codes: string[] = []
    show(
      <PhoneScreen
        people={[AIGUL, PAVEL]}
        takeBack={async ({ name }, code) => {
          codes.push(`${name} ${code}`)
          if (code !== '403917')
            throw new AppError({ kind: 'forbidden', reason: 'identity/wrong-code', field: 'code', details: { left: 3 } })
        }}
        onTaken={({ name }) => void taken.push(name)}
      />,
    )
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Who has the phone now?')
    expect(screen.queryByRole('textbox')).toBeNull()
    press('Айгүл Серік')
    const head = screen.getByRole('heading', { level: 1 })
    expect(head.textContent).toBe('Айгүл Серік, type your code')
    expect(document.activeElement).toBe(head)
    expect(screen.queryByText('Павел Ким')).toBeNull()
    fill('Your own code', '111112')
    press('Next')
    await screen.findByText(/3 tries are left/)
    expect((screen.getByLabelText('Your own code') as HTMLInputElement).value).toBe('')
    expect(taken).toEqual([])
    fill('Your own code', '403917')
    press('Next')
    await waitFor(() => expect(taken).toEqual(['Айгүл Серік']))
    expect(codes).toEqual(['Айгүл Серік 111112', 'Айгүл Серік 403917'])
  })

  it('[IDE-151] says what to do once it is locked', async () => {
    const takeBack = async () => {
      throw new AppError({ kind: 'forbidden', reason: 'identity/own-code-locked', field: 'code' })
    }
    show(<PhoneScreen people={[AIGUL]} takeBack={takeBack} onTaken={() => undefined} />)
    press('Айгүл Серік')
    fill('Your own code', '403917')
    press('Next')
    expect((await screen.findByRole('alert')).textContent).toMatch(/Ask the mediator for a new code/)
  })
})

describe('who acts on this phone', () => {
  it('[IDE-156] is named; left alone it is given away, and each touch begins the minutes anew', async () => {
    const clock = createTestClock()
    let given = 0
    const tools = createTools({ ...server.tools, timers: clock })
    renderWithTexts(
      <ToolsProvider tools={tools}>
        <OnThisPhone name="Айгүл Серік" onGive={() => void given++} />
      </ToolsProvider>,
    )
    expect(screen.getByText('On this phone now: Айгүл Серік')).toBeTruthy()
    await clock.wind(IDLE_MS - 1)
    fireEvent.pointerDown(document.body)
    await clock.wind(IDLE_MS - 1)
    fireEvent.keyDown(document.body, { key: 'a' })
    await clock.wind(IDLE_MS - 1)
    expect(given).toBe(0)
    await clock.wind(1)
    expect(given).toBe(1)
  })

  it('[IDE-156] only somebody else makes it a shared one', () => {
    const kept = stores()
    expect(isShared(kept, AIGUL.participantId)).toBe(false)
    addToPhone(kept, AIGUL)
    expect([isShared(kept, AIGUL.participantId), isShared(kept, PAVEL.participantId)]).toEqual([false, true])
  })

  it('[IDE-155] what stays on the phone is the least of a name that tells people apart, and ids; of somebody whose device it is not it ends with the tab', () => {
    const kept = stores()
    for (const each of [AIGUL, PAVEL, AIGUL]) addToPhone(kept, each)
    expect(peopleOnPhone(kept)).toEqual([
      { ...AIGUL, name: 'Айгүл С.' },
      { ...PAVEL, name: 'Павел К.' },
    ])
    expect(Object.keys(JSON.parse(kept.lasting?.getItem(PHONE_KEY) ?? '')[0])).toEqual(['caseId', 'participantId', 'name'])
    expect(kept.lasting?.getItem(PHONE_KEY)).not.toContain('Павел')
    addToPhone(kept, person('C', 'Нұрланова Айгүл Серікқызы'))
    addToPhone(kept, person('D', 'Айгүл Сұлтан'))
    expect(peopleOnPhone(kept).map(({ name }) => name)).toEqual(['Айгүл С.', 'Айгүл Н.', 'Айгүл Сұлтан', 'Павел К.'])
    for (const letter of ['C', 'D']) removeFromPhone(kept, person(letter, '').participantId)
    for (const { participantId } of [AIGUL, PAVEL]) removeFromPhone(kept, participantId)
    expect([kept.lasting?.getItem(PHONE_KEY), kept.tab?.getItem(PHONE_KEY)]).toEqual([null, null])
    kept.lasting?.setItem(PHONE_KEY, '[{"caseId":7},null]')
    kept.tab?.setItem(PHONE_KEY, '{')
    expect(peopleOnPhone(kept)).toEqual([])
  })
})
