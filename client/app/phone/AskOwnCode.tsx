import { useTools } from '#client/http/tools.tsx'
import { OwnCodeDialog } from '#client/identity/phone/OwnCodeDialog.tsx'
import { personView } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { personChooseCode, personShowCode } from '#shared/identity/phone-protocol.ts'

export interface AskOwnCodeShown {
  readonly isNew: boolean
  readonly isLocked: boolean
  readonly onTaken: () => void
  readonly onClose: () => void
}

export function AskOwnCode(shown: AskOwnCodeShown) {
  const { api } = useTools()
  const { state, me } = useCase()
  const participantId = me.id
  const show = async (code: string) => void (await api.call(personShowCode, { participantId, code }))
  const choose = async (code: string) => void (await api.call(personChooseCode, { participantId, code }))
  return <OwnCodeDialog {...shown} {...{ show, choose }} name={personView(state, me.id)?.name ?? ''} />
}
