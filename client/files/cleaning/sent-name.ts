// The name that a file goes out under. A camera's own name tells when a picture was taken, and often by what; what a person has named stays.
import { MAX_FILE_NAME_LENGTH } from '#shared/files/files-protocol.ts'
import { mendedText } from '#shared/kernel/text/clean-text.ts'

const CAMERAS =
  /^(img|image|pxl|dsc[nf]?|mvimg|burst|portrait|night|pano|vid|photo|screenshot|screen shot|whatsapp image|signal|viber|telegram|p|снимок экрана|фото)?$/

export interface SentName {
  readonly name: string
  /** Of a picture that goes out cleaned. */
  readonly cleanedType: string | undefined
  /** «Photo 2» in the person's language. */
  readonly plain: string
}

export function sentName(asked: SentName): string {
  return tidy(freshName(asked))
}

function freshName({ name, cleanedType, plain }: SentName): string {
  if (cleanedType === undefined) return name
  const dot = name.lastIndexOf('.')
  const words = dot > 0 ? name.slice(0, dot) : name
  return `${isCameras(words) ? plain : words}.${cleanedType === 'image/jpeg' ? 'jpg' : cleanedType.slice('image/'.length)}`
}

/** Some systems let stand in a name what a name of one line may not hold. Its end says what it is: it stays. */
function tidy(name: string): string {
  const clean = mendedText('message', name.replace(/[\t\n\r/\\]+/g, ' ')).trim()
  const dot = clean.lastIndexOf('.')
  const ending = dot > 0 ? clean.slice(dot) : ''
  const room = MAX_FILE_NAME_LENGTH - ending.length
  return clean.length > MAX_FILE_NAME_LENGTH && room > 0 ? `${clean.slice(0, room)}${ending}` : clean
}

/** Nothing in it but what cameras and telephones write: a word of theirs, digits, signs between. */
function isCameras(words: string): boolean {
  const letters = words
    .toLowerCase()
    .replace(/\b(at|from|am|pm|cover|edited|hdr|mp|ms|rgb|wa)\b/g, ' ')
    .replace(/wa(?=\d)/g, ' ')
    .replace(/[\d\s_\-.,:()~@]+/g, ' ')
    .trim()
  return /\d/.test(words) ? CAMERAS.test(letters) : letters === 'image' || letters === 'photo'
}
