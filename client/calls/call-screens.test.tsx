// @vitest-environment jsdom
// What stands on the screen of a call, and that it is true of what the device does.
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderCase, roomsOfSmallCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { InviteDialog } from '#client/caucus/InviteDialog.tsx'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { CALL_WIRE } from '#shared/calls/call-wire.ts'
import { callOpened, callPause, callPaused } from '#shared/calls/calls-protocol.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { CallBar } from './CallBar.tsx'
import { EnterCall } from './entering/EnterCall.tsx'
import { PauseFirst } from './entering/PauseFirst.tsx'
import { callWorld, mediaId } from './testing/call-world.ts'
import { useCallThere } from './use-call-there.ts'

beforeAll(addDialog)
beforeEach(() => vi.stubGlobal('MediaStream', class {}))
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  window.sessionStorage.clear()
})

const PHONES = new Map([[AIGUL, '+77010004112']])
const NONE: ReadonlyMap<ParticipantId, string> = new Map()

function inSession(stage?: 'running' | 'paused') {
  const world = smallCase().happen(sessionStarted, 'case', {})
  for (const person of [AIGUL, PAVEL]) world.enter(person).confirm(person).join(person, 'all')
  world.join(AIGUL, sideAudience(BEREKE)).join(PAVEL, sideAudience(DALA))
  if (stage) world.happen(callOpened, 'all', {})
  if (stage === 'paused') world.happen(callPaused, 'all', {})
  return world
}

type Options = Parameters<typeof callWorld>[2] & { readonly locale?: Locale; readonly current?: Audience }

async function showBar(
  world: ReturnType<typeof inSession>,
  person: ParticipantId,
  { locale = 'en', current = 'all', ...options }: Options = {},
) {
  const device = callWorld(world, person, options)
  const asked: Audience[] = []
  const rooms = () => roomsOfSmallCase(world, person)
  const bar = () => (
    <CaseProvider client={device.shown}>
      <CallBar
        rooms={rooms()}
        current={rooms().find(({ audience }) => audience === current)}
        phones={NONE}
        onAsk={(audience) => asked.push(audience)}
      />
    </CaseProvider>
  )
  const { rerender } = renderWithTexts(bar(), { locale })
  await act(() => device.clock.wind(0))
  return { ...device, asked, again: () => act(async () => rerender(bar())) }
}

async function showEnter(world: ReturnType<typeof inSession>, person: ParticipantId, audience: Audience, options: Options = {}) {
  const device = callWorld(world, person, options)
  const room = roomsOfSmallCase(world, person).find((each) => each.audience === audience)
  if (!room) throw new Error('not their room')
  let closed = false
  renderWithTexts(
    <CaseProvider client={device.shown}>
      <EnterCall
        room={room}
        otherRoom={undefined}
        phones={person === MED ? PHONES : NONE}
        onClose={() => {
          closed = true
        }}
      />
    </CaseProvider>,
    { locale: options.locale ?? 'en' },
  )
  await act(() => device.clock.wind(0))
  return { ...device, isClosed: () => closed }
}

function There() {
  const { any, mayAsk } = useCallThere()
  return <p role="note">{[any ? 'a call' : 'no call', mayAsk('all') && 'may ask'].filter(Boolean).join(', ')}</p>
}

const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })))

