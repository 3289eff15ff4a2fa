// Its owner allows exactly these words, or this file, for these people, and takes it back as long as they have not been passed on.
import { nameIn, personIn } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { typeByName } from '#shared/files/file-types.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import { type PostedFiles, postedFilesFold } from '#shared/files/posted-files.ts'
import { accessFold, devicesIn } from '#shared/identity/access-state.ts'
import { CODE_WAYS } from '#shared/identity/code-ways.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { decided, newEvent, personRule, refuse, type View } from '#shared/log/decide.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { allowAct, withdrawAct } from './crossing-acts.ts'
import { fileToAllowFact } from './crossing-facts.ts'
import { canAllow, canRemovePermission, canWithdraw } from './crossing-policy.ts'
import {
  permissionGive,
  permissionGiven,
  permissionRedact,
  permissionWithdraw,
  permissionWithdrawn,
  type ToAllow,
} from './crossing-protocol.ts'
import { type CrossingState, isOpen } from './crossing-state.ts'
import { lookInto } from './look.ts'
import { permissionSentence } from './permission-sentence.ts'
import { readersThere, targetsFrom } from './permission-target.ts'

export const giveRule = personRule({
  command: permissionGive,
  binds: true,
  weight: 'words',
  facts: { file: fileToAllowFact },
  decide(view, { audience, permissionId, what, to, readers, replaces }, { actor, now, facts: { file } }) {
    const here = lookInto(view, audience)
    if (!here) return refuse('not-found')
    const { state, crossing } = here
    if (!mayAtAll(actor, allowAct, audience)) return refuse('forbidden')
    if (!canAllow(actor, here)) return refuse('conflict', 'crossing/closed')
    if (crossing.permissions[permissionId]) return refuse('conflict')
    if (!targetsFrom(audience, { view, state }).includes(to)) return refuse('invalid', undefined, { field: 'to' })
    const replaced = replaces === undefined ? undefined : crossing.permissions[replaces]
    if (replaces !== undefined && replaced?.owner !== actor.id) return refuse('not-found')
    if (replaced && !isOpen(replaced))
      return refuse('conflict', `crossing/${replaced.state.stage === 'delivered' ? 'delivered' : 'withdrawn'}`)
    const allowed =
      what.kind === 'file' ? allowedFile(what, file, view.state(postedFilesFold, audience)) : allowedWords(what, actor.id, crossing)
    if ('decided' in allowed) return allowed
    // Whom the person was shown has to be who reads there.
    const there = readersThere(to, { view, state, now })
    const strangers = unnamed(there, readers)
    if (strangers.length > 0 || unnamed(readers, there).length > 0)
      return refuse('conflict', 'crossing/readers-changed', { details: { names: strangers.map((id) => nameIn(state, id) ?? '') } })
    const language = personIn(state, actor.id)?.language ?? 'ru'
    return decided(
      newEvent(permissionGiven, audience, {
        permissionId,
        ...allowed,
        to,
        readers: [...there],
        ...(replaces === undefined ? {} : { replaces }),
        language,
        sentence: permissionSentence({ ...allowed, owner: actor.id, to, readers: there }, state, language),
        // Nobody on a side comes in by another way.
        identityLevel: 'link-and-code',
        codes: codesOf(view, actor.id),
      }),
    )
  },
})

/** Those among the first who are not among the others. */
export function unnamed(people: readonly ParticipantId[], named: readonly ParticipantId[]): readonly ParticipantId[] {
  return people.filter((id) => !named.includes(id))
}

/** Of a wording the very words that its owner has confirmed. */
function allowedWords(what: Exclude<ToAllow, { kind: 'file' }>, owner: ParticipantId, { wordings }: CrossingState) {
  if (what.kind === 'own') return { kind: 'words', text: what.text } as const
  const { wordingId } = what
  const wording = wordings[wordingId]
  if (wording?.of !== owner || !wording.isRight) return refuse('conflict', 'crossing/unconfirmed')
  return { kind: 'words', text: wording.text, wordingId } as const
}

/** The very file that its owner was shown; a new name claims no other type. */
function allowedFile(
  { fileId, sha256, name }: Extract<ToAllow, { kind: 'file' }>,
  file: FileFacts | undefined,
  posted: PostedFiles | undefined,
) {
  const at = posted?.places.get(fileId)
  if (!at || file?.sha256 !== sha256) return refuse('conflict', 'crossing/file-gone')
  if (typeByName(name) !== file.type) return refuse('invalid', 'crossing/other-name', { field: 'what.name' })
  return { kind: 'file', file: { ...file, name }, place: { epoch: at.epoch, seq: at.seq } } as const
}

function codesOf(view: View, person: ParticipantId) {
  const ways = new Set(devicesIn(view.state(accessFold, directAudience(person))).flatMap(({ code, ended }) => (ended ? [] : [code])))
  return CODE_WAYS.filter((way) => ways.has(way))
}

export const withdrawRule = personRule({
  command: permissionWithdraw,
  // Nobody may be kept from it because much was written.
  weight: 'none',
  decide(view, { audience, permissionId }, { actor }) {
    const here = lookInto(view, audience)
    const permission = here?.crossing.permissions[permissionId]
    if (!here || !permission) return refuse('not-found')
    if (permission.owner !== actor.id || !mayAtAll(actor, withdrawAct, audience)) return refuse('forbidden')
    if (permission.state.stage === 'delivered') return refuse('conflict', 'crossing/delivered')
    return canWithdraw(actor, here, permission) ? decided(newEvent(permissionWithdrawn, audience, { permissionId })) : decided()
  },
})

export const redactPermissionRule = personRule({
  command: permissionRedact,
  weight: 'none',
  decide(view, { audience, permissionId }, { actor }) {
    const here = lookInto(view, audience)
    const permission = here?.crossing.permissions[permissionId]
    if (!here || !permission) return refuse('not-found')
    if (!canRemovePermission(actor, here, permission)) return refuse('forbidden')
    return decided(newEvent(bodyRedacted, audience, { epoch: permission.epoch, seq: permission.seq }))
  },
})
