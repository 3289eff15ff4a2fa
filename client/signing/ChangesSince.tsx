// "What changed since you signed, or said no": the frozen text against the last version that this person answered.
import { useMemo } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useLoad } from '#client/http/use-load.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { type Block, clauseNumber } from '#shared/document/text/blocks.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import { textDownload } from '#shared/signing/signing-routes.ts'
import type { ShownVersion } from './use-version.ts'
import { blocksOf, changedOnly, changesBetween } from './what-changed.ts'

export function ChangesSince({ shown, api, blocks }: { shown: ShownVersion; api: AuthorisedApi; blocks: readonly Block[] }) {
  const answered = lastAnswered(shown)
  return answered ? <Changes version={answered} language={shown.version.language} api={api} blocks={blocks} /> : null
}

/** The latest earlier version that this person signed or refused. */
function lastAnswered({ version, versions, ownPast }: ShownVersion): FrozenVersion | undefined {
  const ids = new Set([...(ownPast?.given ?? []), ...(ownPast?.declined ?? [])].map(({ versionId }) => versionId))
  return versions.findLast((each) => each.versionId !== version.versionId && ids.has(each.versionId))
}

function Changes({
  version,
  language,
  api,
  blocks,
}: {
  version: FrozenVersion
  language: string
  api: AuthorisedApi
  blocks: readonly Block[]
}) {
  const t = useTexts()
  const { caseId } = useCaseClient()
  const { state } = useLoad(version.versionId, async () => {
    const { bytes } = await api.download(textDownload, { caseId, versionId: version.versionId })
    return blocksOf(fromUtf8(bytes))
  })
  const changes = useMemo(() => (state.kind === 'here' ? changedOnly(changesBetween(state.value, blocks)) : []), [state, blocks])
  if (state.kind !== 'here') return null
  return (
    <Card as="section" tight>
      <Stack gap={3}>
        <h3>{t('signing.changes')}</h3>
        {changes.length === 0 && <Muted>{t('signing.changes.none')}</Muted>}
        <ul className="signing-changes" lang={language}>
          {changes.map(({ kind, block }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: both texts are frozen
            <li key={index} data-kind={kind}>
              <span className="signing-change-kind">{kind === 'added' ? t('signing.changes.added') : t('signing.changes.removed')}</span>
              {kind === 'added' ? <ins>{wordsOf(block)}</ins> : <del>{wordsOf(block)}</del>}
            </li>
          ))}
        </ul>
      </Stack>
    </Card>
  )
}

function wordsOf(block: Block): string {
  const words = block.lines.join(' ')
  return block.kind === 'clause' ? `${clauseNumber(block.number)} ${words}` : words
}
