import { type DragEvent, useId, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { visibleText } from '#shared/kernel/text/visible-text.ts'
import { type Chosen, chosenFile, chosenFolder } from './check-file.ts'
import { droppedFiles } from './dropped-files.ts'

export function FileDrop({ chosen, onChoose }: { chosen: Chosen | undefined; onChoose: (reading: Promise<Chosen>) => void }) {
  const t = useTexts()
  const id = useId()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const dropped = droppedFiles(event.dataTransfer)
    if (dropped) onChoose(dropped.kind === 'file' ? chosenFile(dropped.file) : dropped.files.then(chosenFolder))
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
        <strong>
          {chosen
            ? chosen.kind === 'file'
              ? visibleText(chosen.name)
              : t('verify.drop.files', { count: chosen.files.length })
            : t('verify.drop')}
        </strong>
        <small>{chosen ? t('verify.size', { kilobytes: Math.ceil(chosen.size / 1000) }) : t('verify.drop.note')}</small>
      </div>
      <span className="verify-choose">
        <input
          id={id}
          type="file"
          className="ui-hidden"
          accept=".zip,application/zip"
          onChange={(event) => {
            const [first] = event.target.files ?? []
            if (first) onChoose(chosenFile(first))
            event.target.value = '' // the same file chosen again, after a repair, is a new choice
          }}
        />
        <label htmlFor={id} className="ui-button" data-kind={chosen ? 'plain' : 'primary'}>
          <span>{chosen ? t('verify.choose-other') : t('verify.choose')}</span>
        </label>
      </span>
    </div>
  )
}
