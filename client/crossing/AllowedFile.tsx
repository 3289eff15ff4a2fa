// A file that may cross, by name, size and what can be checked of it.
import { inFours, typeWords } from '#client/files/showing/file-words.ts'
import { sizeWords } from '#client/files/size-words.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Disclosure } from '#client/ui/frame/Disclosure.tsx'
import { tellsOfDevice } from '#shared/files/file-types.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import './crossing.css'

export function AllowedFile({ file }: { readonly file: FileFacts }) {
  const t = useTexts()
  const f = useFormats()
  const original = tellsOfDevice(file) ? [t('files.is-original')] : []
  return (
    <div className="crossing-words">
      <p>
        <b>{file.name}</b>
      </p>
      <p className="ui-muted" data-small>
        {[typeWords(file, t), sizeWords(file.size, t, f), ...original].join(' · ')}
      </p>
      <Disclosure label={t('files.view.fingerprint')}>
        <p className="crossing-digest">{inFours(file.sha256)}</p>
      </Disclosure>
    </div>
  )
}
