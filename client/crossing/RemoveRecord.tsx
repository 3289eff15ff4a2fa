// A permission or a wording is destroyed for good, in its own room: asked once, in its place.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Row } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'

export function RemoveRecord({ busy, onRemove }: { readonly busy: boolean; readonly onRemove: () => void }) {
  const t = useTexts()
  const [asking, ask] = useState(false)
  if (!asking)
    return (
      <Row>
        <Button kind="quiet" icon="trash" onClick={() => ask(true)}>
          {t('crossing.remove')}
        </Button>
      </Row>
    )
  return (
    <Banner
      tone="warn"
      urgent
      actions={
        <Row wrap>
          <Button onClick={() => ask(false)}>{t('ui.cancel')}</Button>
          <Button kind="danger" busy={busy} onClick={onRemove}>
            {t('crossing.remove.do')}
          </Button>
        </Row>
      }
    >
      {t('crossing.remove.words')}
    </Banner>
  )
}
