import { useTexts } from '#client/i18n/texts.tsx'
import { Chip } from '#client/ui/base/surfaces.tsx'
import type { CaseSummary } from '#shared/cases/case-routes.ts'

export function PhaseChip({ phase, inSession }: Pick<CaseSummary, 'phase' | 'inSession'>) {
  const t = useTexts()
  if (inSession) return <Chip who="joint">{t('cases.phase.in-session')}</Chip>
  return <Chip icon={phase === 'closed' ? 'check' : 'clock'}>{t(`cases.phase.${phase}`)}</Chip>
}
