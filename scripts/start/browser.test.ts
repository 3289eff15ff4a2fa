import { expect, it } from 'vitest'
import { openingCommand } from './browser.mjs'

const desk = { platform: 'linux', env: { DISPLAY: ':0' }, isTerminal: true, isWanted: true }

it.each([
  ['a desktop', desk, 'xdg-open'],
  ['a desktop by Wayland', { ...desk, env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'xdg-open'],
  ['a Mac', { ...desk, platform: 'darwin', env: {} }, 'open'],
  ['Windows', { ...desk, platform: 'win32', env: {} }, 'explorer'],
  ['--no-open', { ...desk, isWanted: false }, undefined],
  ['a machine without a screen', { ...desk, env: {} }, undefined],
  ['a file or a service in place of a terminal', { ...desk, isTerminal: false }, undefined],
  ['a line from elsewhere', { ...desk, env: { DISPLAY: ':10', SSH_CONNECTION: '1' } }, undefined],
  ['a Mac from elsewhere', { ...desk, platform: 'darwin', env: { SSH_TTY: '/dev/ttys1' } }, undefined],
  ['a machine of tests', { ...desk, env: { DISPLAY: ':0', CI: 'true' } }, undefined],
])('[STA-86] the browser is opened where somebody sits before one: %s', (_place, place, command) => {
  expect(openingCommand(place)).toBe(command)
})
