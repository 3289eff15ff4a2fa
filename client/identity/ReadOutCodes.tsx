// Codes that somebody in the case waits for at this moment and the mediator reads out: for signing, on another device. Asked for again and
// again while it is shown, because the wish comes from the other end of a telephone.
import { useEffect, useState } from 'react'
import { useTools } from '#client/http/tools.tsx'
import { useLoad } from '#client/http/use-load.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { BigDigits } from '#client/ui/talk/BigDigits.tsx'
import { readOutList } from '#shared/identity/invitation-protocol.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { untilWords } from './invitations/invitation-words.ts'
import { useStaffCall } from './staff/use-staff.tsx'

const EVERY = 4_000

/** Nothing is drawn while nobody waits for a code. Only for the mediator: to anybody else the list is not found. */
export function ReadOutCodes({ caseId, nameOf }: { caseId: CaseId; nameOf: (participantId: ParticipantId) => string }) {
  const t = useTexts()
  const f = useFormats()
  const call = useStaffCall()
  const { api, timers } = useTools()
  const { state, reload } = useLoad(caseId, async () => (await call(readOutList, { caseId })).codes)
  useEffect(() => {
    let over = false
    let stop: () => void
    stop = timers.after(EVERY, function next() {
      void reload().then(() => {
        if (!over) stop = timers.after(EVERY, next)
      })
    })
    return () => {
      over = true
      stop()
    }
  }, [timers, reload])
  if (state.kind !== 'here' || state.value.length === 0) return null
  return (
    <Card as="section" who="mediators">
      <Stack gap={3}>
        <h2>{t('identity.read-out')}</h2>
        <p>{t('identity.read-out.lead')}</p>
        {state.value.map(({ participantId, code, expiresAt }) => (
          <HiddenCode
            key={`${participantId} ${code}`}
            name={nameOf(participantId)}
            code={code}
            note={t('identity.read-out.until', { time: untilWords(expiresAt, api.now(), f) })}
          />
        ))}
      </Stack>
    </Card>
  )
}

/** A screen gets shared by mistake: the digits are not even drawn before they are asked for, and a new code is hidden again. */
function HiddenCode({ name, code, note }: { name: string; code: string; note: string }) {
  const t = useTexts()
  const [shown, setShown] = useState(false)
  const words = shown ? t('identity.read-out.hide') : t('identity.read-out.show')
  return (
    <Stack gap={2} align="start">
      {shown ? (
        <BigDigits digits={code} group={3} label={name} note={note} />
      ) : (
        <p>
          <b>{name}</b>{' '}
          <Muted as="span" small>
            {note}
          </Muted>
        </p>
      )}
      <Button size="s" icon={shown ? 'eye-off' : 'eye'} aria-label={`${words}: ${name}`} onClick={() => setShown(!shown)}>
        {words}
      </Button>
    </Stack>
  )
}
