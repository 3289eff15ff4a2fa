// The permission in words, in its owner's language: what they are shown before they give it is what the server stores and what is printed.
// Names stand behind a colon, so that no ending has to follow them.
import { type CaseState, mediatorsOf, nameIn } from '#shared/cases/case-state.ts'
import { type Audience, audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'

interface Allowed {
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
  readonly sentence: (names: Names) => string
}

const WORDS: Readonly<Record<Locale, SentenceWords>> = {
  kk: {
    joint: 'бірлескен кездесу',
    side: (name) => `«${name}» тарапы`,
    person: (name) => `тек мына адам: ${name}`,
    room: 'бөлек бөлме',
    sentence: ({ owner, mediators, where, readers }) =>
      `Мен, ${owner}, төмендегі сөздерді медиатордың сөзбе-сөз, дәл осы күйінде жеткізуіне рұқсат беремін. Медиатор: ${mediators}. ` +
      `Қайда жеткізіледі: ${where}. Оқитындар: ${readers}. Бұл сөздердің қайда айтылғанын медиатор айтпайды. ` +
      'Сөздер жеткізілгенше осы рұқсатты қайтарып ала аламын («Медиация туралы» Заңның 8-бабының 1-тармағы).',
  },
  ru: {
    joint: 'совместная встреча',
    side: (name) => `сторона «${name}»`,
    person: (name) => `только этот человек: ${name}`,
    room: 'отдельная комната',
    sentence: ({ owner, mediators, where, readers }) =>
      `Я, ${owner}, разрешаю медиатору передать слова, которые стоят ниже, дословно и без изменений. Медиатор: ${mediators}. ` +
      `Куда: ${where}. Прочитают: ${readers}. Где эти слова были сказаны, медиатор не говорит. ` +
      'Пока слова не переданы, я могу отозвать разрешение (Закон «О медиации», статья 8, пункт 1).',
  },
  en: {
    joint: 'the joint session',
    side: (name) => `the side “${name}”`,
    person: (name) => `this person only: ${name}`,
    room: 'a separate room',
    sentence: ({ owner, mediators, where, readers }) =>
      `I, ${owner}, allow the mediator to pass on the words below, word for word and unchanged. Mediator: ${mediators}. ` +
      `To: ${where}. Who will read them: ${readers}. The mediator does not say where these words were said. ` +
      'As long as they have not been passed on I can withdraw this permission (Law on Mediation, article 8, paragraph 1).',
  },
}

export function permissionSentence({ owner, to, readers }: Allowed, state: Pick<CaseState, 'facts'>, language: Locale): string {
  const names = (people: readonly ParticipantId[]) => people.map((id) => nameIn(state, id) ?? '').join(', ')
  return WORDS[language].sentence({
    owner: names([owner]),
    mediators: names(mediatorsOf(state).map(({ id }) => id)),
    where: targetWords(to, state, language),
    readers: names(readers),
  })
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
