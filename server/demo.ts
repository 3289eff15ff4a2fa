// A made-up case to look around in: a supply dispute, late delivery and partial payment, in Kazakh and Russian. On loopback only, and only when asked for.
import type { IdentityApi } from '#server/identity/capability.ts'
import { unusableStorage } from '#server/storage/failure.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import type { NewCase } from '#shared/cases/case-routes.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { AccountId, CaseId, InvitationId } from '#shared/kernel/ids.ts'
import type { OpenedCase } from './cases/open-case.ts'

interface Deps {
  readonly records: RecordStore
  readonly identity: Pick<IdentityApi, 'accounts' | 'invitations' | 'personOf'>
  readonly openCase: (account: AccountId, input: NewCase) => Promise<OpenedCase>
  readonly entropy: Entropy
}

interface DemoRecord {
  readonly password: string
  readonly caseId: CaseId
  readonly people: readonly { readonly name: string; readonly invitationId: InvitationId }[]
}

interface DemoLinks {
  readonly email: string
  readonly password: string
  readonly caseId: string
  readonly people: readonly { readonly name: string; readonly link: string; readonly code: string }[]
}

const EMAIL = 'mediator@demo.localhost'

const DEMO_CASE: NewCase = {
  title: 'Береке — Дала Жем',
  category: 'supply',
  subject:
    'Оплата и срок поставки по договору № 14 от 3 марта 2026 года: ТОО «Дала Жем» поставило корм на 24 дня позже срока, КХ «Береке» оплатило 1 160 000 ₸ из 3 000 000 ₸.',
  voice: 'phone',
  draftLanguage: 'ru',
  agreement: { date: '2026-11-20', place: 'Петропавловск' },
  sides: [
    {
      kind: 'organisation',
      name: '«Береке» шаруа қожалығы',
      details: 'БСН 090340012345, Солтүстік Қазақстан облысы, Қызылжар ауданы, Бескөл ауылы',
      people: [{ name: 'Айгүл Серік', role: 'party', language: 'kk', phone: '+7 701 000 41 12' }],
    },
    {
      kind: 'organisation',
      name: 'ТОО «Дала Жем»',
      details: 'БИН 110540067890, Петропавловск, ул. Жамбыла, 112',
      people: [{ name: 'Павел Ким', role: 'party', language: 'ru', phone: '+7 705 000 23 45' }],
    },
  ],
}

/** Makes the case once; makes fresh links and codes at each start. */
export async function openDemo({ records, identity, openCase, entropy }: Deps): Promise<DemoLinks> {
  const known = await records.get<DemoRecord>('installation', 'demo')
  const demo = known?.value ?? (await makeDemo())
  const account = (await identity.accounts.all()).find(({ email }) => email === EMAIL)
  const mediator = account && (await identity.personOf(account.id, demo.caseId))
  if (!mediator) throw new Error('The made-up case has lost its mediator.')
  const people: DemoLinks['people'][number][] = []
  for (const { name, invitationId } of demo.people) {
    const { link, secret } = await identity.invitations.makeLink(invitationId, mediator)
    await identity.invitations.sendLink(invitationId, secret, 'copy')
    const { code } = await identity.invitations.makeCode(invitationId, 'read-out')
    people.push({ name, link, code: code ?? '' })
  }
  return { email: EMAIL, password: demo.password, caseId: demo.caseId, people }

  async function makeDemo(): Promise<DemoRecord> {
    const secret = await identity.accounts.newOwnerSecret()
    if (secret === undefined)
      throw unusableStorage('the demo needs a data folder of its own, and this one belongs to a real installation: set another DATA_FOLDER')
    const password = base64url(entropy.bytes(9, 'demo password'))
    const account = await identity.accounts.setUpOwner(
      { secret, email: EMAIL, name: 'Ерлан Омаров', password },
      { share: 'known', source: 'demo' },
    )
    const profile = {
      name: 'Ерлан Омаров',
      organisation: 'Солтүстік Қазақстан медиаторлар орталығы',
      registerNumber: '№ 27',
      phone: '+7 701 000 00 01',
    }
    await identity.accounts.changeProfile(account.id, { ...profile, languages: ['ru', 'kk'] })
    const { caseId, invited } = await openCase(account.id, DEMO_CASE)
    const made: DemoRecord = { password, caseId, people: invited.map(({ name, invitationId }) => ({ name, invitationId })) }
    await records.insert('installation', 'demo', made)
    return made
  }
}

/** What the terminal shows: each way in by itself, its address alone on a line. */
export function demoLines(url: string, { email, password, caseId, people }: DemoLinks): readonly string[] {
  return [
    'A made-up case. Open each way in in a private window of its own.',
    '',
    `Mediator: ${email}, password ${password}`,
    `  ${url}/sign-in`,
    `  then ${url}/room/${caseId}`,
    ...people.flatMap(({ name, link, code }) => [`${name}: code ${code}`, `  ${link}`]),
    'A stranger verifies the result:',
    `  ${url}/verify`,
  ]
}
