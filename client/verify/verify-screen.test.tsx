// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { ok, testServer } from '#client/http/testing.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { filesOf } from '#server/signing/testing/forger.ts'
import { fixtureFile } from '#server/testing/fixture.ts'
import { fromUtf8, hex } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { fromPem } from '#shared/signing/bundle/pem.ts'
import { spokenFingerprint } from '#shared/signing/spoken-fingerprint.ts'
import { VerifyScreen } from './VerifyScreen.tsx'

/** A check is a second's work on a busy machine; how long it takes is not what is tested. */
const PATIENTLY = { timeout: 30_000 }
const LOOK = 'GET /api/authority'
afterEach(cleanup)

async function issuer() {
  const digest = await sha256(crypto.subtle, fromPem('CERTIFICATE', fromUtf8(fixtureFile('2026-11', 'authority.pem'))) ?? new Uint8Array())
  return { name: 'Bitim bitim.example', sha256: hex(digest), digits: spokenFingerprint(digest) }
}

function open(authority?: object) {
  const server = testServer()
  server.on(LOOK, () => (authority ? ok(authority) : 'no connection'))
  const { container } = renderWithTexts(
    <ToolsProvider tools={server.tools}>
      <VerifyScreen />
    </ToolsProvider>,
    { locale: 'en' },
  )
  const choose = (bytes: Uint8Array, name = 'bundle.zip') => {
    const [field] = container.querySelectorAll('input[type=file]')
    if (field) fireEvent.change(field, { target: { files: [new File([new Uint8Array(bytes)], name)] } })
  }
  const verdict = () =>
    screen.findByRole(
      'heading',
      { level: 2, name: /confirmed|Nothing was changed|not the file as|not a file|What is in this file/ },
      PATIENTLY,
    )
  return { server, choose, verdict, container }
}

describe('the public page', () => {
  it('[DOC-65] [DOC-66] on the installation that gave the file out it is green by itself, and shows by whom; only the public fingerprint was asked for', async () => {
    const own = await issuer()
    const { server, choose, verdict } = open(own)
    await screen.findByText(own.digits, undefined, PATIENTLY)
    expect(screen.getByRole('link', { name: /authority\.pem/ }).getAttribute('href')).toBe('/api/authority.pem')
    choose(fixtureFile('2026-11', 'bundle.zip'))
    expect((await verdict()).textContent).toBe('Signatures confirmed, the text is unchanged')
    expect(screen.getByText(/: this service$/)).toBeTruthy()
    expect(screen.queryByLabelText(/Control code: 32 digits/)).toBeNull()
    expect(server.asked.map(({ line, body }) => [line, body])).toEqual([[LOOK, undefined]])
  })

  it('[DOC-65] elsewhere, and without a connection, the same file is amber and asks for the code; with the code it is green', async () => {
    const own = await issuer()
    for (const authority of [{ name: 'Bitim other.example', sha256: 'ab'.repeat(32), digits: '0000' }, undefined]) {
      const { choose, verdict } = open(authority)
      choose(fixtureFile('2026-11', 'bundle.zip'))
      expect((await verdict()).textContent).toBe('Nothing was changed, but this page does not know who vouches for the signatures')
      fireEvent.change(screen.getByLabelText(/Control code: 32 digits/), { target: { value: own.digits } })
      await screen.findByRole('heading', { level: 2, name: /Signatures confirmed/ }, PATIENTLY)
      cleanup()
    }
  })

  it('[DOC-71] shows the whole SHA-256 of the text beside the code, and says what the code is for', async () => {
    const { choose, verdict, container } = open()
    choose(fixtureFile('2026-11', 'bundle.zip'))
    await verdict()
    expect(screen.getByText('Text code (for comparing aloud)')).toBeTruthy()
    expect(container.querySelector('.verify-digest')?.textContent?.replaceAll(' ', '')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('[DOC-193] one file, a PDF alone, several files and a folder are chosen by keyboard as well as by drop, whatever they are', async () => {
    const parts = filesOf(fixtureFile('2026-11', 'bundle.zip'))
    const pdf = parts.find(({ name }) => name === 'agreement.pdf')?.bytes ?? new Uint8Array()
    const asFile = (name: string, bytes: Uint8Array, path = '') =>
      Object.defineProperty(new File([new Uint8Array(bytes)], name), 'webkitRelativePath', { value: path })
    const flat = parts.map(({ name, bytes }) => asFile(name.replace(/^.*\//, ''), bytes))
    const within = parts.map(({ name, bytes }) => asFile(name.replace(/^.*\//, ''), bytes, `Келісім/${name}`))
    const ways = [
      ['Choose files', [asFile('agreement.pdf', pdf)], /This is the PDF alone/],
      ['Choose files', flat, /What is in it was checked: nothing was changed/],
      ['Choose a folder', within, /What is in it was checked: nothing was changed/],
      [
        'Choose files',
        [asFile('photo.jpg', new Uint8Array(9)), asFile('letter.txt', new Uint8Array(9))],
        /There are no parts of an agreement here/,
      ],
      [
        'Choose files',
        [asFile('a.zip', fixtureFile('2026-11', 'bundle.zip')), asFile('b.zip', fixtureFile('2026-11', 'bundle.zip'))],
        /more than one agreement here/,
      ],
    ] as const
    Object.defineProperty(HTMLInputElement.prototype, 'webkitdirectory', { value: false, configurable: true, writable: true })
    for (const [label, files, words] of ways) {
      const { container } = open()
      const field = screen.getByLabelText<HTMLInputElement>(label)
      expect([field.multiple, field.accept, field.tabIndex]).toEqual([true, '', 0])
      expect(field.hasAttribute('webkitdirectory')).toBe(label === 'Choose a folder')
      fireEvent.change(field, { target: { files } })
      await screen.findByText(words, undefined, PATIENTLY)
      expect(container.querySelectorAll('input[type=file]').length).toBeGreaterThan(1)
      cleanup()
    }
  })

  it('[DOC-193] where a browser chooses no folders nothing offers one', () => {
    Reflect.deleteProperty(HTMLInputElement.prototype, 'webkitdirectory')
    open()
    expect(screen.queryByText('Choose a folder')).toBeNull()
    expect(screen.getByText('Choose files')).toBeTruthy()
  })

  it('[DOC-62] the name of a chosen file is shown as it is, and turns nothing around', async () => {
    const { choose, container } = open()
    choose(fixtureFile('2026-11', 'bundle.zip'), 'agreement\u202epiz.exe')
    await screen.findByText('agreement\\u{202e}piz.exe', undefined, PATIENTLY)
    expect(container.textContent).not.toContain('\u202e')
  })
})
