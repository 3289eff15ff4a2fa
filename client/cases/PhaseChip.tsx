import { useTexts } from '#client/i18n/texts.tsx'
import { Chip } from '#client/ui/base/surfaces.tsx'
import type { CasePhase } from '#shared/cases/case-state.ts'

export function PhaseChip({ phase }: { phase: CasePhase }) {
  const t = useTexts()
  if (phase === 'in-session') return <Chip who="joint">{t('cases.phase.in-session')}</Chip>
  return <Chip icon={phase === 'ended' ? 'check' : 'clock'}>{t(`cases.phase.${phase}`)}</Chip>
}
