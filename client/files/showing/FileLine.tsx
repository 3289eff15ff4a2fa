// A file where it stands in the conversation: a line of its own, with who sees it.
import { useState } from 'react'
import { sizeWords } from '#client/files/size-words.ts'
import { whoSees } from '#client/files/who-sees.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useMayRemove } from '#client/messaging/RemoveMessage.tsx'
import { placeOf } from '#client/messaging/removal-place.ts'
import { personView } from '#client/rooms/people.ts'
import { roleWords } from '#client/rooms/role-words.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useConnected } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Menu, type MenuItem } from '#client/ui/actions/Menu.tsx'
import { OthersMessage, OwnMessage, RemovedMessage } from '#client/ui/talk/Message.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import type { FilePost } from '#shared/files/files-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { FileSheet } from './FileSheet.tsx'
import { typeWords } from './file-words.ts'
import { RemoveFileDialog } from './RemoveFileDialog.tsx'
import { Thumbnail } from './Thumbnail.tsx'
import '#client/files/files.css'

interface FileLineProps {
  readonly room: RoomView
  readonly post: FilePost
  /** What capabilities to the right do with a file of one's own. */
  readonly items: (file: FileFacts) => readonly MenuItem[]
}

export function FileLine({ room, post, items }: FileLineProps) {
  const { file } = post
  if (file) return <Standing room={room} post={post} file={file} items={items} />
  return post.removed ? <Removed post={post} removal={post.removed} /> : null
}

function Standing({ room, post, file, items }: FileLineProps & { readonly file: FileFacts }) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const called = useShortNames()
  const connected = useConnected()
  const mayRemove = useMayRemove(room.audience)(post.by)
  const [open, setOpen] = useState<'sheet' | 'removing'>()
  const author = personView(state, post.author)
  const isMine = post.by === me.id && !post.released
  const name = author?.name ?? t('messaging.somebody')
  const time = { seq: post.seq, time: f.time(post.at), timeTitle: f.stamp(post.at) }
  const close = () => setOpen(undefined)
  const acts: readonly MenuItem[] = [
    ...(isMine ? items(file) : []),
    ...(mayRemove
      ? [{ id: 'remove', label: t('files.remove'), icon: 'trash' as const, danger: true, onSelect: () => setOpen('removing') }]
      : []),
  ]
  const more = acts.length > 0 && (
    <Menu label={t('messaging.menu', { author: isMine ? t('messaging.you') : name, time: f.time(post.at) })} items={acts} />
  )
  const body = <FileCard room={room} post={post} file={file} onOpen={() => setOpen('sheet')} />
  const role = author ? roleWords(author, t, called) : ''
  const sees = whoSees(room, me, { t, f, called })
  return (
    <>
      {isMine ? (
        <OwnMessage {...time} label={t('files.you-sent')} more={more} stateWords={sees}>
          {body}
        </OwnMessage>
      ) : (
        <OthersMessage
          {...time}
          who={author?.who ?? 'self'}
          name={called(name)}
          wholeName={name}
          note={post.released ? `${role} · ${t('messaging.released')}` : role}
          away={author !== undefined && !connected.has(author.id)}
          more={more}
          foot={<span>{sees}</span>}
        >
          {body}
        </OthersMessage>
      )}
      {open === 'sheet' && <FileSheet room={room} post={post} file={file} onClose={close} />}
      {open === 'removing' && <RemoveFileDialog room={room} post={post} file={file} onClose={close} />}
    </>
  )
}

interface FileCardProps extends Omit<FileLineProps, 'items'> {
  readonly file: FileFacts
  readonly onOpen: () => void
}

function FileCard({ room, post, file, onOpen }: FileCardProps) {
  const t = useTexts()
  const f = useFormats()
  const size = sizeWords(file.size, t, f)
  return (
    <div className="files-card">
      <Thumbnail shown={{ audience: room.audience, seq: post.seq, fileId: file.fileId }} file={file} />
      <button type="button" className="files-card-words" aria-label={t('files.open', { name: file.name, size })} onClick={onOpen}>
        <b>{file.name}</b>
        <small>
          {[typeWords(file, t), size, file.evidence === 'original' && file.width ? t('files.is-original') : ''].filter(Boolean).join(' · ')}
        </small>
      </button>
      {post.text && <p className="files-text">{post.text}</p>}
    </div>
  )
}

function Removed({ post, removal }: { readonly post: FilePost; readonly removal: NonNullable<FilePost['removed']> }) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const called = (person: ParticipantId) => (person === me.id ? t('messaging.you') : (nameIn(state, person) ?? t('messaging.somebody')))
  const when = f.stamp(removal.at)
  return (
    <RemovedMessage id={placeOf(post)} timeTitle={f.stamp(post.at)}>
      {removal.by === post.by
        ? t('files.removed.own', { name: called(removal.by), when })
        : t('files.removed', { name: called(removal.by), author: called(post.by), when })}
    </RemovedMessage>
  )
}
