// What is said on the day to some and not to others; at its end everybody's frames are searched for it.
import { AIGUL, DINARA, MEDIATOR, NURLAN, PAVEL, SERGEY } from './cast.ts'

export const SECRET = {
  ofBereke: 'Қаңтарға дейін күте аламыз, бірақ айтпаңыз.',
  ofDala: 'Больше 460 000 в месяц не потянем, это между нами.',
  ofCarrier: 'We would waive the storage fee, but not say so yet.',
  besideDinara: 'my accountant Marat',
  removed: 'Если надо, согласимся и на 1 200 000.',
  note: 'Спросить о хранении: похоже, уступят.',
  costs: 'Расходы на медиацию стороны несут поровну.',
  whyPavel: 'Срок: до 20 числа, а не до 15.',
  whyDinara: 'My client never agreed to pay for the storage.',
} as const

interface Said {
  readonly words: string
  readonly by: string
  /** All who were meant to hear it. */
  readonly to: readonly string[]
}

/** What all were told, in the talk and in the draft, stands here too: it shows that what is looked for is found where it is. */
export const MEANT_FOR: readonly Said[] = [
  { words: SECRET.ofBereke, by: AIGUL, to: [MEDIATOR, AIGUL, NURLAN] },
  { words: SECRET.ofDala, by: PAVEL, to: [MEDIATOR, PAVEL, SERGEY] },
  { words: SECRET.ofCarrier, by: DINARA, to: [MEDIATOR, DINARA] },
  { words: SECRET.besideDinara, by: DINARA, to: [MEDIATOR, DINARA] },
  { words: SECRET.removed, by: SERGEY, to: [MEDIATOR, AIGUL, NURLAN, PAVEL, SERGEY, DINARA] },
  { words: SECRET.note, by: MEDIATOR, to: [MEDIATOR] },
  { words: SECRET.costs, by: DINARA, to: [MEDIATOR, AIGUL, NURLAN, PAVEL, DINARA] },
  { words: SECRET.whyPavel, by: PAVEL, to: [MEDIATOR, AIGUL, NURLAN, PAVEL, DINARA] },
  { words: SECRET.whyDinara, by: DINARA, to: [MEDIATOR, DINARA] },
]
