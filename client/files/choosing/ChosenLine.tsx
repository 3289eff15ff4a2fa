// One chosen file: what it looks like, what it becomes, whether it is kept as evidence.
import { useEffect, useState } from 'react'
import { sizeWords } from '#client/files/size-words.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { FILE_TYPES, typeByName } from '#shared/files/file-types.ts'
import { type ChosenFault, type ChosenFile, nameOf } from './chosen-file.ts'

interface ChosenLineProps {
  readonly chosen: ChosenFile
  readonly fault: ChosenFault | undefined
  readonly largest: number | undefined
  readonly onRemove: () => void
  readonly onKeepOriginal: (keeps: boolean) => void
}

export function ChosenLine({ chosen, fault, largest, onRemove, onKeepOriginal }: ChosenLineProps) {
  const t = useTexts()
  const f = useFormats()
  const { file, prepared, keepsOriginal } = chosen
  const name = nameOf(chosen)
  const picture = usePictureUrl(prepared?.kind === 'ready' && prepared.isPicture ? prepared.content : undefined)
  const mayKeep = file.type.startsWith('image/') || (prepared?.kind === 'ready' && prepared.isPicture) || prepared?.kind === 'unreadable'
  return (
    <li className="files-chosen-line">
      <span className="files-thumb" aria-hidden="true">
        {picture ? <img src={picture} alt="" /> : <Icon name="file" />}
      </span>
      <span className="files-chosen-words">
        <b>{name}</b>
        <small>{sizesOf(chosen, t, f)}</small>
        {fault ? (
          <small className="files-fault" role="alert">
            {faultWords(fault, largest, t)}
          </small>
        ) : (
          <small>{fateOf(chosen, t)}</small>
        )}
      </span>
      <IconButton icon="x" label={t('files.sheet.remove', { name })} onClick={onRemove} />
      {mayKeep && fault !== 'files/type-not-taken' && (
        <Checkbox checked={keepsOriginal} onChange={onKeepOriginal} note={keepsOriginal && t('files.sheet.keep-original.note')}>
          {t('files.sheet.keep-original')}
        </Checkbox>
      )}
    </li>
  )
}

type Texts = ReturnType<typeof useTexts>

function sizesOf({ file, prepared }: ChosenFile, t: Texts, f: ReturnType<typeof useFormats>): string {
  const before = sizeWords(file.size, t, f)
  const size = prepared?.kind === 'ready' ? sizeWords(prepared.content.size, t, f) : before
  return size === before ? size : t('files.sheet.smaller', { size, before })
}

/** What happens to it on this device, in words that follow from what was done. */
function fateOf({ file, prepared }: ChosenFile, t: Texts): string {
  if (prepared?.kind !== 'ready') return t('files.sheet.preparing')
  const type = typeByName(file.name)
  if (type && FILE_TYPES[type].kind === 'sound') return t('files.sheet.sound')
  if (!prepared.isPicture) return t('files.sheet.document')
  return prepared.isOriginal ? t('files.sheet.original') : t('files.sheet.cleaned')
}

function faultWords(fault: ChosenFault, largest: number | undefined, t: Texts): string {
  switch (fault) {
    case 'unreadable':
      return t('files.sheet.unreadable')
    case 'too-many-points':
      return t('files.sheet.too-many-points')
    case 'files/empty':
      return t('files.reason.empty')
    case 'files/type-not-taken':
      return t('files.reason.type-not-taken')
    case 'files/too-large':
      return t('files.reason.too-large', { megabytes: Math.floor((largest ?? 0) / 1_000_000) })
  }
}

/** An address of what lies in memory, given back as soon as it is not shown any more. */
function usePictureUrl(content: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!content) return
    const made = URL.createObjectURL(content)
    setUrl(made)
    return () => {
      URL.revokeObjectURL(made)
      setUrl(undefined)
    }
  }, [content])
  return url
}
