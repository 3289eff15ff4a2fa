// The answer: green, amber or red, then every fact with its own mark. A broken file's claims are not shown as facts.
import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { TextSheet } from '#client/signing/TextSheet.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Disclosure } from '#client/ui/frame/Disclosure.tsx'
import { parseBlocks } from '#shared/document/text/blocks.ts'
import type { Completion, CompletionSigner } from '#shared/signing/bundle/completion.ts'
import type { BundleReport, JointRecordFacts, NotCovered, PartReport } from '#shared/signing/bundle/report.ts'
import { hexOf } from '#shared/signing/named-digest.ts'
import { faultWords } from './fault-words.ts'
import { inFours } from './in-fours.ts'
import { accessWords, adviceWords, confirmationWords, partName, reportNote, reportTitle } from './report-words.ts'

const TONES = {
  valid: 'good',
  'consistent-authority-unknown': 'warn',
  'other-authority': 'warn',
  'not-whole': 'warn',
  'no-bundle': 'plain',
  unsupported: 'warn',
  broken: 'bad',
} as const
const ICONS = {
  valid: 'shield',
  'consistent-authority-unknown': 'shield',
  'other-authority': 'warn',
  'not-whole': 'info',
  'no-bundle': 'info',
  unsupported: 'warn',
  broken: 'warn',
} as const
/** Of parts that are missing, or do not belong there: the rest stands in the list of parts. */
const MAX_ODD = 6

export function ReportView({ report, isOwn = false }: { report: BundleReport; isOwn?: boolean }) {
  const t = useTexts()
  const { overall, completion, authority } = report
  const tone = TONES[overall]
  const broken = report.parts.filter(({ state }) => state === 'broken')
  const odd = overall === 'broken' ? [] : report.parts.filter(({ part, state }) => state === 'not-whole' && part !== 'zip')
  const blocks = overall !== 'broken' && report.text !== undefined ? parseBlocks(report.text) : undefined
  return (
    <Stack gap={5}>
      <section className="verify-report" data-tone={tone} aria-label={t('verify.title')}>
        <header>
          <Icon name={ICONS[overall]} size="l" />
          <div>
            <h2>{reportTitle(report, t)}</h2>
            {[reportNote(report, t), ...adviceWords(report, t)].map((sentence) => sentence && <p key={sentence}>{sentence}</p>)}
          </div>
        </header>
        <dl>
          {broken.map((part) => (
            <Fact key={part.part} name={partName(part.part, t)} state="bad">
              {part.fault ? faultWords(part.fault, t) : t('verify.fault.changed')}
              {part.fault?.includes(':') && (
                <Muted as="div" small>
                  <code>{[part.fault, part.seq].filter((each) => each !== undefined).join(' ')}</code>
                </Muted>
              )}
            </Fact>
          ))}
          {odd.slice(0, MAX_ODD).map(({ part, fault }) => (
            <Fact key={part} name={part} state="warn">
              {fault && faultWords(fault, t)}
            </Fact>
          ))}
          {overall !== 'broken' && report.jointRecord && <RecordFacts record={report.jointRecord} />}
          {overall !== 'broken' && completion && <CompletionFacts completion={completion} records={recordsIn(report)} />}
          {overall !== 'broken' && report.notCovered?.map((what) => <NotCoveredFact key={what} what={what} />)}
          {authority && overall !== 'broken' && (
            <Fact name={t('verify.row.who')} state={authority.trust === 'given' ? 'good' : 'warn'}>
              {authority.trust === 'given' && t(isOwn ? 'verify.who.own' : 'verify.who.given', { name: authority.name })}
              {authority.trust === 'unknown' && t('verify.who.unknown')}
              {authority.trust === 'other' && t('verify.who.other')}
            </Fact>
          )}
        </dl>
      </section>
      {!report.jointRecord && <Muted small>{t('verify.not-right')}</Muted>}
      {overall !== 'broken' && completion?.access && (
        <Told
          label={t('verify.access')}
          lead={t('verify.access.lead')}
          lines={completion.access.map((line) => ({ at: line.at, said: `${line.name}: ${accessWords(line, t)}` }))}
        />
      )}
      {overall !== 'broken' && completion?.confirmed && (
        <Told
          label={t('verify.confirmed')}
          lead={t('verify.confirmed.lead')}
          lines={completion.confirmed.map((line) => ({ at: line.at, said: `${line.by}: ${confirmationWords(line, t)}` }))}
        />
      )}
      {blocks && completion && (
        <Disclosure label={t('verify.text')}>
          <TextSheet blocks={blocks} label={t('verify.text')} language={completion.language} />
        </Disclosure>
      )}
      <Parts parts={report.parts} />
    </Stack>
  )
}

interface ToldProps {
  label: string
  lead: string
  lines: readonly { readonly at: string; readonly said: string }[]
}

