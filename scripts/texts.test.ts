import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TEXT_GROUPS } from '../client/app/text-groups.ts'
import {
  allGroups,
  argumentsOf,
  compileCatalogue,
  compileText,
  declareTexts,
  readTextFolders,
  type TextFolder,
  textFaults,
} from './texts.ts'

const root = join(import.meta.dirname, '..')

function folder(messages: { kk?: Record<string, string>; ru?: Record<string, string>; en?: Record<string, string> }): TextFolder {
  return { capability: 'rooms', path: 'client/rooms/texts', messages: { kk: {}, ru: {}, en: {}, ...messages } }
}

describe('texts', () => {
  it('[UI-10] every text stands in three languages, with the same values and tags and all plural forms', () => {
    expect(textFaults(readTextFolders(root), TEXT_GROUPS)).toEqual([])
  })

  it('[UI-52] every text that the screens of a room name is among those that a room has fetched', () => {
    const folders = readTextFolders(root)
    const {
      shell,
      join: joining,
      waiting,
      draft,
      note,
      older,
      late,
      question,
      board,
      side,
      alerts,
      told,
      blocked,
      leave,
      print,
      ended,
      grants,
      group,
      suspended,
      minor,
      'own-notes': notes,
      aloud,
      'child-report': childReport,
    } = TEXT_GROUPS
    const room = allGroups(folders, TEXT_GROUPS).room ?? []
    const unnamed = room.slice(TEXT_GROUPS.room.length)
    const fetched: readonly string[] = [...shell, ...joining, ...waiting, ...room]
    const withDraft: readonly string[] = [...fetched, ...draft]
    const fetchedLate: readonly (readonly [part: RegExp, groups: readonly string[]])[] = [
      [/^rooms\/alerts\//, [...shell, ...joining, ...waiting, ...alerts]],
      [/^rooms\/own-notes\//, [...shell, ...joining, ...waiting, ...notes]],
      [/^rooms\/aloud\//, [...shell, ...aloud]],
      [/^rooms\/grants\//, [...fetched, ...grants]],
      [/^drafting\/(NotePanel|notes\/)/, [...withDraft, ...note]],
      [/^rooms\/LeaveDialog/, [...shell, ...joining, ...waiting, ...leave]],
      [/^rooms\/BlockedBanner/, [...shell, ...joining, ...waiting, ...blocked]],
      [/^child-report\//, [...fetched, ...childReport]],
      [/^signing\/TextEventLine/, [...fetched, ...told]],
      [/^signing\/EndedNotice/, [...fetched, ...ended]],
      [/^messaging\/OlderWords/, [...fetched, ...older]],
      [/^messaging\/late\//, [...fetched, ...late]],
      [/^(app\/room\/PrintDialog|messaging\/PrintedRecord|joint-record\/)/, [...fetched, ...print]],
      [/^caucus\/(InviteDialog|StepOver)/, [...fetched, ...question]],
      [/^rooms\/groups\//, [...fetched, ...group]],
      [/^rooms\/SuspendedNotice/, [...fetched, ...suspended]],
      [/^rooms\/MinorNotice/, [...shell, ...joining, ...waiting, ...minor]],
      [/^rooms\/(SessionControls|EndMediation|RemoveDialog|SuspendDialog|CloseCaseDialog|Locks)/, [...fetched, ...board]],
      [/^(app\/room\/(RoomSide|OwnAccess)|rooms\/(PeopleSide|HelpPanel)|caucus\/Call(Mediator|Dialog))/, [...fetched, ...side]],
      [/^(caucus\/(board|minutes)\/|app\/room\/Board)/, [...fetched, ...question, ...board]],
    ]
    const isIn = (groups: readonly string[], id: string) => groups.some((each) => id === each || id.startsWith(`${each}.`))
    const known = new Set(folders.flatMap(({ messages }) => Object.keys(messages.en)))
    const missing: string[] = []
    for (const folderOfScreens of ['app/room', 'rooms', 'messaging', 'caucus', 'drafting', 'signing', ...unnamed]) {
      const usual = folderOfScreens === 'drafting' || folderOfScreens === 'signing' ? withDraft : fetched
      for (const path of readdirSync(join(root, 'client', folderOfScreens), { recursive: true, encoding: 'utf8' })) {
        if (!/(?<!\.test)\.tsx?$/.test(path)) continue
        const source = readFileSync(join(root, 'client', folderOfScreens, path), 'utf8')
        const groups = fetchedLate.find(([part]) => part.test(`${folderOfScreens}/${path}`))?.[1] ?? usual
        for (const [, id = ''] of source.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)+)'/g)) {
          if (known.has(id) && !isIn(groups, id)) missing.push(`${folderOfScreens}/${path}: ${id}`)
        }
      }
    }
    expect(missing).toEqual([])
  })

  it('[UI-11] a text that one language lacks is found and named', () => {
    const faults = textFaults([folder({ ru: { 'rooms.a': 'Да' }, en: { 'rooms.a': 'Yes' } })])
    expect(faults).toEqual(['client/rooms/texts/kk.json: rooms.a is missing'])
  })

  it('[UI-11] a value that only one language uses is found and named', () => {
    const faults = textFaults([folder({ kk: { 'rooms.a': '{name}' }, ru: { 'rooms.a': '{name}' }, en: { 'rooms.a': '{nme}' } })])
    expect(faults).toEqual(['client/rooms/texts: rooms.a needs different things: kk {name:text}, ru {name:text}, en {nme:text}'])
  })

  it('[UI-11] a tag that a language forgot is found', () => {
    const faults = textFaults([folder({ kk: { 'rooms.a': '<b>x</b>' }, ru: { 'rooms.a': '<b>x</b>' }, en: { 'rooms.a': 'x' } })])
    expect(faults[0]).toContain('kk {<b>}, ru {<b>}, en {}')
  })

  it('[UI-12] a Russian plural without "few" is found', () => {
    const plural = (forms: string) => ({ 'rooms.a': `{count, plural, ${forms} other {#}}` })
    const faults = textFaults([folder({ kk: plural('one {#}'), ru: plural('one {#} many {#}'), en: plural('one {#}') })])
    expect(faults).toEqual(['client/rooms/texts/ru.json: rooms.a has a plural without "few"'])
  })

  it('[UI-11] a message that is no ICU is found, not shown', () => {
    const faults = textFaults([folder({ kk: { 'rooms.a': 'x' }, ru: { 'rooms.a': 'x' }, en: { 'rooms.a': '{count, plural, one {#}' } })])
    expect(faults[0]).toContain('client/rooms/texts/en.json: rooms.a is no ICU message')
  })

  it('[UI-61] a capability that no group names travels with the room, whole, and with nothing else', () => {
    const texts = { 'rooms.a': 'x', 'rooms.b.c': 'x' }
    const folders = [folder({ kk: texts, ru: texts, en: texts })]
    const groups = { shell: ['ui'], room: ['messaging'], office: ['roomsize.a'] }
    expect(textFaults(folders, groups)).toEqual([])
    expect(allGroups(folders, groups)).toEqual({ shell: ['ui'], room: ['messaging', 'rooms'], office: ['roomsize.a'] })
    expect(Object.keys(compileCatalogue(folders, allGroups(folders, groups).room ?? [], 'en'))).toEqual(['rooms.a', 'rooms.b.c'])
  })

  it('[UI-61] a capability that some group names gets no other by itself', () => {
    const folders = [folder({ en: { 'rooms.a': 'x', 'rooms.b.c': 'x' } })]
    const whole = { office: ['rooms'], room: ['messaging'] }
    const part = { office: ['rooms.b'], room: ['messaging'] }
    expect(allGroups(folders, whole)).toEqual(whole)
    expect(allGroups(folders, part)).toEqual(part)
  })

  it('[UI-13] a group may take a part of a capability by the beginning of its ids, and what is left over is found', () => {
    const both = { 'rooms.wait.a': 'x', 'rooms.waiting': 'x' }
    const folders = [folder({ kk: both, ru: both, en: both })]
    expect(Object.keys(compileCatalogue(folders, ['rooms.wait'], 'en'))).toEqual(['rooms.wait.a'])
    expect(textFaults(folders, { join: ['rooms.wait'], room: ['messaging'] })).toEqual([
      'client/rooms/texts: no group of client/app/text-groups.ts loads rooms.waiting',
    ])
  })

  it('[UI-14] the declared values are those of the messages, numbers where a number is needed', () => {
    expect([...argumentsOf(compileText('{name}: {count, plural, one {# by {who}} other {#}}'))]).toEqual([
      ['name', 'text'],
      ['count', 'number'],
      ['who', 'text'],
    ])
    const declared = declareTexts([folder({ en: { 'rooms.a': '{count, plural, one {#} other {#}}', 'rooms.b': 'x' } })])
    expect(declared).toContain('"rooms.a": { "count": number }')
    expect(declared).toContain('"rooms.b": {  }')
  })
})
