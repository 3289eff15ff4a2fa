import { type DragEvent, useId, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { visibleText } from '#shared/kernel/text/visible-text.ts'
import { type Chosen, chosenFile, chosenFolder, chosenFrom } from './check-file.ts'
import { droppedFiles } from './dropped-files.ts'

export function FileDrop({ chosen, onChoose }: { chosen: Chosen | undefined; onChoose: (reading: Promise<Chosen>) => void }) {
  const t = useTexts()
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
      <div className="verify-choose">
        <FileChooser kind={chosen ? 'plain' : 'primary'} label={t(chosen ? 'verify.choose-other' : 'verify.choose')} onChoose={onChoose} />
        {choosesFolders() && <FileChooser kind="plain" label={t('verify.choose-folder')} ofFolder onChoose={onChoose} />}
      </div>
    </div>
  )
}

interface FileChooserProps {
  kind: 'primary' | 'plain'
  label: string
  /** A folder with all that is in it. */
  ofFolder?: boolean
  onChoose: (reading: Promise<Chosen>) => void
}

/** Whatever it is, it may be chosen: the answer says what it is. A list of kinds would keep away what a device does not know. */
function FileChooser({ kind, label, ofFolder = false, onChoose }: FileChooserProps) {
  const id = useId()
  return (
    <span>
      <input
        id={id}
        type="file"
        multiple
        className="ui-hidden"
        // React knows the attribute by its name in HTML alone.
        {...(ofFolder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const reading = chosenFrom(event.target.files ?? [])
          if (reading) onChoose(reading)
          event.target.value = '' // the same file chosen again, after a repair, is a new choice
        }}
      />
      <label htmlFor={id} className="ui-button" data-kind={kind}>
        <span>{label}</span>
      </label>
    </span>
  )
}

function choosesFolders(): boolean {
  return 'webkitdirectory' in HTMLInputElement.prototype
}
