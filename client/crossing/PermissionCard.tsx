// One permission with its state and what its reader can do about it: its owner takes it back, the mediator passes the words on.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { audienceWho } from '#client/rooms/people.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip } from '#client/ui/base/surfaces.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { nameIn } from '#shared/cases/case-state.ts'
import { canDeliver, canRemovePermission, canWithdraw } from '#shared/crossing/crossing-policy.ts'
import { permissionDeliver, permissionRedact } from '#shared/crossing/crossing-protocol.ts'
import { isOpen, type Permission } from '#shared/crossing/crossing-state.ts'
import { readersThere } from '#shared/crossing/permission-target.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { talkIn } from '#shared/messaging/messaging-policy.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import type { WordsToAllowNext } from './PermissionsDialog.tsx'
import { PrintedPermission } from './PrintedPermission.tsx'
import { RemoveRecord } from './RemoveRecord.tsx'
import { useTargetWords } from './use-target-words.ts'
import { useWithdrawal } from './use-withdrawal.ts'
import './crossing.css'
import './reasons.ts'

interface PermissionCardProps {
  readonly audience: Audience
  readonly permission: Permission
  /** Absent where nothing is allowed anew. */
  readonly onAllow?: (words: WordsToAllowNext) => void
}

const TONES = { given: {}, delivered: { tone: 'good' }, withdrawn: { tone: 'warn' } } as const

export function PermissionCard({ audience, permission, onAllow }: PermissionCardProps) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const whereOf = useTargetWords()
  const { may, newcomers } = useWhatMay(audience, permission)
  const { run, busy, problem } = useCommand()
  const withdrawal = useWithdrawal(audience, permission.permissionId)
  const [printing, setPrinting] = useState(false)
  const { permissionId, owner, text, to, readers, state: stage } = permission
  const names = (people: readonly ParticipantId[]) => f.list(people.map((id) => nameIn(state, id) ?? ''))
  const when = f.time(stage.stage === 'given' ? permission.at : stage.at)
  return (
    <Card as="article" who={audienceWho(state, to)} tight label={whereOf(to)}>
      <Stack gap={3}>
        <Row justify="between" wrap>
          <h3>{whereOf(to)}</h3>
          <Chip {...TONES[stage.stage]}>{t(`crossing.state.${stage.stage}`, { time: when })}</Chip>
        </Row>
        <blockquote className="crossing-words">{text}</blockquote>
        <Muted small>
          {t('crossing.allowed-by', { name: nameIn(state, owner) ?? '' })} {t('crossing.readers', { names: names(readers) })}
        </Muted>
        {newcomers.length > 0 && isOpen(permission) && (
          <Banner tone="warn">{t(owner === me.id ? 'crossing.newcomers.own' : 'crossing.newcomers', { names: names(newcomers) })}</Banner>
        )}
        {problem && <ProblemBanner problem={problem} />}
        {withdrawal.waits && <Banner icon="clock">{t('crossing.withdraw.waits')}</Banner>}
        {withdrawal.refused && (
          <Banner tone="bad" urgent onClose={withdrawal.dismiss}>
            {problemWords(withdrawal.refused, t)}
          </Banner>
        )}
        <Row wrap>
          {may.deliver && newcomers.length === 0 && (
            <Button
              kind="who"
              who={audienceWho(state, to)}
              busy={busy}
              onClick={() => void run(permissionDeliver, { audience, permissionId })}
            >
              {t('crossing.deliver')}
            </Button>
          )}
          {may.withdraw && newcomers.length > 0 && onAllow && (
            <Button onClick={() => onAllow({ words: { kind: 'own', text }, to, replaces: permissionId })}>
              {t('crossing.newcomers.allow')}
            </Button>
          )}
          {may.withdraw && !withdrawal.waits && <Button onClick={withdrawal.withdraw}>{t('crossing.withdraw')}</Button>}
          <Button kind="quiet" icon="print" onClick={() => setPrinting(true)}>
            {t('crossing.print')}
          </Button>
        </Row>
        {may.remove && !isOpen(permission) && (
          <RemoveRecord busy={busy} onRemove={() => void run(permissionRedact, { audience, permissionId })} />
        )}
      </Stack>
      {printing && <PrintedPermission permission={permission} onPrinted={() => setPrinting(false)} />}
    </Card>
  )
}

/** As the server will decide it, by what this person sees. */
function useWhatMay(audience: Audience, permission: Permission) {
  const client = useCaseClient()
  const { state, me } = useCase()
  const view = useView()
  const room = useSlice(roomFold, audience)
  const target = talkIn(view, permission.to, client.now())
  const may = {
    deliver: room !== undefined && canDeliver(me, { audience, room, phase: state.phase, permission, state, target }),
    withdraw: room !== undefined && canWithdraw(me, { audience, room }, permission),
    remove: room !== undefined && canRemovePermission(me, { audience, room, phase: state.phase }, permission),
  }
  const there = readersThere(permission.to, { view, state, now: client.now() })
  return { may, newcomers: there.filter((id) => !permission.readers.includes(id)) }
}
