// Whose codes for signing go where. Only the person says so, on a device that may sign: a new one could otherwise have the codes of a text
// that is already closed sent to itself. Each change is told to the person's other devices and the mediator, without the address.
import type { PersonCaller } from '#server/http/caller.ts'
import type { Limits } from '#server/http/limits.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import type { AccessLog } from '#server/identity/access/note-access.ts'
import { codeRefusal } from '#server/identity/codes/code-refusal.ts'
import type { CodeFor, OneTimeCodes } from '#server/identity/codes/one-time-codes.ts'
import type { CodeDelivery } from '#server/identity/delivery/code-delivery.ts'
import { sha256Text } from '#server/kernel/digest.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import { caseFold, personIn } from '#shared/cases/case-state.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { isOfSide } from '#shared/kernel/roles.ts'
import { serialQueues } from '#shared/kernel/serial-queue.ts'
import { stateIn } from '#shared/log/fold.ts'
import {
  type CodeContact,
  codeContactAsk,
  codeContactConfirm,
  codeContactLook,
  codeContactRemove,
} from '#shared/signing/code-contact-routes.ts'
import { mayDeviceSign } from '#shared/signing/device-signing.ts'
import { signingDevicesFold } from '#shared/signing/signing-devices.ts'
import { contactIdOf, makeContactRecords, type OfPerson } from './contact-records.ts'

interface Deps {
  readonly records: Pick<RecordStore, 'get' | 'insert' | 'replace'>
  readonly log: Pick<CaseLog, 'state' | 'refresh'>
  readonly codes: Pick<OneTimeCodes, 'makeCode' | 'checkCode'>
  readonly delivery: CodeDelivery
  readonly access: Pick<AccessLog, 'note'>
  readonly contactsOf: (caseId: CaseId, participantId: ParticipantId) => Promise<{ phone: string; email: string } | undefined>
  readonly limits: Limits
}

export interface CodeContacts {
  /** Where this person's codes go; undefined: the mediator reads them out. */
  of(of: OfPerson): Promise<CodeContact | undefined>
  /** Throws AppError when it could not be handed over. */
  sendSigningCode(of: OfPerson, to: CodeContact, code: string): Promise<void>
  readonly routes: readonly ServedRoute[]
}

/** More than anybody needs who mistypes an address, and no way to fill somebody else's box. */
const ASKS = { points: 5, seconds: 900 }

export function makeCodeContacts(deps: Deps): CodeContacts {
  const { codes, delivery, access } = deps
  const { load, change } = makeContactRecords(deps)
  /** One after another: a code that is typed a hundred times at once is told of once. */
  const turns = serialQueues<string>()

  async function languageOf({ caseId, participantId }: OfPerson): Promise<Locale | undefined> {
    const state = stateIn((await deps.log.state(caseId)).audiences, caseFold, 'case')
    const person = state && personIn(state, participantId)
    return person && isOfSide(person) && person.endedAt === undefined ? person.language : undefined
  }

  /** Somebody of a side, on whatever device; to everybody else there is nothing here. */
  async function demand(caseId: CaseId, caller: PersonCaller): Promise<OfPerson & { readonly language: Locale }> {
    const of = { caseId, participantId: caller.participantId }
    const language = caller.caseId === caseId ? await languageOf(of) : undefined
    if (language === undefined) throw new AppError({ kind: 'not-found' })
    return { ...of, language }
  }

  async function demandDevice({ caseId, participantId }: OfPerson, { sessionId }: PersonCaller): Promise<void> {
    await deps.log.refresh(caseId)
    const { audiences } = await deps.log.state(caseId)
    const phase = stateIn(audiences, draftFold, 'all')?.phase
    const devices = stateIn(audiences, signingDevicesFold, directAudience(participantId))
    if (phase?.kind === 'frozen' && !mayDeviceSign(devices, phase.versionId, sessionId))
      throw new AppError({ kind: 'conflict', reason: 'signing/new-device' })
  }

  async function confirm(of: OfPerson, code: string, deviceId: string) {
    const { asked } = await load(of)
    if (!asked) throw codeRefusal({ ok: false, reason: 'identity/code-missing' }, 'code')
    const answer = await codes.checkCode(codeFor(of, asked), code, async () => {
      await access.note(of, { what: 'contact-confirmed', way: asked.way, deviceId })
      await change(of, () => ({ confirmed: { ...asked, deviceId } }))
    })
    if (!answer.ok) throw codeRefusal(answer, 'code')
    return { way: asked.way }
  }

  return {
    async of(of) {
      const { confirmed } = await load(of)
      return confirmed && delivery.ways.includes(confirmed.way) ? confirmed : undefined
    },
    async sendSigningCode(of, to, code) {
      await delivery.send({ ...to, for: 'sign', code, language: (await languageOf(of)) ?? 'ru' })
    },
    routes: [
      serve(codeContactLook, async ({ caseId }, caller) => {
        const of = await demand(caseId, caller)
        const [{ confirmed, shownOn }, known] = await Promise.all([load(of), deps.contactsOf(caseId, of.participantId)])
        const address = confirmed && shownOn.has(caller.sessionId) ? confirmed.address : null
        return {
          confirmed: confirmed ? { way: confirmed.way, address } : null,
          known: { mail: known?.email ?? '', sms: known?.phone ?? '' },
          ways: [...delivery.ways],
        }
      }),
      serve(codeContactAsk, async ({ caseId, contact }, caller) => {
        const of = await demand(caseId, caller)
        await demandDevice(of, caller)
        if (!delivery.ways.includes(contact.way))
          throw new AppError({ kind: 'conflict', reason: 'identity/no-gateway', details: { way: contact.way } })
        deps.limits.act('code contact', contactIdOf(of), ASKS)
        await change(of, (stored) => ({ ...stored, asked: contact }))
        const { code, expiresAt } = await codes.makeCode(codeFor(of, contact), { way: contact.way })
        await delivery.send({ ...contact, for: 'contact', code, language: of.language })
        return { expiresAt }
      }),
      serve(codeContactConfirm, async ({ caseId, code }, caller) => {
        const of = await demand(caseId, caller)
        await demandDevice(of, caller)
        return turns.run(contactIdOf(of), () => confirm(of, code, caller.sessionId))
      }),
      serve(codeContactRemove, async ({ caseId }, caller) => {
        const of = await demand(caseId, caller)
        await demandDevice(of, caller)
        if (!(await load(of)).confirmed) return {}
        await access.note(of, { what: 'contact-removed', deviceId: caller.sessionId })
        await change(of, () => ({}))
        return {}
      }),
    ],
  }
}

/** A code proves this very address. */
function codeFor({ caseId, participantId }: OfPerson, { way, address }: CodeContact): CodeFor {
  return { purpose: 'code-contact', subject: `${caseId}/${participantId}/${way}/${sha256Text(address)}` }
}
