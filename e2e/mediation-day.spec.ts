// One whole mediation, from the owner's first link to an agreement that a stranger verifies, among people who wish each other ill.
// Its chapters stand in e2e/day; what they say to whom in e2e/day/secrets.ts.
import { expect, test } from '@playwright/test'
import { keepProducts, verifyByHand, verifyOnThePage } from './day/afterwards.ts'
import { gather } from './day/cast.ts'
import * as closing from './day/closing.ts'
import { comeAndWait, letIn, openTheCase } from './day/coming-in.ts'
import { nothingOfThisCase, nothingOverheard, partyIntrudes, strangerIntrudes } from './day/intruders.ts'
import { oneSideLeaves, signOnPaper } from './day/neighbours.ts'
import { pleaseCome, takeOut, takeWordsAway, talkApart, talkTogether } from './day/talking.ts'
import { closedVersion, preyFor, tracesOf } from './day/traces.ts'
import { surviveTheServer, writeNote, writeTogether } from './day/writing.ts'
import { overhear } from './overheard.ts'
import { arrive } from './people.ts'
import { type Platform, startPlatform } from './platform.ts'
import { askToFreeze, enterCode, quickCase, quickStaff } from './quick-case.ts'
import { writeFirst } from './room.ts'

let platform: Platform
test.beforeAll(async () => {
  platform = await startPlatform()
})
test.afterAll(() => platform.stop())
test.describe.configure({ timeout: 480_000 })

test('[DAY-1] [DAY-4] [DAY-5] [DAY-6] [DAY-7] [DAY-8] a mediation day', async ({ browser }) => {
  const { step } = test
  const day = await gather(browser, platform)

  const caseId = await step('the owner sets up and opens a case with three sides', () => openTheCase(day))
  const staff = await quickStaff(platform)
  const traces = await tracesOf(staff, caseId)
  await step('five people are invited, join by link and code, confirm and wait', () => comeAndWait(day))
  await step('the mediator starts the session and lets them in one by one', () => letIn(day, caseId))

  const neighbours = await step('meanwhile two other cases are under way', async () => {
    const [left, onPaper] = await Promise.all([quickCase(platform, staff), quickCase(platform, staff)])
    const come = async (person: (typeof left.people)[number]) => {
      const someone = await arrive(browser, { locale: 'ru' })
      const frames = overhear(someone)
      await enterCode(someone, person, await person.code())
      await expect(someone.page.getByRole('tab', { name: someone.say('rooms.all') })).toBeVisible()
      return { someone, frames, me: person.participantId }
    }
    await onPaper.mediator.fillDraft('Условие согласовано.')
    expect(await askToFreeze(onPaper)).toBe(true)
    const [leaving, stranger, signing] = await Promise.all([come(left.people[0]), come(left.people[1]), come(onPaper.people[0])])
    return { left, paperCase: onPaper.caseId, leaving, stranger, signing }
  })

  await step('they talk together, in three languages', () => talkTogether(day))
  await step('words are taken away: all see that, and nobody has them', () => takeWordsAway(day))
  await step('three talks apart, and nobody else hears them', () => talkApart(day))
  await step('a side asks for its mediator, who is with another', () => pleaseCome(day))
  await step('somebody is taken out of the case', () => takeOut(day, traces))
  await step('a party tries all that their browser can', () => partyIntrudes(day, traces))

  await step('the mediator notes something for nobody else', () => writeNote(day))
  await step('several write the agreement at once, one of them offline for a while', () => writeTogether(day))
  await step('the server is killed and started again; everything is there, and goes on', () => surviveTheServer(day))

  const codes = [await step('the text is closed', () => closing.closeTheText(day))]
  await step('one side will not sign it, and says so to all', () => closing.refuseBeforeAll(day))
  await step('mended', () => closing.mendTheTerm(day))
  codes.push(await step('closed again, with another code', () => closing.closeTheText(day)))
  const versionId = await closedVersion(platform, staff, traces)
  await step('somebody of another case tries all that their browser can', () =>
    strangerIntrudes(neighbours.stranger.someone, neighbours.stranger.me, traces, versionId),
  )
  await step('another will not sign it, and says so to the mediator alone', () => closing.refuseToMediator(day, traces))
  await step('mended again', () => closing.mendTheStorage(day))
  codes.push(await step('closed a third time', () => closing.closeTheText(day)))
  expect(new Set(codes).size).toBe(3)

  await step('it is printed for signing by hand', () => closing.printForHands(day))
  await step('a signature is given, taken back and given again', () => closing.signAndTakeBack(day))
  await step('all sign, the mediator last', () => closing.signAll(day))
  const bundle = await step('all get the same file', () => closing.saveBundles(day))

  await step('one neighbour’s agreement is signed on paper', () =>
    signOnPaper(day.mediator, neighbours.signing.someone, neighbours.paperCase),
  )
  await step('the other neighbours part: one side leaves', async () => {
    await neighbours.left.reconnect() // the server was killed meanwhile, and without a mediator nobody speaks to all
    await writeFirst(neighbours.stranger.someone, 'Мы согласны на рассрочку.')
    await oneSideLeaves(neighbours.leaving.someone, neighbours.stranger.someone, 'Мы согласны на рассрочку.')
  })

  await step('nobody was sent what was not meant for them', () => {
    nothingOverheard(day, traces)
    for (const { frames } of [neighbours.leaving, neighbours.stranger, neighbours.signing]) nothingOfThisCase(frames, preyFor(traces, {}))
  })

  const root = Buffer.from(await (await fetch(`${platform.url}/api/authority.pem`)).arrayBuffer())
  const products = { bundle, root }
  keepProducts(products)
  await platform.kill()
  await step('a stranger verifies it without the server, on the command line and by openssl', () => verifyByHand(products))
  await platform.start()
  await step('and on the public page, which sends nothing anywhere', () => verifyOnThePage(browser, platform, products))

  const people = [...day.attendants, neighbours.leaving, neighbours.stranger, neighbours.signing]
  for (const { someone } of people) expect(someone.complaints).toEqual([])
})
