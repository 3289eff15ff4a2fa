// Talks by voice in the room: fetched once there is one, or one is asked for. Whoever never speaks here pays for a button.
import type { ComponentProps } from 'react'
import { LazyDialog } from '#client/app/lazy-dialog.tsx'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { CallBar } from '#client/calls/CallBar.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { CallQuestion } from './CallQuestion.tsx'

const BAR: Part<ComponentProps<typeof CallBar>> = {
  groups: ['calls'],
  load: async () => (await import('#client/calls/CallBar.tsx')).CallBar,
}
const QUESTION: Part<ComponentProps<typeof CallQuestion>> = {
  groups: ['calls'],
  load: async () => (await import('./CallQuestion.tsx')).CallQuestion,
}

export function Calls(props: ComponentProps<typeof CallBar>) {
  return <QuietPart part={BAR} props={props} />
}

export function CallDialog(props: ComponentProps<typeof CallQuestion>) {
  const t = useTexts()
  return <LazyDialog part={QUESTION} props={props} title={t('calls.entry.button')} />
}
