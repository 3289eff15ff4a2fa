// What of a room is locked for everybody but the mediators. Whoever cannot lock sees nothing here: in the room a line tells them.
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { canLock, isLocked } from '#shared/rooms/lock-policy.ts'
import { LOCK_KINDS, roomLock, roomUnlock } from '#shared/rooms/lock-protocol.ts'
import { useCase, useView } from './use-room.ts'

export function Locks({ audience }: { audience: Audience }) {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const { run, problem } = useCommand()
  const kinds = LOCK_KINDS.filter((what) => canLock(me, audience, what, state.phase))
  if (kinds.length === 0) return null
  const locked = kinds.filter((what) => isLocked(view, audience, what))
  return (
    <div className="rooms-locks">
      <Menu
        label={t('rooms.locks.title')}
        icon="lock"
        text={locked.length === 0 ? t('rooms.locks.none') : locked.map((what) => t(`rooms.locks.${what}`)).join(', ')}
        items={kinds.map((what) => ({
          id: what,
          label: t(`rooms.locks.lock.${what}`),
          checked: locked.includes(what),
          alone: true,
          onSelect: () => void run(locked.includes(what) ? roomUnlock : roomLock, { audience, what }),
        }))}
      />
      {problem && <p role="alert">{problemWords(problem, t)}</p>}
    </div>
  )
}
