// What somebody curious does with a browser of their own: every command, message and route that there is, with the ids of others.
import type { Page } from '@playwright/test'
import fc from 'fast-check'
import { RULES } from '#server/catalogue.ts'
import { allRoutes } from '#server/testing/all-routes.ts'
import { fitting } from '#server/testing/schema-arbitrary.ts'
import { mediationLeave } from '#shared/cases/case-protocol.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import { personRefresh, personSignOut } from '#shared/identity/join-protocol.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { type AnyRoute, requestOf } from '#shared/protocol/route.ts'
import { PROTOCOL_VERSION, WIRE } from '#shared/protocol/wire.ts'
import { versionReopen } from '#shared/signing/signing-protocol.ts'
import { newId } from './quick-case.ts'

/** What the intruder looks for: a case, and whatever ids somebody in it may have let slip. */
export interface Prey {
  readonly caseId: CaseId
  /** Of people, sides, invitations, texts. */
  readonly ids: readonly string[]
  /** Rooms of which everybody knows the name. */
  readonly rooms: readonly string[]
}

export interface Loot {
  readonly answers: readonly string[]
  /** What a resume told of. */
  readonly audiences: readonly string[]
  /** What the case's own socket said to this person's token. */
  readonly knock: string
}

/** From inside the person's page: with its cookies, its token and a socket as the page opens it. */
export async function walk(page: Page, me: ParticipantId, prey: Prey): Promise<Loot> {
  const ids = [prey.caseId, ...prey.ids]
  const audiences = [...prey.rooms, ...ids.flatMap((id) => [`side:${id}`, `direct:${id}`, `self:${id}`, `signers:${id}`])]
  const words = [...ids, ...audiences]
  const token = await tokenOf(page, me)
  const answers = await overHttp(page, token, words)
  const caseId = await page.evaluate(() => location.pathname.split('/').at(-1) ?? '')
  const own = await overSocket(page, { token, caseId }, asksWith(prey.caseId, words, audiences))
  const knock = await overSocket(page, { token, caseId: prey.caseId }, [])
  const told = own.flatMap((frame) => [...frame.matchAll(/"audience":"([^"]+)"/g)].map((match) => match[1] ?? ''))
  return { answers: [...answers, ...own], audiences: [...new Set(told)], knock: knock.join('\n') }
}

/** As the page gets it: by the cookie of its device. */
export function tokenOf(page: Page, participantId: ParticipantId): Promise<string> {
  return page.evaluate(
    async (url) => (await (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).json()).token,
    requestOf(personRefresh, { participantId }).url,
  )
}

async function overHttp(page: Page, token: string, words: readonly string[]): Promise<readonly string[]> {
  const requests = (await allRoutes())
    .filter((route: AnyRoute) => route.path !== personSignOut.path) // signing oneself out is one's own right
    .flatMap((route) =>
      (fc.sample(fitting(route.input, words), { numRuns: 3, seed: 5 }) as object[]).map((input) => ({
        method: route.method,
        ...requestOf(route, input),
      })),
    )
  return page.evaluate(
    async ({ requests, token }) => {
      const told: string[] = []
      for (const { method, url, body } of requests) {
        const answer = await fetch(url, {
          method,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          ...(body === undefined ? {} : { body }),
        })
        told.push(`${answer.status} ${await answer.text()}`)
      }
      return told
    },
    { requests, token },
  )
}

type Ask = readonly [name: string, payload: unknown]

function asksWith(caseId: CaseId, words: readonly string[], audiences: readonly string[]): readonly Ask[] {
  const commands = RULES.map(({ command }) => command)
    .filter(({ name }) => name !== mediationLeave.name && name !== versionReopen.name) // leaving is one's own right
    .flatMap((command) =>
      (fc.sample(fitting(command.input, words), { numRuns: 2, seed: 3 }) as object[]).map((input) => ({
        id: newId(),
        name: command.name,
        input,
      })),
    )
  const heads = audiences.map((audience) => ({ audience, epoch: 1, seq: 0 }))
  return [
    ...commands.map((command): Ask => [WIRE.command, command]),
    ...[WIRE.event, WIRE.joined, WIRE.presence, WIRE.closed, WIRE.renew].map((name): Ask => [name, { caseId }]),
    [DRAFT_WIRE.frame, 'AQEAAA=='],
    [DRAFT_WIRE.join, { documentId: caseId, epoch: 0, haveRevision: 0, generation: 0, clientId: 77, storedIds: [2, 3, 4] }],
    [DRAFT_WIRE.states, { documentId: caseId }],
    ...[1, 2, 3].map((revision): Ask => [DRAFT_WIRE.state, { documentId: caseId, revision }]),
    [WIRE.resume, { heads }],
    [WIRE.resume, { heads: heads.slice(0, 3) }],
    [WIRE.resume, { heads: [] }],
  ]
}

/** A socket of the page's own, spoken to in frames: the answers, and all that came besides. */
export function overSocket(
  page: Page,
  { token, caseId }: { readonly token: string; readonly caseId: string },
  asks: readonly Ask[],
): Promise<readonly string[]> {
  return page.evaluate(
    ({ auth, asks, answered, patient }) =>
      new Promise<string[]>((resolve) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
        const frames: string[] = []
        let at = -1
        const finish = () => {
          socket.close()
          resolve(frames)
        }
        let patience: number | undefined
        const next = () => {
          window.clearTimeout(patience)
          at++
          if (at >= asks.length) return finish()
          send()
        }
        const send = () => {
          const ask = asks[at] ?? ['']
          patience = window.setTimeout(next, answered.includes(ask[0]) ? 20_000 : 400) // some messages are never answered
          socket.send(`42${at}${JSON.stringify(ask)}`)
        }
        socket.addEventListener('close', () => resolve(frames))
        socket.addEventListener('message', ({ data }) => {
          const frame = String(data)
          if (frame === '2') socket.send('3')
          else if (frame.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`)
          else {
            frames.push(frame)
            // What every page asks for is asked for again when it came too fast.
            if (patient.includes(asks[at]?.[0] ?? '') && frame.includes('"too-many"')) {
              window.clearTimeout(patience)
              window.setTimeout(send, 1_100)
            } else if (frame.startsWith('40') || frame.startsWith(`43${at}[`)) next()
            else if (frame.startsWith('44')) finish()
          }
        })
      }),
    {
      auth: { token, caseId, protocol: PROTOCOL_VERSION },
      asks,
      patient: [WIRE.resume, DRAFT_WIRE.join] as string[],
      answered: [WIRE.command, WIRE.resume, DRAFT_WIRE.join, DRAFT_WIRE.states, DRAFT_WIRE.state] as string[],
    },
  )
}
