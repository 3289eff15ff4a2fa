import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { type CaseState, nameIn } from '#shared/cases/case-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import type { Removal } from '#shared/messaging/removals.ts'

interface Reader {
  readonly t: Translate
  readonly f: Formats
  readonly state: CaseState
  /** Undefined where the words are for nobody alone, as on paper. */
  readonly me: ParticipantId | undefined
}

/** What stands in the place of a message whose words are destroyed: whose it was, who took it away, when. */
export function removedWords({ by: author }: Pick<Message, 'by'>, { by, at }: Removal, { t, f, state, me }: Reader): string {
  const nameOf = (person: ParticipantId) => (person === me ? t('messaging.you') : (nameIn(state, person) ?? t('messaging.somebody')))
  const when = f.stamp(at)
  return by === author
    ? t('messaging.removed.own', { name: nameOf(by), when })
    : t('messaging.removed', { name: nameOf(by), author: nameOf(author), when })
}
