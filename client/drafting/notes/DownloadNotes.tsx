// One's own notes leave Bitim on purpose alone: it is said before what the file is and that nobody here can hide or delete it.
import { saveFile } from '#client/http/save-file.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { noteFile } from './note-file.ts'

export function DownloadNotes({ blocks, onClose }: { blocks: readonly DocumentBlock[]; onClose: () => void }) {
  const t = useTexts()
  const f = useFormats()
  const { now } = useCaseClient()
  const { state } = useCase()
  const save = async () => {
    const head = [t('drafting.note.file.what', { title: state.facts?.title ?? '', date: f.stamp(now()) }), t('drafting.note.file.left')]
    saveFile(noteFile(blocks, head), 'text/plain;charset=utf-8')
    return true
  }
  return (
    <ConfirmDialog
      title={t('drafting.note.download.title')}
      confirm={t('drafting.note.download.do')}
      busy={false}
      act={save}
      onClose={onClose}
    >
      <p>{t('drafting.note.download.words')}</p>
    </ConfirmDialog>
  )
}
