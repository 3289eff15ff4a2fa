// A closed text that was opened again, in the words that this reader may know: who will not sign it and why stands in events of those whom
// the signer chose, and nothing is said beyond them.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { reopenedBy } from '#shared/signing/signing-view.ts'
import './signing.css'

export function ReopenedNotice() {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const [read, setRead] = useState(0)
  const opened = view.state(draftFold, 'all')?.lastOpened
  if (opened?.kind !== 'reopened' || opened.at <= read) return null
  const { recalled, declined } = reopenedBy(view, opened.versionId)
  const nameOf = (id: Parameters<typeof nameIn>[1]) => nameIn(state, id) ?? ''
  return (
    <Banner tone="info" title={t('signing.reopened.title')} onClose={() => setRead(opened.at)}>
      <Stack gap={3}>
        <p>{t('signing.reopened.what')}</p>
        {recalled && (
          <div>
            <p>{t('signing.reopened.recalled', { name: nameOf(recalled.by) })}</p>
            <Words>{recalled.reason}</Words>
          </div>
        )}
        {declined.map(({ by, reason, clause, readers }) => (
          <div key={by}>
            <p>
              {by === me.id ? t('signing.reopened.declined.mine') : t('signing.reopened.declined', { name: nameOf(by) })}
              {clause !== undefined && ` ${t('signing.reopened.clause', { clause })}`}
            </p>
            {reason !== undefined && <Words>{reason}</Words>}
            <p>{t(readers === 'mediator' && by === me.id ? 'signing.reopened.read.mine' : `signing.reopened.read.${readers}`)}</p>
          </div>
        ))}
      </Stack>
    </Banner>
  )
}

function Words({ children }: { children: string }) {
  return <blockquote className="signing-words">{children}</blockquote>
}
