// One permission with its state and what its reader can do about it: its owner takes it back, the mediator passes it on.
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
import { type FilesState, filesFold } from '#shared/files/files-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { valueAt, valuesOf } from '#shared/log/seq-map.ts'
import { talkIn } from '#shared/messaging/messaging-policy.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import type { WhatToShow } from './AllowDialog.tsx'
import { AllowedFile } from './AllowedFile.tsx'
import type { AllowNext } from './PermissionsDialog.tsx'
import { PrintedPermission } from './PrintedPermission.tsx'
import { RemoveRecord } from './RemoveRecord.tsx'
import { useTargetWords } from './use-target-words.ts'
import { useWithdrawal } from './use-withdrawal.ts'
import './crossing.css'
import './reasons.ts'
import '#client/files/reasons.ts'

interface PermissionCardProps {
  readonly audience: Audience
  readonly permission: Permission
  /** Absent where nothing is allowed anew. */
  readonly onAllow?: (next: AllowNext) => void
}

const TONES = { given: {}, delivered: { tone: 'good' }, withdrawn: { tone: 'warn' } } as const

export function PermissionCard({ audience, permission, onAllow }: PermissionCardProps) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const whereOf = useTargetWords()
  const { may, newcomers, isGone } = useWhatMay(audience, permission)
  const { run, busy, problem } = useCommand()
  const withdrawal = useWithdrawal(audience, permission.permissionId)
  const [printing, setPrinting] = useState(false)
  const { permissionId, owner, to, readers, state: stage } = permission
  const isFile = permission.kind === 'file'
  const names = (people: readonly ParticipantId[]) => f.list(people.map((id) => nameIn(state, id) ?? ''))
  const when = f.time(stage.stage === 'given' ? permission.at : stage.at)
  return (
    <Card as="article" who={audienceWho(state, to)} tight label={whereOf(to)}>
      <Stack gap={3}>
        <Row justify="between" wrap>
          <h3>{whereOf(to)}</h3>
          <Chip {...TONES[stage.stage]}>{t(`crossing.state.${stage.stage}`, { time: when })}</Chip>
        </Row>
        {permission.kind === 'words' ? (
          <blockquote className="crossing-words">{permission.text}</blockquote>
        ) : (
          <AllowedFile file={permission.file} />
        )}
        <Muted small>
          {t('crossing.allowed-by', { name: nameIn(state, owner) ?? '' })}{' '}
          {t(isFile ? 'crossing.readers.file' : 'crossing.readers', { names: names(readers) })}
        </Muted>
        {isGone && isOpen(permission) && <Banner tone="warn">{t('crossing.file-gone')}</Banner>}
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
          {may.deliver && newcomers.length === 0 && !isGone && (
            <Button
              kind="who"
              who={audienceWho(state, to)}
              busy={busy}
              onClick={() => void run(permissionDeliver, { audience, permissionId, seq: permission.seq })}
            >
              {t(isFile ? 'crossing.deliver.file' : 'crossing.deliver')}
            </Button>
          )}
          {may.withdraw && newcomers.length > 0 && !isGone && onAllow && (
            <Button onClick={() => onAllow({ what: againOf(permission), to, replaces: permissionId })}>
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
  const { posts, removals } = useSlice(filesFold, audience) ?? filesFold.initial
  const isGone = permission.kind === 'file' && isTakenAway(posts, removals, permission.place)
  return { may, isGone, newcomers: there.filter((id) => !permission.readers.includes(id)) }
}

/** As far as this device knows the room: what it has not read yet stands, and the server looks again. */
function isTakenAway(
  posts: FilesState['posts'],
  removals: FilesState['removals'],
  { epoch, seq }: { epoch: number; seq: number },
): boolean {
  return valueAt(posts, seq)?.removed !== undefined || valuesOf(removals).some(({ named }) => named.epoch === epoch && named.seq === seq)
}

/** The very same, to be allowed for more people. */
function againOf(permission: Permission): WhatToShow {
  return permission.kind === 'file' ? { kind: 'file', file: permission.file } : { kind: 'own', text: permission.text }
}
