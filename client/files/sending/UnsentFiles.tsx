// The files of a room that are on their way, below what was said: how far each has come, in true words, and what its person can do.

import { useEffect } from 'react'
import { sizeWords } from '#client/files/size-words.ts'
import { whoSees } from '#client/files/who-sees.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useReaders } from '#client/messaging/use-readers.ts'
import { useCaseClient, useConnectionState, useDeviceKeeps, useSlice } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import { OwnMessage } from '#client/ui/talk/Message.tsx'
import { filesFold } from '#shared/files/files-state.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { type FileToSend, isSetAside } from './file-to-send.ts'
import { createUploads, mayGoAgain, type Uploads } from './uploads.ts'
import '#client/files/reasons.ts'
import '#client/files/files.css'

export function UnsentFiles({ room }: { readonly room: RoomView }) {
  const uploads = useCaseClient().owned(createUploads)
  const { posts } = useSlice(filesFold, room.audience) ?? filesFold.initial
  // its event may have come before its answer: it is drawn once, by the event
  const isThere = ({ fileId }: FileToSend) => fileId !== undefined && valuesOf(posts).some(({ file }) => file?.fileId === fileId)
  return useStore(uploads).flatMap((file) =>
    file.audience === room.audience && !isThere(file) ? [<UnsentFile key={file.key} room={room} file={file} uploads={uploads} />] : [],
  )
}

interface UnsentFileProps {
  readonly room: RoomView
  readonly file: FileToSend
  readonly uploads: Uploads
}

function UnsentFile({ room, file, uploads }: UnsentFileProps) {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const called = useShortNames()
  const words = useStateWords(file, uploads)
  const aside = isSetAside(file)
  return (
    <OwnMessage
      label={t('files.you-sent')}
      time={f.time(file.pressedAt)}
      timeTitle={f.stamp(file.pressedAt)}
      state={aside ? 'refused' : 'waiting'}
      stateWords={words}
      foot={aside ? <SetAside room={room} file={file} uploads={uploads} /> : <OnItsWay file={file} uploads={uploads} />}
    >
      <div className="files-unsent">
        <b>{file.name}</b>
        <small>
          {sizeWords(file.size, t, f)} · {whoSees(room, me, { t, f, called })}
        </small>
        {file.state.kind === 'sending' && <progress max={file.size} value={file.state.bytes} aria-label={file.name} />}
        {file.text && <p className="files-text">{file.text}</p>}
      </div>
    </OwnMessage>
  )
}

/** Computed from what is true now: of the queue, the line and what this device keeps. */
function useStateWords(file: FileToSend, uploads: Uploads): string {
  const t = useTexts()
  const live = useConnectionState().kind === 'live'
  const keeps = useDeviceKeeps()
  const kept = keeps && uploads.isKept(file.key)
  /** That it is kept is of interest while nothing goes; that it is not, always. */
  const withKept = (words: string, isStill = false) =>
    kept ? (isStill ? `${words}; ${t('files.state.kept')}` : words) : `${words}; ${t('files.state.not-kept')}`
  switch (file.state.kind) {
    case 'held':
      return t('files.state.held')
    case 'waiting':
      return live ? withKept(t('messaging.state.next')) : withKept(t('messaging.state.no-connection'), true)
    case 'sending':
      return withKept(t('files.state.sending', { percent: Math.floor((100 * file.state.bytes) / Math.max(1, file.size)) }))
    case 'checking':
      return t('files.state.checking')
    case 'posting':
      return t('messaging.state.sending')
    case 'stopped':
    case 'refused':
      return t('messaging.state.refused')
  }
}

function OnItsWay({ file, uploads }: Pick<UnsentFileProps, 'file' | 'uploads'>) {
  const t = useTexts()
  if (file.state.kind === 'posting') return null
  if (file.state.kind !== 'held') {
    return (
      <Button size="s" kind="quiet" icon="x" onClick={() => uploads.cancel(file.key)}>
        {t('files.cancel')}
      </Button>
    )
  }
  return <TakeBack file={file} uploads={uploads} />
}

function TakeBack({ file, uploads }: Pick<UnsentFileProps, 'file' | 'uploads'>) {
  const t = useTexts()
  useEffect(() => () => uploads.look(false), [uploads])
  const look = { onFocus: () => uploads.look(true), onMouseEnter: () => uploads.look(true) }
  const leave = { onBlur: () => uploads.look(false), onMouseLeave: () => uploads.look(false) }
  return (
    <Button size="s" icon="undo" {...look} {...leave} onClick={() => uploads.cancel(file.key)}>
      {t('files.take-back')}
    </Button>
  )
}

/** What stands between it and the room, and what to do. */
function SetAside({ room, file, uploads }: UnsentFileProps) {
  const t = useTexts()
  const readers = useReaders(room)
  const problem = file.state.kind === 'refused' ? file.state.problem : undefined
  const newReaders = problem?.reason === 'messaging/readers-changed'
  const again = !problem || mayGoAgain(problem)
  return (
    <section className="files-refused" aria-label={t('files.refused.title')}>
      <p>{problem ? refusedWords(problem, t) : t('files.state.stopped')}</p>
      <div className="files-acts">
        {again && (
          <Button size="s" kind={newReaders || !problem ? 'who' : 'plain'} who={room.who} onClick={() => uploads.again(file.key)}>
            {newReaders ? t('messaging.refused.send-anyway') : problem ? t('messaging.refused.again') : readers.send}
          </Button>
        )}
        <Button size="s" kind="quiet" icon="trash" onClick={() => uploads.cancel(file.key)}>
          {t('messaging.refused.discard')}
        </Button>
      </div>
    </section>
  )
}

function refusedWords(problem: Problem, t: ReturnType<typeof useTexts>): string {
  if (problem.kind === 'not-found') return t('files.refused.room-gone')
  const { names } = problem.details ?? {}
  if (problem.reason === 'messaging/readers-changed' && Array.isArray(names))
    return t('files.reason.readers-changed', { names: names.join(', ') })
  return problemWords(problem, t)
}
