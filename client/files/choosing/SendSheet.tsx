// What was chosen, before anything of it leaves the device: who will see it, what it becomes, and what its person decides about it.
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { ACCEPT } from '#client/files/AttachButton.tsx'
import { useFileAccess, useFileApi } from '#client/files/file-access.ts'
import { tusWay } from '#client/files/sending/tus-way.ts'
import { createUploads } from '#client/files/sending/uploads.ts'
import { whoSees } from '#client/files/who-sees.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useReaders } from '#client/messaging/use-readers.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { LetterFault } from '#client/ui/forms/LetterFault.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import { MAX_FILE_TEXT_LENGTH } from '#shared/files/files-protocol.ts'
import { fileAllowance } from '#shared/files/files-routes.ts'
import { cleanText } from '#shared/kernel/text/clean-text.ts'
import { textProblem } from '#shared/protocol/text-reasons.ts'
import { ChosenLine } from './ChosenLine.tsx'
import { faultOf, newFileOf, type PictureKeeping } from './chosen-file.ts'
import { useChosenFiles } from './use-chosen-files.ts'
import '#client/files/reasons.ts'
import '#client/files/files.css'

interface SendSheetProps {
  readonly room: RoomView
  readonly files: readonly File[]
  readonly onClose: () => void
}

export function SendSheet({ room, files, onClose }: SendSheetProps) {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const called = useShortNames()
  const readers = useReaders(room)
  const send = useSend(room)
  const largest = useLargestFile()
  const { chosen, pictures, add, remove, keepOriginal, keepPictures } = useChosenFiles(files, (number) => t('files.photo-name', { number }))
  const [text, setText] = useState('')
  const more = useRef<HTMLInputElement>(null)
  const line = cleanText('message', text).trim()
  const letter = textProblem('message', line)
  const isFaulty = chosen.some((each) => faultOf(each, largest) !== undefined)
  const isComing = chosen.some(({ prepared, file }) => !prepared && file.size > 0)
  const missing =
    chosen.length === 0 ? t('files.sheet.nothing') : isFaulty ? t('files.sheet.take-out') : isComing ? t('files.sheet.wait') : undefined
  const press = () => {
    if (missing !== undefined || letter) return
    send(chosen.flatMap((each, nth) => newFileOf(each, nth === 0 && line !== '' ? line : undefined) ?? []))
    onClose()
  }
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    add([...(target.files ?? [])])
    target.value = ''
  }
  return (
    <Dialog
      title={t('files.sheet.title', { count: chosen.length })}
      onClose={onClose}
      actions={
        <>
          <p className="ui-missing" role="status">
            {missing}
          </p>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="who" who={room.who} disabled={missing !== undefined || letter !== undefined} onClick={press}>
            {readers.send}
          </Button>
        </>
      }
    >
      <div className="files-sheet" data-who={room.who}>
        <Ribbon who={room.who} more={readers.names}>
          {whoSees(room, me, { t, f, called })}.
        </Ribbon>
        <ul className="files-chosen">
          {chosen.map((each) => (
            <ChosenLine
              key={each.key}
              chosen={each}
              fault={faultOf(each, largest)}
              largest={largest}
              onRemove={() => remove(each.key)}
              onKeepOriginal={(keeps) => keepOriginal(each.key, keeps)}
            />
          ))}
        </ul>
        <input ref={more} type="file" multiple accept={ACCEPT} hidden tabIndex={-1} onChange={choose} />
        <Button size="s" icon="plus" onClick={() => more.current?.click()}>
          {t('files.sheet.add')}
        </Button>
        {chosen.some(({ file }) => file.type.startsWith('image/') && file.size > LARGE) && (
          <RadioGroup<PictureKeeping>
            label={t('files.sheet.large')}
            value={pictures}
            onChange={keepPictures}
            options={[
              { value: 'small', label: t('files.sheet.small') },
              { value: 'full', label: t('files.sheet.full') },
            ]}
          />
        )}
        <Field
          label={t('files.sheet.text')}
          error={letter && <LetterFault problem={letter} use="message" value={text} onChange={setText} />}
        >
          <TextInput value={text} onChange={setText} maxLength={MAX_FILE_TEXT_LENGTH} />
        </Field>
      </div>
    </Dialog>
  )
}

/** Bytes from which on it makes a difference whether a picture goes out small. */
const LARGE = 1_000_000

function useSend(room: RoomView) {
  const client = useCaseClient()
  const { freshToken } = useFileAccess()
  return (files: Parameters<ReturnType<typeof createUploads>['add']>[1]) => {
    const uploads = client.owned(createUploads)
    uploads.open(tusWay({ caseId: client.caseId, freshToken }))
    uploads.add(room.audience, files)
  }
}

/** Bytes that one file may have; unknown while the server cannot be asked: then it says so itself when the file comes. */
function useLargestFile(): number | undefined {
  const api = useFileApi()
  const { caseId } = useCaseClient()
  const [largest, setLargest] = useState<number>()
  useEffect(() => {
    let isOver = false
    api.call(fileAllowance, { caseId }).then(
      ({ largestFile }) => !isOver && setLargest(largestFile),
      () => undefined, // as above
    )
    return () => {
      isOver = true
    }
  }, [api, caseId])
  return largest
}
