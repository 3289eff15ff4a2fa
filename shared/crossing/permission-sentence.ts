// The permission in words, in its owner's language: what they are shown before they give it is what the server stores and what is printed.
// Names stand behind a colon, so that no ending has to follow them.
import { type CaseState, mediatorsOf, nameIn } from '#shared/cases/case-state.ts'
import { tellsOfDevice } from '#shared/files/file-types.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import { type Audience, audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'

type What = { readonly kind: 'words' } | { readonly kind: 'file'; readonly file: FileFacts }

interface AllowedTo {
  readonly owner: ParticipantId
  readonly to: Audience
  readonly readers: readonly ParticipantId[]
}

interface Names {
  readonly owner: string
  readonly mediators: string
  readonly where: string
  readonly readers: string
}

interface SentenceWords {
  readonly joint: string
  readonly side: (name: string) => string
  readonly person: (name: string) => string
  readonly room: string
  readonly words: (names: Names) => string
  readonly file: (names: Names, file: Pick<FileFacts, 'name' | 'sha256'>) => string
  /** Of an original picture. */
  readonly original: string
}

const WORDS: Readonly<Record<Locale, SentenceWords>> = {
  kk: {
    joint: 'бірлескен кездесу',
    side: (name) => `«${name}» тарапы`,
    person: (name) => `тек мына адам: ${name}`,
    room: 'бөлек бөлме',
    words: ({ owner, mediators, where, readers }) =>
      `Мен, ${owner}, төмендегі сөздерді медиатордың сөзбе-сөз, дәл осы күйінде жеткізуіне рұқсат беремін. Медиатор: ${mediators}. ` +
      `Қайда жеткізіледі: ${where}. Оқитындар: ${readers}. Бұл сөздердің қайда айтылғанын медиатор айтпайды. ` +
      'Сөздер жеткізілгенше осы рұқсатты қайтарып ала аламын («Медиация туралы» Заңның 8-бабының 1-тармағы).',
    file: ({ owner, mediators, where, readers }, { name, sha256 }) =>
      `Мен, ${owner}, төменде аталған файлды медиатордың өзгертпей жеткізуіне рұқсат беремін. Файл: «${name}», SHA-256: ${sha256}. ` +
      `Медиатор: ${mediators}. Қайда жеткізіледі: ${where}. Көретіндер: ${readers}. Бұл файлдың қайдан алынғанын медиатор айтпайды. ` +
      'Файл жеткізілгенше осы рұқсатты қайтарып ала аламын («Медиация туралы» Заңның 8-бабының 1-тармағы).',
    original: ' Бұл — түпнұсқа: онымен бірге түсірілген жері, уақыты және құрылғысы туралы жазылғанның бәрі жеткізіледі.',
  },
  ru: {
    joint: 'совместная встреча',
    side: (name) => `сторона «${name}»`,
    person: (name) => `только этот человек: ${name}`,
    room: 'отдельная комната',
    words: ({ owner, mediators, where, readers }) =>
      `Я, ${owner}, разрешаю медиатору передать слова, которые стоят ниже, дословно и без изменений. Медиатор: ${mediators}. ` +
      `Куда: ${where}. Прочитают: ${readers}. Где эти слова были сказаны, медиатор не говорит. ` +
      'Пока слова не переданы, я могу отозвать разрешение (Закон «О медиации», статья 8, пункт 1).',
    file: ({ owner, mediators, where, readers }, { name, sha256 }) =>
      `Я, ${owner}, разрешаю медиатору передать файл, который назван ниже, без изменений. Файл: «${name}», SHA-256: ${sha256}. ` +
      `Медиатор: ${mediators}. Куда: ${where}. Увидят: ${readers}. Откуда этот файл, медиатор не говорит. ` +
      'Пока файл не передан, я могу отозвать разрешение (Закон «О медиации», статья 8, пункт 1).',
    original: ' Это оригинал: вместе с ним передаётся всё, что в нём записано о месте, времени и устройстве.',
  },
  en: {
    joint: 'the joint session',
    side: (name) => `the side “${name}”`,
    person: (name) => `this person only: ${name}`,
    room: 'a separate room',
    words: ({ owner, mediators, where, readers }) =>
      `I, ${owner}, allow the mediator to pass on the words below, word for word and unchanged. Mediator: ${mediators}. ` +
      `To: ${where}. Who will read them: ${readers}. The mediator does not say where these words were said. ` +
      'As long as they have not been passed on I can withdraw this permission (Law on Mediation, article 8, paragraph 1).',
    file: ({ owner, mediators, where, readers }, { name, sha256 }) =>
      `I, ${owner}, allow the mediator to pass on the file named below, unchanged. File: “${name}”, SHA-256: ${sha256}. ` +
      `Mediator: ${mediators}. To: ${where}. Who will see it: ${readers}. The mediator does not say where this file is from. ` +
      'As long as it has not been passed on I can withdraw this permission (Law on Mediation, article 8, paragraph 1).',
    original: ' It is an original: whatever is written in it of the place, the time and the device is passed on with it.',
  },
}

export function permissionSentence(allowed: AllowedTo & What, state: Pick<CaseState, 'facts'>, language: Locale): string {
  const { owner, to, readers } = allowed
  const words = WORDS[language]
  const names = (people: readonly ParticipantId[]) => people.map((id) => nameIn(state, id) ?? '').join(', ')
  const named = {
    owner: names([owner]),
    mediators: names(mediatorsOf(state).map(({ id }) => id)),
    where: targetWords(to, state, language),
    readers: names(readers),
  }
  if (allowed.kind === 'words') return words.words(named)
  return words.file(named, allowed.file) + (tellsOfDevice(allowed.file) ? words.original : '')
}

/** Where it is passed on to, within a sentence. */
function targetWords(to: Audience, state: Pick<CaseState, 'facts'>, language: Locale): string {
  const words = WORDS[language]
  const subject = audienceSubject(to)
  switch (audienceKind(to)) {
    case 'all':
      return words.joint
    case 'side':
      return words.side(state.facts?.sides.find(({ id }) => id === subject)?.name ?? '')
    case 'direct':
      return words.person(state.facts?.people.find(({ id }) => id === subject)?.name ?? '')
    default:
      return words.room
  }
}
