import type { DeviceStorage } from '../device-storage.ts'

/** A device's storage for tests; `content` is what it keeps. */
export function memoryDeviceStorage(): DeviceStorage & { readonly content: Map<string, string> } {
  const content = new Map<string, string>()
  return {
    content,
    getItem: (key) => content.get(key) ?? null,
    setItem: (key, value) => void content.set(key, value),
    removeItem: (key) => void content.delete(key),
    key: (index) => [...content.keys()][index] ?? null,
    get length() {
      return content.size
    },
  }
}
