import { type DragEvent, useId, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { ChosenFile } from './check-file.ts'

export function FileDrop({ file, onChoose }: { file: ChosenFile | undefined; onChoose: (file: File) => void }) {
  const t = useTexts()
  const id = useId()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [first] = event.dataTransfer.files
    if (first) onChoose(first)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the file field inside, which keyboard and screen reader use
    <div
      className="verify-drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="file" size="l" />
      <div className="verify-drop-words">
        <strong>{file ? file.name : t('verify.drop')}</strong>
        <small>{file ? t('verify.size', { kilobytes: Math.ceil(file.size / 1000) }) : t('verify.drop.note')}</small>
      </div>
      <span className="verify-choose">
        <input
          id={id}
          type="file"
          className="ui-hidden"
          accept=".zip,application/zip"
          onChange={(event) => {
            const [first] = event.target.files ?? []
            if (first) onChoose(first)
            event.target.value = '' // the same file chosen again, after a repair, is a new choice
          }}
        />
        <label htmlFor={id} className="ui-button" data-kind={file ? 'plain' : 'primary'}>
          <span>{file ? t('verify.choose-other') : t('verify.choose')}</span>
        </label>
      </span>
    </div>
  )
}
