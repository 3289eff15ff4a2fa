// The telephone way, which stays whatever happens to the sound here. The numbers are known to a mediator alone.
import { useTexts } from '#client/i18n/texts.tsx'
import { shownPhone } from '#client/identity/staff/tidy-phone.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { nameIn } from '#shared/cases/case-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import './calls.css'

export interface Numbers {
  readonly phones: ReadonlyMap<ParticipantId, string>
}

export function Telephone({ phones }: Numbers) {
  const t = useTexts()
  const { state } = useCase()
  const called = useShortNames()
  return (
    <>
      <p>{t('calls.telephone')}</p>
      {phones.size > 0 && (
        <p className="calls-phones">
          {[...phones].map(([id, phone]) => (
            <span key={id}>
              {called(nameIn(state, id) ?? '')} <a href={`tel:${phone}`}>{shownPhone(phone)}</a>
            </span>
          ))}
        </p>
      )}
    </>
  )
}
