// Before words are put where all read them: if they come from a private room of this device, it asks once. It looks only at what is pasted
// or dropped, in what this device holds; nothing is sent, and nothing is kept but, until the page is closed, what was agreed to.
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { crossingFold, wordingsIn } from '#shared/crossing/crossing-state.ts'
import { type Audience, audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { isConversation } from '#shared/messaging/messaging-policy.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { carriedBy, type Insertion, insertionOf } from './insertion.ts'
import { roomOfWords } from './words-of-caucus.ts'
import '../crossing.css'

/** `where`: the fields that all read, as a selector. */
export function PasteGuard({ where }: { readonly where: string }) {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const [asked, ask] = useState<{ readonly insertion: Insertion; readonly room: Audience }>()
  const confirmed = useRef<Insertion>(undefined)
  const agreed = useRef<string[]>([])

  const meets = useEffectEvent((event: ClipboardEvent | DragEvent) => {
    const insertion = insertionOf(event, where)
    if (!insertion) return
    const textsIn = (audience: Audience) => valuesOf((view.state(messagingFold, audience) ?? messagingFold.initial).messages)
    const apart = view.audiences().flatMap((audience) => {
      if (!isConversation(audience) || audience === 'all') return []
      const wordings = wordingsIn(view.state(crossingFold, audience) ?? crossingFold.initial)
      return [...textsIn(audience), ...wordings].flatMap(({ text }) => (text === undefined ? [] : [{ audience, text }]))
    })
    const shared = [...textsIn('all').flatMap(({ text }) => text ?? []), insertion.textThere, ...agreed.current]
    const room = roomOfWords(insertion.text, apart, shared)
    if (room === undefined) return
    event.preventDefault()
    event.stopImmediatePropagation()
    ask({ insertion, room })
  })
  useEffect(() => {
    const met = (event: Event) => meets(event as ClipboardEvent | DragEvent) // by the two names below
    document.addEventListener('paste', met, true)
    document.addEventListener('drop', met, true)
    return () => {
      document.removeEventListener('paste', met, true)
      document.removeEventListener('drop', met, true)
    }
  }, [])
  // once the dialog has given the focus back
  useEffect(() => {
    if (asked || !confirmed.current) return
    const insertion = confirmed.current
    confirmed.current = undefined
    insertion.insert()
  }, [asked])
  useEffect(() => carriedBy(document), [])

  if (!asked) return null
  const { insertion, room } = asked
  return (
    <ConfirmDialog
      title={t('crossing.paste.title')}
      kind="who"
      who="joint"
      cancel={t('crossing.paste.keep')}
      confirm={t('crossing.paste.do')}
      busy={false}
      act={async () => {
        agreed.current = [...agreed.current, insertion.text]
        confirmed.current = insertion
        return true
      }}
      onClose={() => ask(undefined)}
    >
      <p>{t('crossing.paste.words', { room: mediates(me) ? nameOf(room, state) : t('crossing.paste.mediator') })}</p>
      <blockquote className="crossing-words">{insertion.text.slice(0, SHOWN)}</blockquote>
      <p>{t('crossing.paste.all')}</p>
    </ConfirmDialog>
  )
}

const SHOWN = 600

function nameOf(room: Audience, { facts }: ReturnType<typeof useCase>['state']): string {
  const subject = audienceSubject(room)
  const known = audienceKind(room) === 'side' ? facts?.sides : facts?.people
  return known?.find(({ id }) => id === subject)?.name ?? ''
}
