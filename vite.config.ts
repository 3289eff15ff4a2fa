import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { TEXT_GROUPS } from './client/app/text-groups.ts'
import { compressPlugin } from './scripts/vite-compress.ts'
import { cssLayersPlugin } from './scripts/vite-css-layers.ts'
import { serviceWorkerPlugin } from './scripts/vite-service-worker.ts'
import { textsPlugin } from './scripts/vite-texts.ts'

const root = import.meta.dirname
const api = `http://127.0.0.1:${process.env.API_PORT ?? '8080'}`

export default defineConfig({
  root: 'client',
  // React has had this hook for years; the shim would be carried for nothing.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim(\/index\.js)?$/, replacement: 'react' }] },
  plugins: [
    react(),
    cssLayersPlugin({ root }),
    textsPlugin({ root, groups: TEXT_GROUPS }),
    serviceWorkerPlugin({ root }),
    compressPlugin(),
  ],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // a strict content security policy allows no data: URLs for code, and few for anything else
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
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
