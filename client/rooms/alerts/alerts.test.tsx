// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { AlertSettingsBy } from './AlertSettings.tsx'
import { type Alerts, type AlertsAllowed, createAlerts } from './alerts.ts'
import { NewsAlertsBy } from './NewsAlerts.tsx'

afterEach(cleanup)

const t = testTranslate('en')

/** A device that does what its person answers. */
function device({
  permission = 'default',
  answers = 'granted',
  away = true,
}: Partial<Record<'permission' | 'answers', AlertsAllowed>> & { away?: boolean } = {}) {
  const did: string[] = []
  const here = { permission, away }
  return {
    did,
    here,
    device: {
      permission: () => here.permission,
      async ask() {
        did.push('asked')
        here.permission = answers
      },
      isAway: () => here.away,
      show: (words: string) => void did.push(`shown: ${words}`),
      hide: () => void did.push('hidden'),
      sound: () => void did.push('sound'),
    },
  }
}

function News({ news, alerts }: { news: Store<{ readonly count: number; readonly spoke: boolean }>; alerts: Alerts }) {
  return <NewsAlertsBy {...useStore(news)} known={2} alerts={alerts} />
}

function newsOver(options: Parameters<typeof device>[0] = {}, storage = memoryDeviceStorage()) {
  const { did, here, device: own } = device(options)
  const alerts = createAlerts(own, storage)
  const world = smallCase().enter(AIGUL)
  const news = createStore({ count: 2, spoke: false })
  const { timePasses } = renderCase(world, AIGUL, <News news={news} alerts={alerts} />)
  return {
    did,
    here,
    alerts,
    timePasses,
    become: (props: { count: number; spoke?: boolean }) => act(async () => news.set({ spoke: false, ...props })),
  }
}

describe('something new', () => {
  it('[LIV-78] is told by a sound and, while the page is not looked at, by a notification that reveals nothing', async () => {
    const { did, become, timePasses } = newsOver({ permission: 'granted' })
    await timePasses(5_000)
    expect(did).toEqual([]) // what was new when the page was opened is no news
    await become({ count: 3 })
    await timePasses(1_000)
    expect(did).toEqual(['sound', `shown: ${t('rooms.alerts.notice')}`])
  })

  it('[LIV-78] that comes before the eyes is seen at once, and tells nothing', async () => {
    const { did, become, timePasses } = newsOver({ permission: 'granted' })
    await become({ count: 3 })
    await timePasses(100)
    await become({ count: 2 })
    await timePasses(5_000)
    expect(did).toEqual([])
    await become({ count: 3 })
    await timePasses(1_000)
    expect(did).toHaveLength(2)
  })

  it.each<[string, Parameters<typeof device>[0], readonly string[]]>([
    ['not allowed', { permission: 'denied' }, ['sound']],
    ['not asked', { permission: 'default' }, ['sound']],
    ['looked at, in another room', { permission: 'granted', away: false }, ['sound']],
  ])('[LIV-78] shows no notification where it is %s', async (_what, options, told) => {
    const { did, become, timePasses } = newsOver(options)
    await become({ count: 3 })
    await timePasses(1_000)
    expect(did).toEqual(told)
  })

  it('[LIV-78] makes no sound once it is turned off, on this device also later', async () => {
    const storage = memoryDeviceStorage()
    const { alerts, did, become, timePasses } = newsOver({}, storage)
    alerts.setSound(false)
    await become({ count: 3 })
    await timePasses(1_000)
    expect(did).toEqual([])
    expect(createAlerts(device().device, storage).state().sound).toBe(false)
  })

  it('[LIV-79] is asked about once: after the first own words, and never again whatever was answered', async () => {
    const storage = memoryDeviceStorage()
    const { did, become } = newsOver({ answers: 'denied' }, storage)
    expect(screen.queryByText(t('rooms.alerts.question'))).toBeNull()
    await become({ count: 2, spoke: true })
    expect(did).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: t('rooms.alerts.question.no') }))
    expect(screen.queryByText(t('rooms.alerts.question'))).toBeNull()
    cleanup()
    const again = newsOver({}, storage)
    await again.become({ count: 2, spoke: true })
    expect(screen.queryByText(t('rooms.alerts.question'))).toBeNull()
    expect([...did, ...again.did]).toEqual([])
  })
})

describe('what is set for it', () => {
  it.each(LOCALES)('[LIV-79] is what the browser really lets the page do; where it forbids it, what to do is said: %s', async (locale) => {
    const say = testTranslate(locale)
    for (const answers of ['granted', 'denied'] as const) {
      const { device: own, here } = device({ answers })
      const alerts = createAlerts(own, undefined)
      void renderCase(smallCase().enter(AIGUL), AIGUL, <AlertSettingsBy alerts={alerts} />, { locale })
      screen.getByText(say('rooms.alerts.says'))
      await act(async () => fireEvent.click(screen.getByRole('button', { name: say('rooms.alerts.allow') })))
      screen.getByText(say(`rooms.alerts.${answers}`))
      expect(screen.queryByRole('button', { name: say('rooms.alerts.allow') })).toBeNull()
      // changed in the browser's own settings
      here.permission = 'default'
      await act(async () => alerts.back())
      screen.getByRole('button', { name: say('rooms.alerts.allow') })
      cleanup()
    }
    void renderCase(
      smallCase().enter(AIGUL),
      AIGUL,
      <AlertSettingsBy alerts={createAlerts(device({ permission: 'none' }).device, undefined)} />,
      { locale },
    )
    expect(screen.getByText(say('rooms.alerts.none'))).toBeTruthy()
  })

  it.each(LOCALES)('[LIV-78] a notification names nobody and nothing: %s', (locale) => {
    expect(testTranslate(locale)('rooms.alerts.notice')).not.toMatch(/[{}«»"]/)
  })
})
