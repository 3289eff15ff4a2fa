// What people and organisations are called where their names stand again and again: on the switch, in the ribbon, beside the conversation,
// on the board. First name and family name; an organisation without its legal form. Never ambiguous: who would be called as somebody else
// is keeps the whole name.
import { givenAndFamily } from '#client/ui/base/given-family.ts'

/** Asked with a whole name; of a name it was not made for it only knows the whole. */
export type ShortNames = (name: string) => string

export function shortNames(names: readonly string[]): ShortNames {
  const all = [...new Set(names)]
  const short = new Map(all.map((name) => [name, shorter(name)]))
  const alone = (name: string, called: string) =>
    all.every((other) => other === name || (!sameName(other, called) && !sameName(short.get(other) ?? other, called)))
  const chosen = new Map([...short].map(([name, called]) => [name, alone(name, called) ? called : name]))
  return (name) => chosen.get(name) ?? name
}

function sameName(one: string, other: string): boolean {
  return one.toLocaleLowerCase() === other.toLocaleLowerCase()
}

function shorter(name: string): string {
  const quoted = /[«“"„]([^«»“”"„]{2,})[»”"“]/u.exec(name)?.[1]?.trim()
  if (quoted) return quoted
  const organisation = withoutForm(name)
  if (organisation === name || BEARS_A_PERSON.test(name)) return givenAndFamily(organisation)?.join(' ') ?? organisation
  return organisation
}

const FORMS = [
  'товарищество с ограниченной ответственностью',
  'жауапкершілігі шектеулі серіктестігі',
  'жауапкершілігі шектеулі серіктестік',
  'общество с ограниченной ответственностью',
  'индивидуальный предприниматель',
  'производственный кооператив',
  'крестьянское хозяйство',
  'фермерское хозяйство',
  'акционерное общество',
  'акционерлік қоғамы',
  'өндірістік кооперативі',
  'шаруа қожалығы',
  'жеке кәсіпкер',
  ...'тоо жшс ао ақ нао кеақ ооо зао оао ип жк кх кфх шқ фх пк өк llp llc jsc ltd'.split(' '),
].join('|')
const FORM_BEFORE = new RegExp(String.raw`^(?:${FORMS})(?=[\s«"“])[\s,]*`, 'iu')
const FORM_BEHIND = new RegExp(String.raw`[\s,]+(?:${FORMS})\.?$`, 'iu')
const BEARS_A_PERSON = /^(?:ип|жк|индивидуальный предприниматель|жеке кәсіпкер)\s|\s(?:ип|жк|жеке кәсіпкер)$/iu

/** The whole name where nothing but a form would go, or nothing stays. */
function withoutForm(name: string): string {
  const rest = name.trim().replace(FORM_BEFORE, '').replace(FORM_BEHIND, '').trim()
  return rest.length < 2 ? name : rest
}
