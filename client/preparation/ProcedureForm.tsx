// The mediator sets how the talks are held.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { isJointBegun } from '#shared/rooms/joint-begun.ts'
import { PROCEDURE_POINTS, type Procedure, procedureSet } from '#shared/rooms/procedure-protocol.ts'
import { procedureFold } from '#shared/rooms/procedure-state.ts'
import { canSetProcedure } from '#shared/rooms/room-policy.ts'

export function ProcedureForm() {
  const t = useTexts()
  const { state, me } = useCase()
  const stands = useSlice(procedureFold, 'case') ?? procedureFold.initial
  const begun = isJointBegun(useView())
  const { run, busy, problem } = useCommand()
  const [changed, change] = useState<Partial<Procedure>>({})
  if (!canSetProcedure(me, state.phase)) return null
  const wanted: Procedure = { ...stands, ...changed }
  const isChanged = PROCEDURE_POINTS.some((point) => wanted[point] !== stands[point])
  const send = async () => {
    if (await run(procedureSet, wanted)) change({})
  }
  return (
    <Card as="section" tight>
      <Stack gap={3}>
        <h2>{t('preparation.procedure.title')}</h2>
        <Muted>{t('preparation.procedure.words')}</Muted>
        {PROCEDURE_POINTS.filter((point) => point !== 'caucusOnly' || stands.caucusOnly || !begun).map((point) => (
          <Checkbox key={point} checked={wanted[point]} onChange={(on) => change({ ...changed, [point]: on })}>
            {t(`preparation.procedure.${point}`)}
          </Checkbox>
        ))}
        {begun && !stands.caucusOnly && <Muted small>{t('preparation.procedure.begun')}</Muted>}
        {problem && <ProblemBanner problem={problem} />}
        {isChanged && (
          <Row>
            <Button size="s" busy={busy} onClick={() => void send()}>
              {t('preparation.procedure.send')}
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  )
}
