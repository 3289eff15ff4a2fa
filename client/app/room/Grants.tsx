// What is said and asked about people who read by grants alone; fetched by whom it concerns.
import type { ComponentProps } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { ConsentQuestions } from '#client/rooms/grants/ConsentQuestions.tsx'
import { questionsFor } from '#client/rooms/grants/consents-of.ts'
import type { OwnGrant } from '#client/rooms/grants/OwnGrant.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { readsByGrant } from '#shared/kernel/roles.ts'
import { postAct } from '#shared/messaging/messaging-acts.ts'

type Questions = ComponentProps<typeof ConsentQuestions>

const ASKED: Part<Questions> = {
  groups: ['grants'],
  load: async () => (await import('#client/rooms/grants/ConsentQuestions.tsx')).ConsentQuestions,
}
const GIVEN: Part<Questions> = {
  groups: ['grants'],
  load: async () => (await import('#client/rooms/grants/ConsentQuestions.tsx')).ConsentsGiven,
}
const OWN: Part<ComponentProps<typeof OwnGrant>> = {
  groups: ['grants'],
  load: async () => (await import('#client/rooms/grants/OwnGrant.tsx')).OwnGrant,
}

/** What one is asked, above everything. */
export function ConsentsAsked() {
  const questions = useQuestions().filter(({ agreed }) => agreed === undefined)
  return questions.length > 0 ? <QuietPart part={ASKED} props={{ questions }} /> : null
}

/** In the rooms: by which grant one is here. */
export function OwnGrantTold() {
  const { me } = useCase()
  return readsByGrant(me) ? <QuietPart part={OWN} props={{ mayWrite: (audience) => mayAtAll(me, postAct, audience) }} /> : null
}

/** Beside the conversation: what one has answered, and can change. */
export function ConsentsGiven() {
  const questions = useQuestions().filter(({ agreed }) => agreed !== undefined)
  return questions.length > 0 ? <QuietPart part={GIVEN} props={{ questions }} /> : null
}

function useQuestions() {
  const { state, me } = useCase()
  return questionsFor(useView(), state, me)
}
