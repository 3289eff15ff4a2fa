// How the talks are held where that differs from the usual: the same words for everybody, and never a reason.
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { PROCEDURE_POINTS } from '#shared/rooms/procedure-protocol.ts'
import { procedureFold } from '#shared/rooms/procedure-state.ts'

export function ProcedureNote() {
  const t = useTexts()
  const procedure = useSlice(procedureFold, 'case') ?? procedureFold.initial
  const points = PROCEDURE_POINTS.filter((point) => procedure[point])
  if (points.length === 0) return null
  return (
    <Card tight as="section">
      <Stack gap={2}>
        <h2>{t('preparation.procedure.title')}</h2>
        <ul>
          {points.map((point) => (
            <li key={point}>{t(`preparation.procedure.${point}`)}</li>
          ))}
        </ul>
      </Stack>
    </Card>
  )
}
