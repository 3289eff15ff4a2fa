// The written permission (law on mediation, art. 8(1)) on paper, in the language of whoever gave it, whatever the screen speaks.
import { useMemo, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { type AskedPrint, PrintSheet } from '#client/ui/print/PrintSheet.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { Permission } from '#shared/crossing/crossing-state.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import { PAPER_WORDS, type PaperWords } from './paper-words.ts'
import './printed-permission.css'

export function PrintedPermission({ permission, onPrinted }: AskedPrint & { readonly permission: Permission }) {
  const t = useTexts()
  const f = useFormats()
  const client = useCaseClient()
  const { state } = useCase()
  const asked = useMemo(() => ({ onPrinted }), [onPrinted])
  const [printedAt] = useState(() => client.now())
  const { language, sentence, owner, at, identityLevel, codes, state: stage } = permission
  const words = PAPER_WORDS[language]
  const facts: readonly (readonly [string, string])[] = [
    ...(permission.kind === 'file' ? fileLines(permission.file, words) : []),
    [words.given, f.stamp(at)],
    [words.person, nameIn(state, owner) ?? ''],
    [words.identity, [words.levels[identityLevel], ...codes.map((way) => words.codes[way])].join('; ')],
    [words.state, stage.stage === 'given' ? words.stands : `${words[stage.stage]} ${f.stamp(stage.at)}`],
    [words.case, [state.facts?.title, state.facts?.number].filter(Boolean).join(', ')],
  ]
  return (
    <PrintSheet mark={t('crossing.paper.mark', { when: f.stamp(printedAt) })} language={language} asked={asked}>
      {() => (
        <article className="crossing-paper">
          <h1>{words.heading}</h1>
          <p>{sentence}</p>
          <h2>{words.allowed[permission.kind]}</h2>
          {permission.kind === 'words' && <blockquote>{permission.text}</blockquote>}
          <dl>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p className="crossing-paper-hand">{words.signature}</p>
        </article>
      )}
    </PrintSheet>
  )
}

function fileLines({ name, size, sha256 }: FileFacts, words: PaperWords): readonly (readonly [string, string])[] {
  return [
    [words.file, name],
    [words.size, String(size)],
    ['SHA-256', sha256],
  ]
}