/** What happened on the way, line by line, for who wants to know. */
function Told({ label, lead, lines }: ToldProps) {
  const format = useFormats()
  return (
    <Disclosure label={label}>
      <Muted small>{lead}</Muted>
      <ol className="verify-told">
        {lines.map(({ at, said }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays where it stands
          <li key={index}>
            <Muted as="span" small>
              {format.stamp(Date.parse(at))}
            </Muted>
            <span>{said}</span>
          </li>
        ))}
      </ol>
    </Disclosure>
  )
}

/** The frozen version, each signature, the release, and since the second format the record that closes them. */
function recordsIn({ completion, format }: BundleReport): number {
  return (completion?.signers.length ?? 0) + (format === 1 ? 2 : 3)
}

function NotCoveredFact({ what }: { what: NotCovered }) {
  const t = useTexts()
  return (
    <Fact name={t('verify.row.not-covered')} state="warn">
      {t(`verify.not-covered.${what}`)}
    </Fact>
  )
}

function CompletionFacts({ completion, records }: { completion: Completion; records: number }) {
  const t = useTexts()
  const format = useFormats()
  return (
    <>
      <Fact name={t('verify.row.code')} state="good">
        <span className="verify-digits">{completion.textCode}</span>
      </Fact>
      <Fact name={t('verify.row.text-digest')} state="good">
        <span className="verify-digest">{inFours(hexOf(completion.textDigest))}</span>
      </Fact>
      {completion.signers.map((signer) => (
        <Fact key={signer.participantId} name={whoWords(signer, t(`verify.${signer.role}`))} state="good">
          {t('verify.signed', { stamp: format.stamp(Date.parse(signer.signedAt)) })}
          <Muted as="div" small>
            {signer.method.read !== 'self' && (
              <>
                {t('verify.read-by', { name: signer.method.read.by, language: t(`signing.language.${signer.method.read.language}`) })}
                <br />
              </>
            )}
            {t('verify.certificate', { serial: signer.certificateSerial })}
          </Muted>
        </Fact>
      ))}
      {completion.corrections?.map(({ participantId, was, is, correctedAt }) => (
        <Fact
          key={`${participantId} ${correctedAt} ${is}`}
          name={t('verify.row.corrected', { stamp: format.stamp(Date.parse(correctedAt)) })}
          state="good"
        >
          {t('verify.corrected', { was, is })}
        </Fact>
      ))}
      <Fact name={t('verify.row.log')} state="good">
        {t('verify.row.log.ok', { count: records })}
      </Fact>
      <Fact name={t('verify.row.released')} state="good">
        {format.stamp(Date.parse(completion.releasedAt))}
      </Fact>
    </>
  )
}

function RecordFacts({ record: { title, exportedAt, closedAt, people, entries } }: { record: JointRecordFacts }) {
  const t = useTexts()
  const format = useFormats()
  return (
    <>
      <Fact name={t('verify.record.title')} state="good">
        {title}
      </Fact>
      <Fact name={t('verify.record.exported')} state="good">
        {format.stamp(exportedAt)}
      </Fact>
      <Fact name={t('verify.record.closed')} state="good">
        {closedAt === undefined ? t('verify.record.open') : format.stamp(closedAt)}
      </Fact>
      <Fact name={t('verify.record.entries')} state="good">
        {entries}
      </Fact>
      <Fact name={t('verify.record.people')} state="good">
        {people.map(({ name, side }) => (side === undefined ? name : `${name}, ${side}`)).join('; ')}
      </Fact>
    </>
  )
}

function whoWords({ name, side }: CompletionSigner, role: string): string {
  return side === undefined ? `${name}, ${role}` : `${name}, ${side}`
}

function Fact({ name, state, children }: { name: string; state: 'good' | 'warn' | 'bad'; children: ReactNode }) {
  const t = useTexts()
  const label = state === 'good' ? t('verify.part.ok') : state === 'warn' ? t('verify.mark.warn') : t('verify.mark.bad')
  return (
    <div className="verify-fact" data-state={state}>
      <dt>{name}</dt>
      <dd>{children}</dd>
      <dd className="verify-mark">
        <Icon name={state === 'good' ? 'check' : 'warn'} label={label} />
      </dd>
    </div>
  )
}

function Parts({ parts }: { parts: readonly PartReport[] }) {
  const t = useTexts()
  if (parts.length < 2) return null
  return (
    <Disclosure label={t('verify.parts')}>
      <ul className="verify-parts">
        {parts.map(({ part, state, fault }) => (
          <li key={part} data-state={state}>
            <code>{partName(part, t)}</code>
            <span>{state === 'ok' ? t('verify.part.ok') : fault ? faultWords(fault, t) : t('verify.part.unchecked')}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
