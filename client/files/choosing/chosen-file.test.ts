import { describe, expect, it } from 'vitest'
import { ACCEPT } from '#client/files/AttachButton.tsx'
import type { Prepared } from '#client/files/cleaning/prepare-file.ts'
import { FILE_TYPES } from '#shared/files/file-types.ts'
import { MAX_FILE_NAME_LENGTH } from '#shared/files/files-protocol.ts'
import { type ChosenFault, type ChosenFile, faultOf, nameOf, newFileOf } from './chosen-file.ts'

const CLEAN: Prepared = { kind: 'ready', content: new Blob(['12345'], { type: 'image/jpeg' }), isPicture: true, isOriginal: false }
const AS_IT_IS: Prepared = { kind: 'ready', content: new Blob(['12345']), isPicture: false, isOriginal: true }

const chosen = (name: string, prepared: Prepared | undefined, content = 'x'): ChosenFile => ({
  key: name,
  file: new File([content], name),
  plainName: 'Photo 1',
  keepsOriginal: false,
  prepared,
})

describe('a chosen file', () => {
  it.each<[string, ChosenFile, ChosenFault | undefined]>([
    ['a photo', chosen('IMG_1.jpg', CLEAN), undefined],
    ['a paper that is still being prepared', chosen('a.pdf', undefined), undefined],
    ['a program', chosen('setup.exe', AS_IT_IS), 'files/type-not-taken'],
    ['a drawing that runs', chosen('a.svg', AS_IT_IS), 'files/type-not-taken'],
    ['without an ending', chosen('invoice', AS_IT_IS), 'files/type-not-taken'],
    ['without a byte', chosen('a.pdf', AS_IT_IS, ''), 'files/empty'],
    ['a picture that cannot be opened', chosen('a.heic', { kind: 'unreadable' }), 'unreadable'],
    ['a picture of too many points', chosen('a.png', { kind: 'too-large' }), 'too-many-points'],
    ['beyond what is taken', chosen('a.pdf', { ...AS_IT_IS, content: new Blob(['x'.repeat(101)]) }), 'files/too-large'],
  ])('[FIL-76] %s', (_what, file, fault) => expect(faultOf(file, 100)).toBe(fault))

  it('[FIL-63] is called an original wherever it goes out as it is, and nowhere else', () => {
    expect(newFileOf(chosen('a.jpg', CLEAN), undefined)?.evidence).toBe('cleaned')
    expect(newFileOf(chosen('a.jpg', { ...CLEAN, isOriginal: true }), undefined)?.evidence).toBe('original')
    expect(newFileOf(chosen('a.pdf', AS_IT_IS), undefined)?.evidence).toBe('original')
    for (const prepared of [undefined, { kind: 'unreadable' }, { kind: 'too-large' }] as const)
      expect(newFileOf(chosen('a.jpg', prepared), undefined)).toBeUndefined()
  })

  it('[FIL-65] has a name of one line that ends in what it is, however long or odd it was', () => {
    const long = nameOf(chosen(`${'Шарт '.repeat(80)}.pdf`, AS_IT_IS))
    expect(long.length).toBeLessThanOrEqual(MAX_FILE_NAME_LENGTH)
    expect(long.endsWith('.pdf')).toBe(true)
    expect(nameOf(chosen('a/b\\c\nd\u202e.pdf', AS_IT_IS))).toBe('a b c d.pdf')
  })

  it('[FIL-75] the device’s chooser offers every kind that is taken', () => {
    const offered = ACCEPT.split(',')
    for (const { mediaType, endings } of Object.values(FILE_TYPES)) {
      const isOffered = offered.includes(`${mediaType.split('/')[0]}/*`) || endings.some((ending) => offered.includes(`.${ending}`))
      expect(isOffered, mediaType).toBe(true)
    }
  })
})
