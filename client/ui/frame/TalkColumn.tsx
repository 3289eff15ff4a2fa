// A conversation between its switch and its composer. It stays at its end while one is at the end, and stands still while one reads back,
// also when older words come before what one reads.
import { type ReactNode, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { type Beginning, useReadingPlace } from './use-reading-place.ts'
import './frame.css'

interface TalkColumnProps {
  readonly top?: ReactNode
  readonly ribbon: ReactNode
  readonly composer: ReactNode
  /** The room shown: another room begins at its end, or where one has read up to. */
  readonly room: string
  readonly begin?: Beginning
  readonly children: ReactNode
}

const AT_THE_END: Beginning = { unread: undefined, read: undefined }

export function TalkColumn({ top, ribbon, composer, room, begin = AT_THE_END, children }: TalkColumnProps) {
  const t = useTexts()
  const scroller = useRef<HTMLDivElement>(null)
  const { isAtEnd, toEnd } = useReadingPlace(scroller, room, begin)
  return (
    <div className="ui-talk-column">
      {top && <div className="ui-talk-top">{top}</div>}
      <div className="ui-talk-ribbon">{ribbon}</div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <div ref={scroller} className="ui-scroll" tabIndex={0}>
        <div className="ui-scroll-end">{children}</div>
        {!isAtEnd && (
          <div className="ui-to-end">
            <Button size="s" icon="down" onClick={toEnd}>
              {t('ui.latest')}
            </Button>
          </div>
        )}
      </div>
      {composer}
    </div>
  )
}
