import { describe, expect, it } from 'vitest'
import { caseFold } from '#shared/cases/case-state.ts'
import type { Actor, Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type SideId } from '#shared/kernel/ids.ts'
import { type Decision, type Rule, viewOf } from '#shared/log/decide.ts'
import { type AudienceState, emptyAudience } from '#shared/log/fold.ts'
import type { CallWay } from './call-wire.ts'
import { callEnded, callOpened, callPaused, callResumed } from './calls-protocol.ts'
import { type CallStage, callFold } from './calls-state.ts'
import { closeCallRule, endCallRule, haltCallRule, openCallRule, pauseCallRule, resumeCallRule } from './decide-call.ts'
import { evolveCall } from './evolve-call.ts'

const caseId = asId<CaseId>('c')
const MEDIATOR: Person = { kind: 'person', caseId, id: asId('m'), role: 'mediator' }
const PARTY: Person = { kind: 'person', caseId, id: asId('p'), role: 'party', sideId: asId<SideId>('a') }

interface Situation {
  readonly stage?: CallStage
  readonly inSession?: boolean
  readonly way?: CallWay | 'off'
  readonly inAll?: boolean
}

function ask(rule: Rule, actor: Actor, { stage = 'closed', inSession = true, way = 'relay', inAll = true }: Situation): string {
  const folded = (audience: Audience, slices: AudienceState['slices']): AudienceState => ({ ...emptyAudience(audience), seq: 1, slices })
  const states = new Map<Audience, AudienceState>([
    ['case', folded('case', { cases: { ...caseFold.initial, phase: 'mediating', session: inSession ? { since: 1 } : undefined } })],
  ])
  if (inAll) states.set('all', folded('all', { calls: { stage, since: 2 } }))
  const facts = { way }
  return said(rule.decide(viewOf(states), {}, { actor, now: 3, newId: () => 'id', seen: undefined, facts }))
}

function said(decision: Decision): string {
  if (!decision.decided) return [decision.problem.kind, decision.problem.reason].filter(Boolean).join(' ')
  return decision.events.map(({ definition, audience, body }) => `${definition.name} ${audience} ${JSON.stringify(body)}`).join()
}

const RULES = { open: openCallRule, pause: pauseCallRule, resume: resumeCallRule, end: endCallRule }

describe('holding the joint call', () => {
  const TABLE: Readonly<Record<keyof typeof RULES, Readonly<Record<CallStage, string>>>> = {
    open: { closed: 'call:opened all {}', running: 'conflict calls/already-open', paused: 'conflict calls/already-open' },
    pause: { closed: 'conflict calls/not-open', running: 'call:paused all {}', paused: 'conflict calls/paused' },
    resume: { closed: 'conflict calls/not-open', running: 'conflict calls/already-open', paused: 'call:resumed all {}' },
    end: { closed: 'conflict calls/not-open', running: 'call:ended all {}', paused: 'call:ended all {}' },
  }
  for (const [name, rule] of Object.entries(RULES))
    for (const [stage, expected] of Object.entries(TABLE[name as keyof typeof RULES]))
      it(`[CAL-2] ${name} while it is ${stage}: ${expected}`, () => {
        const now = { stage: stage as CallStage }
        expect(ask(rule, MEDIATOR, now)).toBe(expected)
        expect(ask(rule, PARTY, now)).toBe('forbidden')
        expect(ask(rule, MEDIATOR, { ...now, inSession: false })).toBe('conflict calls/no-session')
        expect(ask(rule, PARTY, { ...now, inAll: false })).toBe('not-found')
        expect(ask(rule, { kind: 'system', caseId }, now)).toBe('not-found')
      })

  it('[CAL-16] [CAL-17] it begins and goes on only where there is a way for the sound; it can always be ended', () => {
    for (const [rule, stage] of [
      [openCallRule, 'closed'],
      [resumeCallRule, 'paused'],
    ] as const) {
      expect(ask(rule, MEDIATOR, { stage, way: 'none' })).toBe('unavailable calls/no-relay')
      expect(ask(rule, MEDIATOR, { stage, way: 'off' })).toBe('unsupported calls/off')
      expect(ask(rule, MEDIATOR, { stage, way: 'direct' })).toMatch(/^call:/)
    }
    expect(ask(endCallRule, MEDIATOR, { stage: 'paused', way: 'off' })).toBe('call:ended all {}')
  })

  it('[CAL-3] a pause by the installation is told in the words of any other', () => {
    const system: Actor = { kind: 'system', caseId }
    expect(ask(haltCallRule, system, { stage: 'running' })).toBe(ask(pauseCallRule, MEDIATOR, { stage: 'running' }))
    expect(ask(haltCallRule, system, { stage: 'paused' })).toBe('')
    expect(ask(haltCallRule, system, { stage: 'closed' })).toBe('')
  })

  it('[CAL-12] the joint call is closed once its session is over, and not before', () => {
    const system: Actor = { kind: 'system', caseId }
    expect(ask(closeCallRule, system, { stage: 'running', inSession: false })).toBe('call:ended all {}')
    expect(ask(closeCallRule, system, { stage: 'paused', inSession: false })).toBe('call:ended all {}')
    expect(ask(closeCallRule, system, { stage: 'closed', inSession: false })).toBe('')
    expect(ask(closeCallRule, system, { stage: 'running' })).toBe('')
  })

  it('[CAL-2] the joint call is folded from the joint session alone', () => {
    const event = (type: string, audience: Audience, at: number) => ({
      audience,
      epoch: 1,
      seq: at,
      type,
      by: MEDIATOR.id,
      at,
      hash: '',
      body: {},
    })
    const stages = [callOpened, callPaused, callResumed, callPaused, callEnded].map(({ name }, at) => event(name, 'all', at + 1))
    let state = callFold.initial
    const seen = stages.map((each) => {
      state = evolveCall(state, each)
      return `${state.stage} ${state.since}`
    })
    expect(seen).toEqual(['running 1', 'paused 2', 'running 3', 'paused 4', 'closed 5'])
    expect(evolveCall(state, event(callOpened.name, 'mediators', 9))).toBe(state)
  })
})
