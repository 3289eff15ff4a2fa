import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { defineRoute, pathNames, requestOf, USUAL_MAX_BYTES } from './route.ts'

const input = z.strictObject({ caseId: z.string(), after: z.optional(z.string()) })
const answer = z.strictObject({})

describe('a route', () => {
  const read = defineRoute({ method: 'GET', path: '/api/cases/:caseId/notes', auth: 'person', input, answer })
  const write = defineRoute({ method: 'PUT', path: '/api/cases/:caseId/notes', auth: 'person', input, answer, maxBytes: 9 })

  it('[HTTP-19] puts path names in the path, the rest in query or body', () => {
    expect(pathNames(read.path)).toEqual(['caseId'])
    expect(requestOf(read, { caseId: 'a/b', after: 'x&y' })).toEqual({ url: '/api/cases/a%2Fb/notes?after=x%26y', body: undefined })
    expect(requestOf(read, { caseId: 'a', after: undefined })).toEqual({ url: '/api/cases/a/notes', body: undefined })
    expect(requestOf(write, { caseId: 'a', after: 'x' })).toEqual({ url: '/api/cases/a/notes', body: '{"after":"x"}' })
  })

  it('[HTTP-19] is not asked without the names of its path', () => {
    expect(() => requestOf(read, {})).toThrow(TypeError)
    expect(() => requestOf(read, { caseId: '' })).toThrow(TypeError)
  })

  it('[HTTP-7] has the usual size unless it says otherwise', () => {
    expect(read.maxBytes).toBe(USUAL_MAX_BYTES)
    expect(write.maxBytes).toBe(9)
  })
})