describe('a call that is open', () => {
  it.each(LOCALES)('[CAL-60] is offered with who is in it, and the press asks first: %s', async (locale) => {
    const t = testTranslate(locale)
    const device = await showBar(inSession('running'), AIGUL, { locale })
    screen.getByText(t('calls.offer.nobody'))
    await act(async () =>
      device.say(CALL_WIRE.members, {
        audience: 'all',
        members: [{ mediaId: mediaId('p'), participantId: PAVEL, muted: true, video: false }],
      }),
    )
    screen.getByText(t('calls.offer.in-it', { names: 'Павел Ким' }))
    await press(t('calls.offer.join'))
    expect([device.asked, device.did, device.own().kind]).toEqual([['all'], [], 'out'])
    await press(t('calls.offer.later'))
    expect(screen.queryByText(t('calls.offer.joint'))).toBeNull()
  })

  it('[CAL-75] where there is none, or the installation has none, nothing stands there', async () => {
    const seen: unknown[] = []
    for (const calls of [true, false]) {
      const device = callWorld(inSession(), MED, { calls })
      renderWithTexts(
        <CaseProvider client={device.shown}>
          <There />
        </CaseProvider>,
      )
      await act(() => device.clock.wind(0))
      seen.push(screen.getByRole('note').textContent)
      cleanup()
    }
    expect(seen).toEqual(['no call, may ask', 'no call'])
  })
})

describe('a pause', () => {
  it.each(LOCALES)(
    '[CAL-78] reads the same for a side that was called away and for one that was not; the mediator resumes: %s',
    async (locale) => {
      const t = testTranslate(locale)
      const said: (string | null)[] = []
      for (const person of [AIGUL, PAVEL]) {
        await showBar(inSession('paused'), person, { locale })
        said.push(screen.getByRole('note').textContent)
        cleanup()
      }
      expect(said[0]).toBe(said[1])
      expect(said[0]).toContain(t('calls.paused.title'))
      const device = await showBar(inSession('paused'), MED, { locale })
      await press(t('calls.paused.resume'))
      expect(device.asked).toEqual(['all'])
    },
  )

  it('[CAL-79] comes before a talk apart by voice, with the same press, and without it nobody is invited', async () => {
    const t = testTranslate('en')
    const device = await showEnter(inSession('running'), MED, sideAudience(BEREKE))
    expect(screen.getByText(/The talk is paused\. The mediator will resume it\./)).toBeTruthy()
    await press(t('calls.enter.do.pause'))
    await act(() => device.clock.wind(0))
    const [pause, join] = [device.did.indexOf(callPause.name), device.did.indexOf(`${CALL_WIRE.join} ${sideAudience(BEREKE)}`)]
    expect(pause).toBeGreaterThanOrEqual(0)
    expect(join).toBeGreaterThan(pause)
  })

  it('[CAL-79] comes before an invitation; where it is refused nobody is invited', async () => {
    const t = testTranslate('en')
    const nothing = () => undefined
    const dialog = (
      <InviteDialog sideId={BEREKE} first={callPause} about={<PauseFirst />} phones={NONE} onClose={nothing} onInvited={nothing} />
    )
    const agreed = renderCase(inSession('running'), MED, dialog, { answer: () => ({ ok: true, value: { at: [] } }) })
    await press(t('caucus.invite.do'))
    expect(agreed.sent.map(({ name }) => name)).toEqual([callPause.name, caucusInvite.name])
    cleanup()
    const refused = renderCase(inSession('running'), MED, dialog, {
      answer: () => ({ ok: false, problem: { kind: 'conflict', reason: 'calls/not-open' } }),
    })
    await press(t('caucus.invite.do'))
    expect(refused.sent.map(({ name }) => name)).toEqual([callPause.name])
    screen.getByText(t('calls.reason.not-open'))
  })
})

