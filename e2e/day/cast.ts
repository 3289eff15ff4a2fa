// Who meets on the day: three sides who wish each other ill, the mediator, and somebody of another case of the same mediator.
import type { Browser } from '@playwright/test'
import type { NewSide } from '../office.ts'
import { overhear } from '../overheard.ts'
import { arrive, type PersonOptions, PHONE, type Someone } from '../people.ts'
import type { Platform } from '../platform.ts'

export const MEDIATOR = 'Ерлан Омаров'
export const AIGUL = 'Айгүл Серік'
export const NURLAN = 'Нұрлан Серік'
export const PAVEL = 'Павел Ким'
export const SERGEY = 'Сергей Цой'
export const DINARA = 'Dinara Abenova'

export const BEREKE = '«Береке» шаруа қожалығы'
export const DALA = 'ТОО «Дала Жем»'
export const CARRIER = 'Silk Haul LLP'

/** Two people who both sign; two of whom one is taken out; one who speaks for a company by a power of attorney. */
export const SIDES: readonly NewSide[] = [
  {
    name: BEREKE,
    details: 'БСН 090340012345, Қызылжар ауданы, Бескөл ауылы',
    people: [
      { name: AIGUL, role: 'party', phone: '+7 701 000 41 12', email: 'aigul@bereke.example', language: 'kk' },
      { name: NURLAN, role: 'party', phone: '+7 701 000 41 13', email: 'nurlan@bereke.example', language: 'kk' },
    ],
  },
  {
    name: DALA,
    details: 'БИН 110540067890, Петропавловск, ул. Жамбыла, 112',
    people: [
      { name: PAVEL, role: 'party', phone: '+7 705 000 23 45', email: 'kim@dalajem.example', language: 'ru' },
      { name: SERGEY, role: 'party', phone: '+7 705 000 23 46', email: 'tsoi@dalajem.example', language: 'ru' },
    ],
  },
  {
    name: CARRIER,
    details: 'BIN 150640011223, Almaty, Tole bi street 59',
    people: [
      {
        name: DINARA,
        role: 'representative',
        phone: '+7 707 000 77 01',
        email: 'abenova@silkhaul.example',
        language: 'en',
        authority: 'power of attorney No. 27 of 2 November 2026',
      },
    ],
  },
]

/** Somebody at their own browser, and all that their page was sent on this day. */
export interface Attendant {
  readonly name: string
  readonly someone: Someone
  readonly frames: readonly string[]
}

export interface Day {
  readonly platform: Platform
  readonly mediator: Someone
  readonly aigul: Someone
  readonly nurlan: Someone
  readonly pavel: Someone
  readonly sergey: Someone
  readonly dinara: Someone
  readonly attendants: readonly Attendant[]
}

const LOOKS: readonly (PersonOptions & { readonly name: string })[] = [
  { name: MEDIATOR, locale: 'ru' },
  { name: AIGUL, locale: 'kk', viewport: PHONE },
  { name: NURLAN, locale: 'kk' },
  { name: PAVEL, locale: 'ru' },
  { name: SERGEY, locale: 'ru' },
  { name: DINARA, locale: 'en' },
]

export async function gather(browser: Browser, platform: Platform): Promise<Day> {
  const attendants: Attendant[] = []
  for (const { name, ...options } of LOOKS) {
    const someone = await arrive(browser, options)
    attendants.push({ name, someone, frames: overhear(someone) })
  }
  const [mediator, aigul, nurlan, pavel, sergey, dinara] = attendants.map(({ someone }) => someone)
  if (!mediator || !aigul || !nurlan || !pavel || !sergey || !dinara) throw new Error('somebody has not come')
  return { platform, mediator, aigul, nurlan, pavel, sergey, dinara, attendants }
}

export function framesOf({ attendants }: Pick<Day, 'attendants'>, person: Someone): readonly string[] {
  return attendants.find(({ someone }) => someone === person)?.frames ?? []
}
