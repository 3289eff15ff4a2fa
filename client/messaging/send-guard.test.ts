import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Audience } from '#shared/kernel/audience.ts'
import { GUARD_AT_REST, type GuardEvent, type GuardState, guardStep, type PendingMessage } from './send-guard.ts'

const SIDE: Audience = 'side:sideAAAAAAAAAAAAAAAAAA' as Audience // an id of the right shape
const DIRECT: Audience = 'direct:adaAAAAAAAAAAAAAAAAAAA' as Audience // as above
const ROOMS: readonly Audience[] = ['all', SIDE, DIRECT]

const enter = (room: Audience, alone = false): GuardEvent => ({ type: 'entered', room, alone })
const message = (audience: Audience, text: string): PendingMessage => ({ audience, text, seen: { audience, epoch: 0, seq: 1, hash: '' } })
const press = (audience: Audience, text: string): GuardEvent => ({ type: 'pressed', message: message(audience, text) })
const confirm: GuardEvent = { type: 'confirmed', seen: undefined }
const over = (audience: Audience): GuardEvent => ({ type: 'time-over', audience })

function run(events: readonly GuardEvent[]) {
  let state: GuardState = GUARD_AT_REST
  const delivered: string[] = []
  const givenBack: string[] = []
  for (const event of events) {
    const step = guardStep(state, event)
    state = step.state
    delivered.push(...step.deliver.map(({ audience, text }) => `${text} → ${audience}`))
    givenBack.push(...step.giveBack.map(({ audience, text }) => `${text} → ${audience}`))
  }
  return { state, delivered, givenBack }
}

// Every way in which a person comes to stand in another room; all of them are the one event 'entered'.
const PATHS: readonly (readonly [string, readonly GuardEvent[]])[] = [
  ['opening the page in the joint room', [enter('all')]],
  ['the switch', [enter('all'), enter(SIDE)]],
  ['the switch and back', [enter('all'), enter(SIDE), enter('all')]],
  ['stepping over by the invitation', [enter('all'), enter(SIDE)]],
  ['the mediator’s board', [enter('all'), enter(DIRECT), enter(SIDE)]],
  ['being admitted from the waiting room', [enter(DIRECT, true), enter('all')]],
  ['a room that was closed behind one', [enter(SIDE), { type: 'room-gone', audience: SIDE }, enter('all')]],
  ['a switch while another message is being asked about', [enter('all'), press('all', 'old'), enter(SIDE)]],
  ['a switch while another message can still be taken back', [enter('all'), press('all', 'old'), confirm, enter(SIDE)]],
]

describe('the guard against the wrong room', () => {
  it.each(PATHS)('[LIV-15] after %s the first message asks, and goes nowhere before it is confirmed', (_path, events) => {
    const room = run(events).state.room ?? 'all'
    const asked = run([...events, press(room, 'hello')])
    expect(asked.state.asking?.text).toBe('hello')
    expect(asked.delivered).not.toContain(`hello → ${room}`)
    const held = run([...events, press(room, 'hello'), confirm])
    expect(held.delivered).not.toContain(`hello → ${room}`)
    const gone = run([...events, press(room, 'hello'), confirm, over(room), press(room, 'again')])
    expect(gone.delivered.slice(-2)).toEqual([`hello → ${room}`, `again → ${room}`])
  })

  it('[LIV-15] where there is one room alone nothing is asked', () => {
    expect(run([enter(DIRECT, true), press(DIRECT, 'hello')]).delivered).toEqual([`hello → ${DIRECT}`])
  })

  it('[LIV-15] a message taken back returns to the composer of its own room, and the next one asks again', () => {
    const { state, delivered, givenBack } = run([enter(SIDE), press(SIDE, 'no'), confirm, { type: 'taken-back', audience: SIDE }])
    expect(delivered).toEqual([])
    expect(givenBack).toEqual([`no → ${SIDE}`])
    expect(state.armed).toBe(true)
  })

  it('[LIV-15] a second message hands the held one on before itself', () => {
    expect(run([enter('all'), press('all', 'one'), confirm, press('all', 'two')]).delivered).toEqual(['one → all', 'two → all'])
  })

  it('[LIV-15] what one tap says into a named room can be taken back too, and loses nothing that was held there', () => {
    const said: GuardEvent = { type: 'said', message: message('all', 'about 15 minutes') }
    expect(run([enter(SIDE), said, over('all')]).delivered).toEqual(['about 15 minutes → all'])
    expect(run([enter('all'), press('all', 'one'), confirm, said, over('all')]).delivered).toEqual(['one → all', 'about 15 minutes → all'])
  })

  it('[LIV-15] words written in a room that is no longer shown are given back to it, never sent from another', () => {
    const { delivered, givenBack } = run([enter('all'), enter(SIDE), press('all', 'late click')])
    expect(delivered).toEqual([])
    expect(givenBack).toEqual(['late click → all'])
  })

  it('[LIV-15] however rooms are switched, words are delivered to the room they were written in or given back, once', () => {
    const event = fc.oneof(
      fc.constantFrom(...ROOMS).map((room) => enter(room)),
      fc.constantFrom(...ROOMS).map((audience): GuardEvent => ({ type: 'taken-back', audience })),
      fc.constantFrom(...ROOMS).map(over),
      fc.constantFrom(...ROOMS).map((audience): GuardEvent => ({ type: 'room-gone', audience })),
      fc.constant(confirm),
      fc.constant<GuardEvent>({ type: 'declined' }),
      fc.constantFrom(...ROOMS).map((room) => press(room, '?')),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let count = 0
        const numbered = events.map(
          (each): GuardEvent =>
            each.type === 'pressed' ? { ...each, message: message(each.message.audience, `${count++}@${each.message.audience}`) } : each,
        )
        const { state, delivered, givenBack } = run(numbered)
        const waiting = [...state.held, ...(state.asking ? [state.asking] : [])].map(({ audience, text }) => `${text} → ${audience}`)
        const seen = [...delivered, ...givenBack, ...waiting]
        for (const line of seen) {
          const [text = '', audience] = line.split(' → ')
          expect(text.split('@')[1]).toBe(audience)
        }
        expect(new Set(seen).size).toBe(seen.length)
      }),
    )
  })
})
