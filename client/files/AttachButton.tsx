// Beside the composer: one press, and the device offers its camera, its pictures and its files. Files are pasted and dropped into the
// same talk. Nothing leaves the device here: what was chosen is shown first, with those who will see it.
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { IconButton } from '#client/ui/actions/Button.tsx'
import './attach.css'

/** What a device offers to choose from; what is taken in the end the sheet knows. */
export const ACCEPT = 'image/*,audio/*,.pdf,.docx,.xlsx,.odt,.txt,.opus'

export function AttachButton({ room, onChosen }: { room: RoomView; onChosen: (files: readonly File[]) => void }) {
  const t = useTexts()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const chosen = useRef(onChosen)
  chosen.current = onChosen
  useEffect(() => {
    const talk = input.current?.closest<HTMLElement>('.ui-talk-column')
    if (!talk) return
    const drag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(event.type === 'dragover')
      if (event.type === 'drop') give(event.dataTransfer.files)
    }
    const paste = (event: ClipboardEvent) => {
      const data = event.clipboardData
      // words from a table or a letter come with a picture of themselves
      if (data && data.files.length > 0 && !data.types.includes('text/plain')) {
        event.preventDefault()
        give(data.files)
      }
    }
    const give = (files: FileList) => {
      if (files.length > 0) chosen.current([...files])
    }
    talk.addEventListener('paste', paste)
    for (const name of DRAGS) talk.addEventListener(name, drag)
    return () => {
      talk.removeEventListener('paste', paste)
      for (const name of DRAGS) talk.removeEventListener(name, drag)
    }
  }, [])
  const change = ({ target }: ChangeEvent<HTMLInputElement>) => {
    onChosen([...(target.files ?? [])])
    // the same file can be chosen again
    target.value = ''
  }
  return (
    <>
      <input ref={input} type="file" multiple accept={ACCEPT} hidden tabIndex={-1} onChange={change} />
      <span className="files-attach" data-who={room.who} data-over={over || undefined}>
        <IconButton icon="clip" label={t('files.attach')} who={room.who} onClick={() => input.current?.click()} />
      </span>
    </>
  )
}

const DRAGS = ['dragover', 'dragleave', 'drop'] as const
