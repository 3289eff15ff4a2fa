// Where words stand that met others' edits: quiet, spoken once, and there until it has been read.
import { useTexts } from '#client/i18n/texts.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { clauseNumber } from '#shared/document/text/blocks.ts'
import type { DraftNews, Place } from './concurrent-words.ts'

type StayedWords = Exclude<DraftNews, { kind: 'came-back' }>

function stayed(news: DraftNews): news is StayedWords {
  return news.kind !== 'came-back'
}

/** Longer words are known by their beginning. */
const SHOWN = 80

export function NewsNotices({ news, onClose }: { news: readonly DraftNews[]; onClose: (news: DraftNews) => void }) {
  const t = useTexts()
  return (
    <div className="draft-news" aria-live="polite">
      {news.filter(stayed).map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: drawn anew when one is put aside
        <Banner key={index} tone="info" title={t(`drafting.news.${each.kind}`)} onClose={() => onClose(each)}>
          {words(each, t)}
        </Banner>
      ))}
    </div>
  )
}

function words(news: StayedWords, t: ReturnType<typeof useTexts>): string {
  const said = news.words.trim()
  const shown = said.length > SHOWN ? `${said.slice(0, SHOWN)}…` : said
  return t(`drafting.news.${news.kind}.text`, { words: shown, place: placeWords(news.place, t) })
}

function placeWords({ number, beginning }: Place, t: ReturnType<typeof useTexts>): string {
  return number ? t('drafting.place.clause', { number: clauseNumber(number) }) : t('drafting.place.words', { beginning: beginning.trim() })
}
