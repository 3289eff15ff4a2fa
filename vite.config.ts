import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { FIRST_GROUPS, TEXT_GROUPS } from './client/app/text-groups.ts'
import { breakpoints } from './scripts/vite-breakpoints.ts'
import { compressPlugin } from './scripts/vite-compress.ts'
import { cssLayersPlugin } from './scripts/vite-css-layers.ts'
import { firstJoinPlugin } from './scripts/vite-first-join.ts'
import { serviceWorkerPlugin } from './scripts/vite-service-worker.ts'
import { textsPlugin } from './scripts/vite-texts.ts'
import { websocketAlonePlugin } from './scripts/vite-websocket-alone.ts'

const root = import.meta.dirname
const api = `http://127.0.0.1:${process.env.API_PORT ?? '8080'}`

/** What every screen inside a case loads, in one file for the same reason as what every page does. */
const EVERY_ROOM = new RegExp(
  [
    'client/rooms/(use-room|people)',
    'client/realtime/use-(command|case)',
    'client/ui/state/use-action',
    'shared/cases/(may|case-policy)',
    'shared/(rooms|caucus|messaging)/[\\w-]+-(state|protocol)\\.ts',
    'shared/signing/(first|signing-devices)\\.ts',
    'shared/first-catalogue\\.ts',
    'client/messaging/use-talk',
    'client/i18n/use-formats',
    'client/rooms/rooms-of',
    'shared/cases/phases',
    'shared/document/case-documents',
  ].join('|'),
)
/** What an open room loads besides, of which some screens load a part: many small files compress worse. */
const OPEN_ROOM = new RegExp(
  [
    'client/realtime/(ack-meaning|case-storage|database-disk|device-storage|open-device-storage|told-events)',
    'client/(identity/phone/people-on-phone|messaging/use-unread|caucus/room-events|http/authorised-api|app/room/room-title)',
    'client/app/room/(OwnNotes|Grants|Before|Alerted)\\.tsx',
    'client/rooms/(RareTopic|grants/consents-of)\\.tsx?',
    'shared/(calls|crossing|preparation|scheduling|waiting)/[\\w-]+-state\\.ts',
  ].join('|'),
)
/** What the talk of all shares with rooms that one steps into. */
const INSIDE = new RegExp(
  [
    'client/(rooms/(use-)?short-names|caucus/use-caucus|calls/calls-here|drafting/kept-words|signing/text-events)\\.tsx?',
    'shared/(messaging/messaging|rooms/lock|caucus/caucus|files/files)-policy\\.ts',
  ].join('|'),
)
/** Dialogs and parts that are fetched when they are asked for. */
const FETCHED = /client\/(ui\/(frame\/(Dialog|FetchedDialog)|feedback\/PartBoundary))\.tsx/
/** What verifying needs of it. */
const VERIFYING = /shared\/(protocol\/(text-fields|text-reasons|wire)|log\/fold)\.ts/

/** What an invited person loads on the way to the code, and in the room. */
const EVERY_PERSON =
  /(client\/identity\/(reasons|sessions\/person-sessions|join\/use-link-secret)|shared\/identity\/(identity-protocol|join-fields|join-protocol)|client\/ui\/actions\/(CopyButton|Menu))/

/** What every page loads, in one file: many small ones compress worse. */
const EVERY_PAGE = new RegExp(
  [
    'rolldown/runtime',
    'client/i18n/(texts|message)\\.tsx?',
    'node_modules/(react|react-dom|scheduler|wouter|regexparam|zod)/',
    'client/http/(api|shown-problem|token-keeper|tools|unreachable|use-wait)\\.ts',
    'client/ui/base/',
    'client/ui/forms/(Field|inputs|CodeInput|SubmitButton)',
    'client/ui/actions/(Button|Menu|CopyButton|LanguageSwitch|theme)',
    'client/ui/feedback/(states|ErrorState|Banner|fault-of|fetched|FetchedPart|lost-styles|reload)',
    'client/ui/frame/PageFrame',
    'client/ui/state/(create-store|use-store)',
    'client/app/lazy-(part|route)',
    'client/identity/(reasons|sessions/(?:person-sessions|remembered-people)|join/use-link-secret)\\.ts',
    'shared/identity/(identity-protocol|join-fields|join-protocol)\\.ts',
    'shared/kernel/[\\w-]+\\.ts',
    'shared/protocol/(define|fields|parse|route)\\.ts',
  ].join('|'),
)

/** Definitions and fields do nothing but make what they answer: what no screen asks for is left out. */
const MAKERS = [
  ...['defineCommand', 'defineEvent', 'defineToldEvent', 'withBody', 'defineRoute', 'defineFact', 'personRule', 'systemRule'],
  ...['strictObject', 'object', 'optional', 'union', 'array', 'enum', 'literal', 'string', 'int', 'record', 'boolean'].map(
    (name) => `z.${name}`,
  ),
  ...['idField', 'lineField', 'optionalLineField', 'documentField', 'textField', 'storedLine', 'storedLines', 'storedText'],
]

export default defineConfig({
  root: 'client',
  // React has had this hook for years; the shim would be carried for nothing.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim(\/index\.js)?$/, replacement: 'react' }] },
  plugins: [
    react(),
    websocketAlonePlugin(),
    cssLayersPlugin({ root }),
    textsPlugin({ root, groups: TEXT_GROUPS, first: FIRST_GROUPS }),
    firstJoinPlugin({ root }),
    serviceWorkerPlugin({ root }),
    compressPlugin(),
  ],
  css: { postcss: { plugins: [breakpoints] } },
  build: {
    outDir: '../dist/client',
    // scripts/former-assets.mjs takes out what is no longer needed: pages that are open still need some of it
    emptyOutDir: false,
    manifest: 'manifest.json',
    // a strict content security policy allows no data: URLs for code, and few for anything else
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      checks: { bundlerTimings: false }, // on a busy machine everything takes long: nothing for whoever starts this to read
      treeshake: { manualPureFunctions: MAKERS },
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', test: EVERY_PAGE },
            { name: 'fields', test: VERIFYING },
            { name: 'case', test: EVERY_ROOM },
            { name: 'fetched', test: FETCHED },
            { name: 'open-room', test: OPEN_ROOM },
            { name: 'inside', test: INSIDE },
            { name: 'person', test: EVERY_PERSON },
          ],
        },
        chunkFileNames: (chunk) => {
          const texts = chunk.facadeModuleId?.match(/virtual:texts\/([\w-]+)\/(\w+)$/)
          return texts ? `assets/${texts[1]}-${texts[2]}-[hash].js` : 'assets/[name]-[hash].js'
        },
      },
    },
  },
  server: {
    port: Number(process.env.CLIENT_PORT ?? '5173'),
    proxy: { '/api': api, '/socket.io': { target: api, ws: true } },
  },
})
