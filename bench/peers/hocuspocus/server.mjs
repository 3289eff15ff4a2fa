// Hocuspocus as it ships.
import { serve } from './serve.mjs'

await serve()
