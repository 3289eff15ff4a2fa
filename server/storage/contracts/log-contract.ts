// What every LogStore keeps to (docs/spec/storage.md, STO-1 to STO-19, STO-96 to STO-98, STO-150).
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppendAnswer, Commit, LogStore, Storage } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import { asId, type CaseId, type CommandId } from '#shared/kernel/ids.ts'
import { bytes, type ContractSubject, commit, event, HOSTILE_TEXTS, newCase, newCommand, newPerson, newSide, upTo } from './samples.ts'

const ALL = 100_000

export function registerLogContract(subject: ContractSubject): void {
  describe('log', () => {
    let storage: Storage
    let log: LogStore
    beforeAll(async () => {
      storage = await subject.open()
      log = storage.log
    })
    afterAll(() => storage.close())

    async function caseOf(count: number): Promise<{ caseId: CaseId; commits: readonly Commit[] }> {
      const caseId = newCase()
      const commits = upTo(count).map((commitNumber) => commit(caseId, commitNumber))
      expect(await log.append(commits)).toEqual(commits.map(() => 'stored'))
      return { caseId, commits }
    }

    it('[STO-1] a batch is answered commit by commit, in the order given', async () => {
      const [a, b] = [newCase(), newCase()]
      const answers = await log.append([commit(a, 1), commit(b, 1), commit(b, 1), commit(a, 2), commit(a, 4)])
      expect(answers).toEqual(['stored', 'stored', 'taken', 'stored', 'blocked'])
      expect(await log.append([])).toEqual([])
    })

    it('[STO-2] a number is given once: another commit at it is taken and leaves no trace', async () => {
      const { caseId, commits } = await caseOf(2)
      const late = commit(caseId, 2)
      expect(await log.append([late])).toEqual(['taken'])
      expect(await log.readCase(caseId, 0, ALL)).toEqual(commits)
      expect(await log.findCommand(caseId, late.by, late.commandId)).toBeUndefined()
    })

    it('[STO-3] a command used again by the same person in the same case is a duplicate, at whatever number', async () => {
      const { caseId, commits } = await caseOf(2)
      const [first] = commits
      const again = { by: first?.by ?? 'system', commandId: first?.commandId ?? newCommand() }
      expect(await log.append([commit(caseId, 3, again)])).toEqual(['duplicate'])
      expect(await log.append([commit(caseId, 1, again)])).toEqual(['duplicate'])
      expect(await log.readCase(caseId, 0, ALL)).toEqual(commits)
      expect(await log.append([commit(caseId, 3, { ...again, by: newPerson() })])).toEqual(['stored'])
      expect(await log.append([commit(newCase(), 1, again)])).toEqual(['stored'])
    })

    it('[STO-4] a commit behind one that was not stored is blocked, so a case is stored as a prefix', async () => {
      const { caseId, commits } = await caseOf(2)
      const batch = [commit(caseId, 3), commit(caseId, 3), commit(caseId, 4), commit(caseId, 5)]
      expect(await log.append(batch)).toEqual(['stored', 'taken', 'blocked', 'blocked'])
      expect(await log.readCase(caseId, 0, ALL)).toEqual([...commits, batch[0]])
    })

    it('[STO-5] a commit that would leave a gap is blocked', async () => {
      const { caseId } = await caseOf(1)
      expect(await log.append([commit(caseId, 3)])).toEqual(['blocked'])
      expect(await log.append([commit(newCase(), 2)])).toEqual(['blocked'])
      expect(await log.headOf(caseId)).toBe(1)
    })

    it('[STO-6] what fails in one case fails in no other', async () => {
      const { caseId, commits } = await caseOf(1)
      const others = [newCase(), newCase(), newCase()]
      const batch = [
        commit(caseId, 1),
        ...others.map((other) => commit(other, 1)),
        commit(caseId, 2),
        ...others.map((other) => commit(other, 2)),
      ]
      const answers = await log.append(batch)
      expect(answers).toEqual(['taken', 'stored', 'stored', 'stored', 'blocked', 'stored', 'stored', 'stored'])
      expect(await log.readCase(caseId, 0, ALL)).toEqual(commits)
    })

    it('[STO-7] of commits sent at once for one number exactly one is stored', async () => {
      const caseId = newCase()
      const rivals = upTo(20).map(() => commit(caseId, 1))
      const answers = await Promise.all(rivals.map((rival) => log.append([rival])))
      expect(answers.flat().sort()).toEqual(['stored', ...Array.from({ length: 19 }, () => 'taken')])
      const winner = rivals[answers.findIndex(([answer]) => answer === 'stored')]
      expect(await log.readCase(caseId, 0, ALL)).toEqual([winner])
    })

    it('[STO-8] events are stored whole with their commit, and a number in an audience is given once', async () => {
      const caseId = newCase()
      const side = newSide()
      const whole = commit(caseId, 1, { events: [event({ seq: 1 }), event({ audience: side, seq: 1 }), event({ seq: 2 })] })
      expect(await log.append([whole])).toEqual(['stored'])
      const colliding = commit(caseId, 2, { events: [event({ seq: 3 }), event({ audience: side, seq: 1 })] })
      expect(await log.append([colliding, commit(caseId, 3)])).toEqual(['taken', 'blocked'])
      expect(await log.readCase(caseId, 0, ALL)).toEqual([whole])
      expect(await log.append([commit(caseId, 2, { events: [event({ seq: 3 })] })])).toEqual(['stored'])
    })

    it('[STO-9] bytes come back as they went in, plain, from any view of memory', async () => {
      const caseId = newCase()
      const every = Uint8Array.from({ length: 256 }, (_, i) => i)
      const memory = bytes(5000)
      const events = [
        event({ seq: 1, encryptedBody: Buffer.from(every), bodyDigest: memory.subarray(17, 49), previous: new Uint8Array(32) }),
        event({ seq: 2, encryptedBody: undefined }),
        event({ seq: 3, encryptedBody: new Uint8Array(0) }),
        event({ seq: 4, encryptedBody: memory }),
      ]
      const written = commit(caseId, 1, { events, commandMac: Buffer.from(every).subarray(3, 35) })
      expect(await log.append([written])).toEqual(['stored'])
      const [read] = await log.readCase(caseId, 0, 1)
      const bodies = (await log.readAudience(caseId, 'all', 0, ALL)).map((one) => one.encryptedBody)
      expect(bodies).toEqual([every, undefined, new Uint8Array(0), memory])
      expect(read?.events[0]?.bodyDigest).toEqual(memory.slice(17, 49))
      expect(read?.commandMac).toEqual(every.slice(3, 35))
      for (const one of [read?.commandMac, read?.events[0]?.hash, bodies[0], bodies[2]]) expect(one?.constructor).toBe(Uint8Array)
    })

    it('[STO-10] a case is read since a commit number, ascending, so many at a time', async () => {
      const { caseId, commits } = await caseOf(7)
      expect(await log.readCase(caseId, 0, ALL)).toEqual(commits)
      expect(await log.readCase(caseId, 3, 2)).toEqual(commits.slice(3, 5))
      expect(await log.readCase(caseId, 7, ALL)).toEqual([])
      expect(await log.readCase(caseId, 0, Number.MAX_SAFE_INTEGER)).toEqual(commits)
      expect(await log.readCase(newCase(), 0, ALL)).toEqual([])
    })

    it('[STO-11] an audience is read since a seq, with nothing of any other', async () => {
      const caseId = newCase()
      const [one, two] = [newSide(), newSide()]
      const batch = upTo(30).map((commitNumber) =>
        commit(caseId, commitNumber, {
          events: [event({ audience: commitNumber % 2 ? one : two, seq: Math.ceil(commitNumber / 2) }), event({ seq: commitNumber })],
        }),
      )
      await log.append(batch)
      const ofOne = batch.flatMap((each) => each.events).filter((each) => each.audience === one)
      expect(await log.readAudience(caseId, one, 0, ALL)).toEqual(ofOne)
      expect(await log.readAudience(caseId, one, 4, 3)).toEqual(ofOne.slice(4, 7))
      expect(await log.readAudience(caseId, one, 15, ALL)).toEqual([])
      expect(await log.readAudience(caseId, 'all', 28, ALL)).toEqual(batch.slice(28).map((each) => each.events[1]))
      expect(await log.readAudience(caseId, newSide(), 0, ALL)).toEqual([])
      expect(await log.readAudience(newCase(), one, 0, ALL)).toEqual([])
    })

    it('[STO-150] events of an audience are read by their numbers, ascending, each once, with nothing of any other', async () => {
      const caseId = newCase()
      const side = newSide()
      const batch = upTo(40).map((commitNumber) =>
        commit(caseId, commitNumber, {
          events: [
            event({ audience: side, seq: 2 * commitNumber - 1 }),
            event({ seq: commitNumber }),
            event({ audience: side, seq: 2 * commitNumber }),
          ],
        }),
      )
      await log.append(batch)
      const ofSide = batch.flatMap((each) => each.events).filter((each) => each.audience === side)
      const wanted = [1, 2, 17, 40, 80]
      expect(await log.readPlaces(caseId, side, wanted)).toEqual(wanted.map((seq) => ofSide[seq - 1]))
      expect(await log.readPlaces(caseId, side, [80, 17, 81, 0, 17])).toEqual([ofSide[16], ofSide[79]])
      expect(await log.readPlaces(caseId, 'all', [41, 40])).toEqual([batch[39]?.events[1]])
      expect(await log.readPlaces(caseId, side, [])).toEqual([])
      expect(await log.readPlaces(caseId, newSide(), wanted)).toEqual([])
      expect(await log.readPlaces(newCase(), side, wanted)).toEqual([])
    })

    it('[STO-12] several events of one audience in one commit are counted one by one when read', async () => {
      const caseId = newCase()
      const events = upTo(5).map((seq) => event({ seq }))
      await log.append([commit(caseId, 1, { events: events.slice(0, 3) }), commit(caseId, 2, { events: events.slice(3) })])
      expect(await log.readAudience(caseId, 'all', 1, 3)).toEqual(events.slice(1, 4))
    })

    it('[STO-13] a command is found by its person and id, whole, and by nobody else', async () => {
      const { caseId, commits } = await caseOf(3)
      const wanted = commits[1]
      expect(wanted && (await log.findCommand(caseId, wanted.by, wanted.commandId))).toEqual(wanted)
      expect(wanted && (await log.findCommand(caseId, newPerson(), wanted.commandId))).toBeUndefined()
      expect(wanted && (await log.findCommand(newCase(), wanted.by, wanted.commandId))).toBeUndefined()
    })

    it('[STO-14] the head is the last number, 0 without any; a case is listed once it has a commit', async () => {
      const { caseId } = await caseOf(3)
      const refused = newCase()
      await log.append([commit(refused, 2)])
      expect(await log.headOf(caseId)).toBe(3)
      expect(await log.headOf(refused)).toBe(0)
      const listed = await log.caseIds()
      expect(listed.filter((id) => id === caseId)).toEqual([caseId])
      expect(listed).not.toContain(refused)
    })

    it('[STO-15] text that looks like an operator, markup or SQL comes back verbatim and selects nothing else', async () => {
      const { caseId } = await caseOf(2)
      const hostile = newCase()
      // Casts: text where ids belong, as if a schema had let it through.
      const events = HOSTILE_TEXTS.map((text, i) => event({ audience: text as 'all', seq: i + 1, type: text, by: text as By, seen: text }))
      const written = commit(hostile, 1, { by: '$ne' as By, commandId: '{"$gt":""}' as CommandId, events })
      expect(await log.append([written])).toEqual(['stored'])
      expect(await log.readCase(hostile, 0, ALL)).toEqual([written])
      for (const [i, text] of HOSTILE_TEXTS.entries()) {
        const id = asId<CaseId>(text)
        expect(await log.readCase(id, 0, ALL)).toEqual([])
        expect(await log.headOf(id)).toBe(0)
        expect(await log.readAudience(caseId, text as 'all', 0, ALL)).toEqual([])
        expect(await log.readAudience(hostile, text as 'all', 0, ALL)).toEqual([events[i]])
        expect(await log.findCommand(caseId, text as By, asId<CommandId>(text))).toBeUndefined()
      }
      expect(await log.findCommand(hostile, '$ne' as By, asId<CommandId>('{"$gt":""}'))).toEqual(written)
    })

    it('[STO-19] a commit that no database takes is unstorable and fails alone: before it, behind it in time and in other cases all is stored', async () => {
      const [broken, sound] = [newCase(), newCase()]
      // Casts: values that no type allows, as a forgotten check would hand them in.
      const operator = { $gt: '' } as unknown as By
      const faults: readonly Partial<Commit>[] = [
        { by: operator },
        { commandId: 'cut\0here' as CommandId },
        { commandId: 'half\ud800' as CommandId },
        { commandMac: 'text' as unknown as Uint8Array },
        { events: [] },
        { events: [event(), event({ seq: 1.5 })] },
        { events: [event(), event({ seq: 2, hash: true as unknown as Uint8Array })] },
        { events: [event({ seen: '1:1:cut\0here' })] },
        { events: [event({ encryptedBody: new Uint8Array(9_000_000) })] },
      ]
      for (const [i, fault] of faults.entries()) {
        const batch = [commit(broken, 1, fault), commit(sound, i + 1), commit(broken, 2)]
        expect(await log.append(batch)).toEqual(['unstorable', 'stored', 'blocked'])
      }
      expect(await log.readCase(broken, 0, ALL)).toEqual([])
      const mixed = [commit(broken, 1), commit(broken, 2, faults[1]), commit(broken, 3), commit(sound, faults.length + 1)]
      expect(await log.append(mixed)).toEqual(['stored', 'unstorable', 'blocked', 'stored'])
      expect(await log.append([commit(broken, 2), commit(broken, 3)])).toEqual(['stored', 'stored'])
      expect(await log.append([commit({ $ne: 1 } as unknown as CaseId, 1)])).toEqual(['unstorable'])
      await expect(log.readCase({ $gt: '' } as unknown as CaseId, 0, ALL)).rejects.toThrow()
      await expect(log.readAudience(sound, { $gt: '' } as unknown as 'all', 0, ALL)).rejects.toThrow()
      await expect(log.findCommand(sound, operator, newCommand())).rejects.toThrow()
      expect(await log.headOf(sound)).toBe(faults.length + 1)
    })

    it('[STO-96] a destroyed body is gone with its salt and the MAC that it could be guessed by; everything else stands as it was', async () => {
      const { caseId, commits } = await caseOf(3)
      const side = newSide()
      const mixed = commit(caseId, 4, { events: [event({ seq: 4 }), event({ audience: side, seq: 1 }), event({ seq: 5 })] })
      await log.append([mixed])
      const mac = bytes(32)
      const place = { caseId, epoch: 1, replacementMac: (of: Commit) => (of.commitNumber === 4 ? mac : new Uint8Array(32)) }
      await log.destroyBodies([
        { ...place, audience: 'all', seq: 2 },
        { ...place, audience: side, seq: 1 },
      ])
      const gone = (of: Commit | undefined, at: number, left: Uint8Array) =>
        of && {
          ...of,
          commandMac: left,
          events: of.events.map((each, i) => (i === at ? { ...each, encryptedBody: undefined, destroyedBytes: 64 } : each)),
        }
      const after = [commits[0], gone(commits[1], 0, new Uint8Array(32)), commits[2], gone(mixed, 1, mac)]
      expect(await log.readCase(caseId, 0, ALL)).toEqual(after)
      expect(await log.readAudience(caseId, side, 0, ALL)).toEqual(after[3]?.events.slice(1, 2))
      expect(await log.findCommand(caseId, mixed.by, mixed.commandId)).toEqual(after[3])
      expect(await log.append([commit(caseId, 5, { events: [event({ seq: 6 })] })])).toEqual(['stored'])
    })

    it('[STO-97] destroying again is harmless, and what is not there, or is of another epoch, is passed over', async () => {
      const { caseId, commits } = await caseOf(2)
      const place = { caseId, audience: 'all', epoch: 1, seq: 1, replacementMac: () => new Uint8Array(32) } as const
      await log.destroyBodies([
        { ...place, epoch: 2 },
        { ...place, seq: 9 },
        { ...place, audience: newSide() },
        { ...place, caseId: newCase() },
      ])
      expect(await log.readCase(caseId, 0, ALL)).toEqual(commits)
      await log.destroyBodies([])
      await Promise.all([log.destroyBodies([place]), log.destroyBodies([place])])
      const once = await log.readCase(caseId, 0, ALL)
      expect(once.map((each) => each.events[0]?.encryptedBody)).toEqual([undefined, commits[1]?.events[0]?.encryptedBody])
      const again = { ...place, replacementMac: () => bytes(32) }
      await log.destroyBodies([again])
      expect(await log.readCase(caseId, 0, ALL)).toEqual(once)
    })

    it('[STO-98] bodies are destroyed while others write, and nothing of theirs is lost', async () => {
      const { caseId } = await caseOf(20)
      const other = newCase()
      const place = { caseId, audience: 'all', epoch: 1, replacementMac: () => new Uint8Array(32) } as const
      const destroyed = upTo(20).map((seq) => log.destroyBodies([{ ...place, seq }]))
      for (const commitNumber of upTo(20)) expect(await log.append([commit(other, commitNumber)])).toEqual(['stored'])
      await Promise.all(destroyed)
      expect((await log.readCase(caseId, 0, ALL)).every((each) => each.events[0]?.encryptedBody === undefined)).toBe(true)
      expect(await log.headOf(other)).toBe(20)
    })

    it('[STO-17] five hundred commits in one batch, of one case and of many, are all stored', async () => {
      const { commits, caseId } = await caseOf(500)
      expect(await log.readCase(caseId, 0, ALL)).toEqual(commits)
      const cases = upTo(100).map(newCase)
      const batch = upTo(5).flatMap((commitNumber) => cases.map((each) => commit(each, commitNumber)))
      expect(await log.append(batch)).toEqual(batch.map(() => 'stored'))
      expect(await Promise.all(cases.map((each) => log.headOf(each)))).toEqual(cases.map(() => 5))
    })

    it('[STO-18] any batches get the answers, and leave the log, of a model that fits in ten lines', async () => {
      const step = fc.record({
        at: fc.integer({ min: 0, max: 2 }),
        commitNumber: fc.integer({ min: 1, max: 5 }),
        command: fc.integer({ min: 0, max: 6 }),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 5 }), async (batches) => {
          const cases = [newCase(), newCase(), newCase()]
          const commands = upTo(7).map(newCommand)
          const by = newPerson()
          const model = new Map<CaseId, Commit[]>(cases.map((caseId) => [caseId, []]))
          for (const steps of batches) {
            const batch = steps.map(({ at, commitNumber, command }) =>
              commit(cases[at] ?? newCase(), commitNumber, { by, commandId: commands[command] ?? newCommand() }),
            )
            expect(await log.append(batch)).toEqual(modelAnswers(model, batch))
          }
          for (const caseId of cases) expect(await log.readCase(caseId, 0, ALL)).toEqual(model.get(caseId))
        }),
        { numRuns: 40 },
      )
    })
  })
}

function modelAnswers(model: Map<CaseId, Commit[]>, batch: readonly Commit[]): AppendAnswer[] {
  const broken = new Set<CaseId>()
  return batch.map((each) => {
    const log = model.get(each.caseId) ?? []
    const answer =
      broken.has(each.caseId) || each.commitNumber > log.length + 1
        ? 'blocked'
        : log.some((known) => known.commandId === each.commandId)
          ? 'duplicate'
          : each.commitNumber <= log.length
            ? 'taken'
            : 'stored'
    if (answer === 'stored') log.push(each)
    else broken.add(each.caseId)
    return answer
  })
}
