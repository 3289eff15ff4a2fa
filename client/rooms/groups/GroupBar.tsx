// What stands with a room for some, shown in it: what for and until when, who was asked and has not come. Whoever opens it has come, and is
// shown so to all in it; anybody but a mediator can leave it for good.
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { canChangeGroup, canEnterGroup, canLeaveGroup } from '#shared/rooms/group-policy.ts'
import { groupEnd, groupEnter, groupLeave } from '#shared/rooms/group-protocol.ts'
import type { Group } from '#shared/rooms/group-state.ts'
import { GroupPeople } from './GroupPeople.tsx'
import { groupIdOf } from './group-id.ts'
import { RenameGroup } from './RenameGroup.tsx'
import './groups.css'

interface GroupBarProps {
  readonly room: RoomView
  readonly group: Group
  /** Back to where everybody is. */
  readonly onBack: () => void
}

export function GroupBar({ room, group, onBack }: GroupBarProps) {
  const t = useTexts()
  const { state, me } = useCase()
  const { run, busy, problem } = useCommand()
  const [asking, ask] = useState<'people' | 'rename' | 'end' | 'leave'>()
  const roomId = groupIdOf(room.audience)
  useComing(room, group)
  const words = useGroupWords(room, group)
  const guides = canChangeGroup(me, room.audience, group, state)
  return (
    <div className="rooms-group-bar" data-who="group">
      <span role={problem ? 'alert' : undefined}>{problem ? problemWords(problem, t) : words}</span>
      <span className="rooms-group-acts">
        {room.over && (
          <Button size="s" icon="people" onClick={onBack}>
            {t('rooms.group.back')}
          </Button>
        )}
        {guides && (
          <Button size="s" icon="people" onClick={() => ask('people')}>
            {t('rooms.group.people')}
          </Button>
        )}
        {guides && (
          <Button size="s" kind="quiet" onClick={() => ask('rename')}>
            {t('rooms.group.rename')}
          </Button>
        )}
        {guides && (
          <Button size="s" kind="quiet" onClick={() => ask('end')}>
            {t('rooms.group.end')}
          </Button>
        )}
        {!room.over && canLeaveGroup(me, room.audience) && (
          <Button size="s" kind="quiet" onClick={() => ask('leave')}>
            {t('rooms.group.leave')}
          </Button>
        )}
      </span>
      {asking === 'people' && <GroupPeople room={room} group={group} onClose={() => ask(undefined)} />}
      {asking === 'rename' && <RenameGroup roomId={roomId} group={group} onClose={() => ask(undefined)} />}
      {asking === 'end' && (
        <ConfirmDialog
          title={t('rooms.group.end-title', { name: group.name })}
          cancel={t('rooms.group.go-on')}
          confirm={t('rooms.group.end')}
          busy={busy}
          problem={problem}
          act={() => run(groupEnd, { roomId })}
          onClose={() => ask(undefined)}
        >
          <p>{t('rooms.group.end-words')}</p>
        </ConfirmDialog>
      )}
      {asking === 'leave' && (
        <ConfirmDialog
          title={t('rooms.group.leave-title', { name: group.name })}
          cancel={t('rooms.group.stay')}
          confirm={t('rooms.group.leave')}
          busy={busy}
          problem={problem}
          act={() => run(groupLeave, { roomId })}
          onClose={() => ask(undefined)}
          onDone={onBack}
        >
          <p>{t('rooms.group.leave-words')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}

/** Nobody looks on unseen: whoever opens the room has come. */
function useComing(room: RoomView, group: Group) {
  const client = useCaseClient()
  const { state, me } = useCase()
  const comes = canEnterGroup(me, room.audience, group, state)
  const said = useRef(false)
  useEffect(() => {
    if (!comes || said.current) return
    said.current = true
    void client.act(groupEnter, { roomId: groupIdOf(room.audience) })
  }, [comes, client, room.audience])
}

function useGroupWords(room: RoomView, group: Group): string {
  const t = useTexts()
  const f = useFormats()
  const called = useShortNames()
  const { me } = useCase()
  if (room.over) return t('rooms.group.over')
  const awaited = room.readers.filter((person) => person.id !== me.id && !mediates(person) && group.entered[person.id] === undefined)
  const until =
    group.end.way === 'at'
      ? t('rooms.group.until', { time: f.time(group.end.at) })
      : group.end.way === 'session'
        ? t('rooms.group.until-session')
        : undefined
  return [group.purpose, until, awaited.length > 0 && t('rooms.group.awaited', { names: f.list(awaited.map(({ name }) => called(name))) })]
    .filter(Boolean)
    .join(' · ')
}
