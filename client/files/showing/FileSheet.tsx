// A file, opened: its picture or its pages, the way to save it, and behind a tap what can be checked of it.
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useFileApi } from '#client/files/file-access.ts'
import { sizeWords } from '#client/files/size-words.ts'
import { whoSees } from '#client/files/who-sees.ts'
import { saveFile } from '#client/http/save-file.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button, IconButton } from '#client/ui/actions/Button.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { Disclosure } from '#client/ui/frame/Disclosure.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import { FILE_TYPES } from '#shared/files/file-types.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import { fileDownload, filePreview } from '#shared/files/files-routes.ts'
import type { FilePost } from '#shared/files/files-state.ts'
import { inFours, typeWords } from './file-words.ts'

interface FileSheetProps {
  readonly room: RoomView
  readonly post: FilePost
  readonly file: FileFacts
  readonly onClose: () => void
}

export function FileSheet({ room, post, file, onClose }: FileSheetProps) {
  const t = useTexts()
  const api = useFileApi()
  const { caseId } = useCaseClient()
  const { run, busy, problem } = useRequest()
  const save = () =>
    run(async () => {
      const { bytes } = await api.download(fileDownload, { caseId, fileId: file.fileId })
      saveFile({ bytes, fileName: file.name }, FILE_TYPES[file.type].mediaType)
    })
  return (
    <Dialog
      title={file.name}
      size="l"
      onClose={onClose}
      actions={
        <Button kind="primary" icon="download" busy={busy} onClick={() => void save()}>
          {t('files.view.save')}
        </Button>
      }
    >
      {problem && <ProblemBanner problem={problem} />}
      <Shown file={file} />
      {post.text && <p className="files-text">{post.text}</p>}
      <Details room={room} post={post} file={file} />
      <p className="ui-muted" data-small>
        {t('files.view.save.note')}
      </p>
    </Dialog>
  )
}

function Shown({ file }: { readonly file: FileFacts }) {
  const t = useTexts()
  const pages = file.type === 'pdf' && file.hasPreview ? (file.pages ?? 0) : 0
  if (pages > 0) return <Pages file={file} pages={pages} />
  if (FILE_TYPES[file.type].kind === 'picture' && file.hasPreview) return <Picture file={file} preview="view" alt={file.name} />
  return <p>{t('files.view.no-preview')}</p>
}

function Pages({ file, pages }: { readonly file: FileFacts; readonly pages: number }) {
  const t = useTexts()
  const [page, setPage] = useState(1)
  const go = (to: number) => setPage(Math.min(pages, Math.max(1, to)))
  const keys = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowRight' || key === 'PageDown') go(page + 1)
    if (key === 'ArrowLeft' || key === 'PageUp') go(page - 1)
  }
  const words = t('files.view.page', { page, pages })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short way for hands at the keyboard; the buttons within do the same
    <div className="files-pages" onKeyDown={keys}>
      <Picture key={page} file={file} preview={`page-${page}`} alt={`${file.name}. ${words}`} />
      {pages > 1 && (
        <div className="files-pager">
          <IconButton icon="back" label={t('files.view.previous')} disabled={page === 1} onClick={() => go(page - 1)} />
          <span role="status">{words}</span>
          <IconButton icon="forward" label={t('files.view.next')} disabled={page === pages} onClick={() => go(page + 1)} />
        </div>
      )}
    </div>
  )
}

/** Kept as long as it is shown. */
function Picture({ file, preview, alt }: { readonly file: FileFacts; readonly preview: string; readonly alt: string }) {
  const t = useTexts()
  const api = useFileApi()
  const { caseId } = useCaseClient()
  const { fileId } = file
  const [shown, setShown] = useState<string | 'failed'>()
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once more
  useEffect(() => {
    let url: string | undefined
    let isOver = false
    setShown(undefined)
    api.download(filePreview, { caseId, fileId, preview }).then(
      ({ bytes }) => {
        if (isOver) return
        url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: filePreview.mediaType }))
        setShown(url)
      },
      () => !isOver && setShown('failed'),
    )
    return () => {
      isOver = true
      if (url) URL.revokeObjectURL(url)
    }
  }, [api, caseId, fileId, preview, turn])
  if (shown === 'failed') {
    return (
      <p className="files-failed" role="alert">
        {t('files.view.failed')} <Button onClick={() => setTurn(turn + 1)}>{t('files.view.again')}</Button>
      </p>
    )
  }
  const ratio = file.width && file.height ? { aspectRatio: `${file.width} / ${file.height}` } : undefined
  return (
    <div className="files-picture" style={ratio}>
      {shown === undefined ? <Loading /> : <img src={shown} alt={alt} />}
    </div>
  )
}

function Details({ room, post, file }: Omit<FileSheetProps, 'onClose'>) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const called = useShortNames()
  const lines: readonly (readonly [string, string])[] = [
    [
      t('files.view.sent'),
      [nameIn(state, post.author) ?? t('messaging.somebody'), f.stamp(post.at), ...(post.released ? [t('messaging.released')] : [])].join(
        ', ',
      ),
    ],
    [t('files.view.sees'), whoSees(room, me, { t, f, called })],
    [t('files.view.size'), `${typeWords(file, t)}, ${sizeWords(file.size, t, f)}`],
    ...(FILE_TYPES[file.type].kind === 'picture'
      ? [[t('files.view.how'), file.evidence === 'original' ? t('files.view.how.original') : t('files.view.how.cleaned')] as const]
      : []),
  ]
  return (
    <Disclosure label={t('files.view.details')}>
      <dl className="files-details">
        {lines.map(([what, words]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{words}</dd>
          </div>
        ))}
        <div>
          <dt>{t('files.view.fingerprint')}</dt>
          <dd className="files-fingerprint">{inFours(file.sha256)}</dd>
          <dd>
            <small>{t('files.view.fingerprint.note')}</small>
          </dd>
        </div>
      </dl>
    </Disclosure>
  )
}
