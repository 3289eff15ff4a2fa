// The small picture of a file: fetched when it comes near what is seen, on a weak line when somebody asks for it. Its place has its size
// before it is there, so that nothing moves.
import { useEffect, useRef, useState } from 'react'
import { useFileApi } from '#client/files/file-access.ts'
import { isWeakLine } from '#client/http/saves-data.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import { createPreviews, type ShownFile } from './previews.ts'
import { useNear } from './use-near.ts'

interface ThumbnailProps {
  readonly shown: ShownFile
  readonly file: FileFacts
}

export function Thumbnail({ shown, file }: ThumbnailProps) {
  const t = useTexts()
  const box = useRef<HTMLSpanElement>(null)
  const near = useNear(box)
  const [asked, setAsked] = useState(() => !isWeakLine(navigator))
  const url = useThumbnail(shown, file.hasPreview && near && asked)
  const ratio = file.width && file.height ? Math.min(2, Math.max(0.75, file.width / file.height)) : undefined
  const isPicture = ratio !== undefined && file.hasPreview
  return (
    <span
      ref={box}
      className="files-thumb"
      data-picture={isPicture || undefined}
      style={isPicture ? { aspectRatio: String(ratio) } : undefined}
    >
      {url ? (
        <img src={url} alt="" />
      ) : isPicture && !asked ? (
        <Button size="s" onClick={() => setAsked(true)}>
          {t('files.show')}
        </Button>
      ) : (
        <Icon name="file" />
      )}
    </span>
  )
}

function useThumbnail({ audience, seq, fileId }: ShownFile, wanted: boolean): string | undefined {
  const client = useCaseClient()
  const api = useFileApi()
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!wanted) return
    let isOver = false
    client
      .owned(createPreviews)
      .thumbnail({ audience, seq, fileId }, api)
      .then(
        (address) => !isOver && setUrl(address),
        () => undefined, // the file can be opened without it
      )
    return () => {
      isOver = true
    }
  }, [client, api, audience, seq, fileId, wanted])
  return url
}
