// Before a private talk the mediator is reminded of the telephone: the common call still carries every word to the other side.
import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { shownPhone } from '#client/identity/staff/tidy-phone.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { sideWho } from '#client/rooms/people.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { peopleOf } from '#shared/cases/case-state.ts'
import { caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { inRoom } from '#shared/rooms/room-state.ts'
import { SayApart } from './SayApart.tsx'
import './caucus.css'

interface InviteDialogProps {
  readonly sideId: SideId
  /** What is done for all alike before anybody is invited, and what is said of it. */
  readonly first?: CommandDefinition<WireName, Readonly<Record<string, never>>>
  readonly about?: ReactNode
  readonly phones: ReadonlyMap<ParticipantId, string>
  readonly onClose: () => void
  readonly onInvited: () => void
}

export function InviteDialog({ sideId, first, about, phones, onClose, onInvited }: InviteDialogProps) {
  const t = useTexts()
  const { state } = useCase()
  const view = useView()
  const { run, busy, problem } = useCommand()
  const side = state.facts?.sides.find(({ id }) => id === sideId)
  const people = peopleOf(state, sideId).filter(({ id }) => inRoom(view, sideAudience(sideId), id))
  const byPhone = state.facts?.voice === 'phone'
  return (
    <ConfirmDialog
      title={t('caucus.invite.title', { side: side?.name ?? '' })}
      kind="who"
      who={sideWho(state, sideId)}
      icon="lock"
      confirm={t('caucus.invite.do')}
      busy={busy}
      problem={problem}
      act={async () => (!first || (await run(first, {}))) && (await run(caucusInvite, { sideId }))}
      onClose={onClose}
      onDone={onInvited}
    >
      <p>{t('caucus.invite.words')}</p>
      {about}
      {byPhone && (
        <ol className="caucus-steps">
          <li>{t('caucus.invite.end-call')}</li>
          <li>
            {t('caucus.invite.call-alone')}
            {people.map(({ id, name }) => {
              const phone = phones.get(id)
              return (
                <span key={id} className="caucus-phone">
                  {name}
                  {phone ? <a href={`tel:${phone}`}>{shownPhone(phone)}</a> : <span>{t('caucus.invite.no-number')}</span>}
                </span>
              )
            })}
          </li>
          <li>{t('caucus.phone.connection-may-go')}</li>
        </ol>
      )}
      <SayApart />
    </ConfirmDialog>
  )
}
