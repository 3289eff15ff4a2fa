import { describe, expect, it } from 'vitest'
import { seededEntropy } from '#server/testing/entropy.ts'
import { dueCipher } from './due-cipher.ts'

const cipher = dueCipher(new Uint8Array(32).fill(3), seededEntropy('due'))
const task = { kind: 'caucus/remind', subject: 'side of Дала Жем', at: 1_792_000_000_000 }

describe('a due step at rest', () => {
  it('[STO-147] opens as what it was, and stands under one id', () => {
    const step = cipher.encrypt(task)
    expect(cipher.decrypt(step)).toEqual(task)
    expect(step.id).toBe(cipher.idOf(task))
    expect(cipher.encrypt({ ...task, at: 1 }).id).toBe(step.id)
    expect(cipher.idOf({ ...task, kind: 'other' })).not.toBe(step.id)
  })

  it('[STO-147] tells neither kind nor subject, nor how long they are', () => {
    const step = cipher.encrypt(task)
    const text = `${step.id} ${Buffer.from(step.encrypted).toString('latin1')}`
    for (const word of ['caucus', 'remind', 'side']) expect(text).not.toContain(word)
    for (const subject of ['', 'x'.repeat(100)]) expect(cipher.encrypt({ ...task, subject }).encrypted).toHaveLength(step.encrypted.length)
  })

  it('[STO-147] opens under no other id and time, and by no other key', () => {
    const step = cipher.encrypt(task)
    const other = cipher.encrypt({ ...task, subject: 'another' })
    expect(() => cipher.decrypt({ ...step, at: step.at - 1 })).toThrow()
    expect(() => cipher.decrypt({ ...step, id: other.id })).toThrow()
    expect(() => cipher.decrypt({ ...step, encrypted: other.encrypted })).toThrow()
    expect(() => dueCipher(new Uint8Array(32).fill(4), seededEntropy('due')).decrypt(step)).toThrow()
  })
})
