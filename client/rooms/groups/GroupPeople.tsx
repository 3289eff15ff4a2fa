// Who is in a room for some: the mediator asks more people over, and releases people from it.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { everybody, type PersonView } from '#client/rooms/people.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { PersonLine } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { presentPersonIn } from '#shared/cases/case-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { isInvitable } from '#shared/rooms/group-policy.ts'
import { groupInvite, groupRelease } from '#shared/rooms/group-protocol.ts'
import type { Group } from '#shared/rooms/group-state.ts'
import { groupIdOf } from './group-id.ts'

export function GroupPeople({ room, group, onClose }: { room: RoomView; group: Group; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const outside = useInvitable().filter(({ id }) => room.readers.every((reader) => reader.id !== id))
  const [chosen, setChosen] = useState<ReadonlySet<ParticipantId>>(new Set())
  const roomId = groupIdOf(room.audience)
  return (
    <ConfirmDialog
      title={t('rooms.group.people-title', { name: group.name })}
      confirm={t('rooms.group.invite')}
      cancel={t('rooms.group.done')}
      busy={busy}
      missing={chosen.size === 0 && t('rooms.group.invite-missing')}
      act={() => run(groupInvite, { roomId, people: [...chosen] })}
      onClose={onClose}
    >
      {problem && <ProblemBanner problem={problem} />}
      <Stack gap={2}>
        {room.readers.map((person) => (
          <PersonLine
            key={person.id}
            name={person.name}
            who={person.who}
            note={mediates(person) ? t('rooms.role.mediator') : t(group.entered[person.id] ? 'rooms.group.in' : 'rooms.group.asked')}
            end={
              !mediates(person) && (
                <Button size="s" kind="quiet" busy={busy} onClick={() => void run(groupRelease, { roomId, participantId: person.id })}>
                  {t('rooms.group.release')}
                </Button>
              )
            }
          />
        ))}
      </Stack>
      {outside.length > 0 && <ChosenPeople people={outside} chosen={chosen} onChange={setChosen} />}
      {outside.length > 0 && <p>{t('rooms.group.invite-words')}</p>}
    </ConfirmDialog>
  )
}

interface ChosenPeopleProps {
  readonly people: readonly PersonView[]
  readonly chosen: ReadonlySet<ParticipantId>
  readonly onChange: (chosen: ReadonlySet<ParticipantId>) => void
}

export function ChosenPeople({ people, chosen, onChange }: ChosenPeopleProps) {
  const t = useTexts()
  return (
    <fieldset className="rooms-group-people">
      <legend>{t('rooms.group.who-asked')}</legend>
      {people.map((person) => (
        <Checkbox
          key={person.id}
          framed
          checked={chosen.has(person.id)}
          note={person.side && person.side.name !== person.name ? person.side.name : undefined}
          onChange={(on) => onChange(new Set(on ? [...chosen, person.id] : [...chosen].filter((id) => id !== person.id)))}
        >
          {person.name}
        </Checkbox>
      ))}
    </fieldset>
  )
}

/** Whoever was let into a room of the case, in its order. */
export function useInvitable(): readonly PersonView[] {
  const { state } = useCase()
  const view = useView()
  return everybody(state).filter(({ id }) => {
    const person = presentPersonIn(state, id)
    return person !== undefined && isInvitable(view, person)
  })
}
