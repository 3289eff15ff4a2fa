// A mediator gives a room for some another name, or another purpose.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import type { RoomId } from '#shared/kernel/ids.ts'
import { groupRename } from '#shared/rooms/group-protocol.ts'
import type { Group } from '#shared/rooms/group-state.ts'
import { GroupNameFields, groupNameOf } from './GroupNameFields.tsx'

export function RenameGroup({ roomId, group, onClose }: { roomId: RoomId; group: Group; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const [typed, setTyped] = useState({ name: group.name, purpose: group.purpose ?? '' })
  const fault = { name: wordsAt('name', problem, t), purpose: wordsAt('purpose', problem, t) }
  return (
    <ConfirmDialog
      title={t('rooms.group.rename-title')}
      confirm={t('rooms.group.rename-do')}
      busy={busy}
      missing={typed.name.trim() === '' && t('rooms.group.missing-name')}
      problem={fault.name || fault.purpose ? undefined : problem}
      act={() => run(groupRename, { roomId, ...groupNameOf(typed) })}
      onClose={onClose}
    >
      <p>{t('rooms.group.rename-words')}</p>
      <GroupNameFields value={typed} onChange={setTyped} fault={fault} />
    </ConfirmDialog>
  )
}
