// What was corrected in a case, for everybody in it: what it was, what it is, and when.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import type { Correction } from '#shared/cases/corrections-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'

export interface CorrectionsShown {
  readonly corrections: readonly Correction[]
  readonly nameOf: (id: ParticipantId) => string
}

/** The latest first. */
export function Corrections({ corrections, nameOf }: CorrectionsShown) {
  const t = useTexts()
  const f = useFormats()
  if (corrections.length === 0) return null
  const what = ({ what, participantId }: Correction) =>
    what === 'authority' && participantId !== undefined
      ? t('cases.corrections.authority', { name: nameOf(participantId) })
      : t(`cases.corrections.${what}`)
  const words = (text: string) => (text === '' ? t('cases.corrections.none') : text)
  return (
    <Stack gap={3} as="section">
      <h2>{t('cases.corrections')}</h2>
      {corrections.toReversed().map((each) => (
        <Stack key={`${each.at} ${each.what} ${each.participantId}`} gap={0}>
          <Muted small>
            {what(each)} · {f.numericDate(each.at)} {f.time(each.at)}
          </Muted>
          <span>{t('cases.corrections.was', { was: words(each.was) })}</span>
          <span>{t('cases.corrections.is', { is: words(each.is) })}</span>
        </Stack>
      ))}
    </Stack>
  )
}
