// The tags of one's own notes as buttons: one tap, and only its paragraphs are shown.
import { useTexts } from '#client/i18n/texts.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import type { NoteTag } from './note-tags.ts'
import './notes.css'

interface NoteTagsProps {
  readonly counts: ReadonlyMap<NoteTag, number>
  readonly chosen: NoteTag | undefined
  readonly onChoose: (tag: NoteTag | undefined) => void
}

export function NoteTags({ counts, chosen, onChoose }: NoteTagsProps) {
  const t = useTexts()
  const { state } = useCase()
  const called = useShortNames()
  const words = (tag: NoteTag) =>
    tag === 'issue' || tag === 'offer'
      ? t(`drafting.note.tag.${tag}`)
      : `@${called(state.facts?.sides.find(({ id }) => tag === `@${id}`)?.name ?? '')}`
  if (counts.size === 0) return <p className="draft-note-hint">{t('drafting.note.tags.hint')}</p>
  return (
    <fieldset className="draft-note-tags" aria-label={t('drafting.note.tags')}>
      {[...counts].map(([tag, count]) => (
        <button key={tag} type="button" aria-pressed={tag === chosen} onClick={() => onChoose(tag === chosen ? undefined : tag)}>
          {words(tag)} <small>{count}</small>
        </button>
      ))}
    </fieldset>
  )
}
