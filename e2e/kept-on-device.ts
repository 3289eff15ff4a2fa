// What a browser keeps of the platform: all places where a page may leave something.
import type { Page } from '@playwright/test'

/** What rests in the platform's own database, by key; nothing is made by looking. */
export function keptOnDevice(page: Page): Promise<readonly (readonly [string, string])[]> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases()
    if (!databases.some(({ name }) => name === 'bitim')) return []
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('bitim')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const store = database.transaction('kept').objectStore('kept')
    const asked = [store.getAllKeys(), store.getAll()] as const
    await new Promise((resolve) => {
      store.transaction.oncomplete = resolve
    })
    database.close()
    return asked[0].result.map((key, at) => [String(key), String(asked[1].result[at])] as const)
  })
}

/** As one text to look for words in. */
export async function everythingKept(page: Page): Promise<string> {
  return JSON.stringify([await keptOnDevice(page), await page.evaluate(() => ({ ...localStorage, ...sessionStorage }))])
}

/** What is drawn on somebody's page, and what their device keeps. */
export async function everythingOn({ page }: { readonly page: Page }): Promise<string> {
  return (await page.content()) + (await everythingKept(page))
}