describe('before one is heard', () => {
  it.each(LOCALES)(
    '[CAL-77] a microphone that cannot be had is said in words, the telephone stays, and one may listen: %s',
    async (locale) => {
      const t = testTranslate(locale)
      for (const fault of ['refused', 'missing', 'taken', 'insecure', 'failed'] as const) {
        const device = await showEnter(inSession('running'), MED, 'all', { microphone: fault, locale })
        await press(t('calls.enter.do'))
        screen.getByText(t(`calls.fault.${fault}`))
        screen.getByText(t('calls.telephone'))
        expect(screen.getByRole('link', { name: /701/ }).getAttribute('href')).toBe('tel:+77010004112')
        expect(device.did).toEqual([])
        await press(t('calls.enter.listen'))
        expect(device.own()).toMatchObject({ kind: 'in', muted: true })
        cleanup()
      }
    },
  )

  it('[CAL-76] who hears, and how the sound travels, is said before joining', async () => {
    const t = testTranslate('en')
    for (const way of ['relay', 'direct'] as const) {
      await showEnter(inSession('running'), AIGUL, 'all', { way })
      expect(document.body.textContent).toContain(t('calls.hears.all'))
      expect(document.body.textContent).toContain(t(`calls.enter.way.${way}`))
      expect(document.body.textContent).toContain(t('calls.enter.recorded'))
      cleanup()
    }
    await showEnter(inSession('running'), AIGUL, 'all', { way: 'none' })
    screen.getByText(t('calls.enter.way.none'))
    expect(screen.getByRole<HTMLButtonElement>('button', { name: t('calls.enter.do') }).disabled).toBe(true)
  })
})

describe('in a call', () => {
  async function inCall(current: Audience = 'all') {
    const world = inSession('running')
    const device = await showBar(world, AIGUL, { current })
    device.server.members = [{ mediaId: mediaId('p'), participantId: PAVEL, muted: false, video: false }]
    await act(async () => void (await device.session.enter('all', device.microphone())))
    await act(async () =>
      device.say(CALL_WIRE.members, {
        audience: 'all',
        members: [
          { mediaId: device.server.own, participantId: AIGUL, muted: false, video: false },
          { mediaId: mediaId('p'), participantId: PAVEL, muted: false, video: false },
        ],
      }),
    )
    return { ...device, world }
  }
  const line = (name: string) => within(screen.getByRole('list')).getByText(name).closest('li')?.textContent

  it('[CAL-76] the bar says who hears whatever room is shown, and nobody once the microphone is off', async () => {
    const t = testTranslate('en')
    const device = await inCall(sideAudience(BEREKE))
    screen.getByText(t('calls.hears.all'))
    await press(t('calls.mute'))
    screen.getByText(t('calls.muted'))
    expect(device.own()).toMatchObject({ muted: true })
    expect(device.did).toContain(CALL_WIRE.status)
  })

  it('[CAL-65] another’s microphone is shown as they tell it, once sound comes through', async () => {
    const t = testTranslate('en')
    const device = await inCall()
    expect(line('Павел Ким')).toContain(t('calls.mark.connecting'))
    await act(async () => device.connections[0]?.becomes('connected'))
    expect(line('Павел Ким')).toContain(t('calls.mark.heard'))
    await act(async () => device.say(CALL_WIRE.status, { mediaId: mediaId('p'), muted: true, video: false, speaking: false }))
    expect(line('Павел Ким')).toContain(t('calls.mark.muted'))
  })

  it('[CAL-74] where nothing comes through, the words say to whom, and the telephone stays', async () => {
    const t = testTranslate('en')
    const device = await inCall()
    await act(() => device.clock.wind(22_000))
    screen.getByText(t('calls.unreachable', { names: 'Павел Ким' }))
    screen.getByText(t('calls.telephone'))
    await press(t('calls.unreachable.again'))
    expect(device.connections[0]?.restarts).toBe(1)
  })

  it.each(['taken-over', 'removed', 'ended', 'joint'] as const)('[CAL-66] why it ended is said: %s', async (reason) => {
    const t = testTranslate('en')
    const device = await inCall()
    await act(async () => device.say(CALL_WIRE.out, { audience: 'all', reason }))
    screen.getByText(t(`calls.after.${reason}`))
  })

  it('[CAL-85] through the service’s server it is said that it decrypts', async () => {
    const t = testTranslate('en')
    const device = await showBar(inSession('running'), AIGUL)
    device.server.form = 'sfu'
    await act(async () => void (await device.session.enter('all', device.microphone())))
    expect(document.body.textContent).toContain(t('calls.through-server'))
  })
})
