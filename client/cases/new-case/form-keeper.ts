// The half-filled forms of whoever is signed in. What the server does not have yet is in memory alone, for as long as the page lives.
import type { Tools } from '#client/http/tools.tsx'
import { createStaffSession } from '#client/identity/sessions/staff-session.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import { unfinishedLook, unfinishedRemove } from '#shared/cases/unfinished-routes.ts'
import type { UnfinishedId } from '#shared/kernel/ids.ts'
import { type CaseForm, caseFormOf } from './case-form.ts'
import { createKeptForm, type Kept, type KeptForm } from './kept-form.ts'

export interface FormKeeper extends Store<ReadonlyMap<UnfinishedId, Kept>> {
  change(id: UnfinishedId, form: CaseForm): void
  /** Fetches a form that this page does not have; throws when it cannot be had. */
  load(id: UnfinishedId): Promise<void>
  flush(): Promise<void>
  /** Nothing more of this form goes out while `act` runs; once that has succeeded the form is forgotten. */
  opening(id: UnfinishedId, act: () => Promise<void>): Promise<void>
  /** Deletes it, here and on the server. */
  remove(id: UnfinishedId): Promise<void>
  /** Drops what this page holds of it. */
  forget(id: UnfinishedId): void
}

export function createFormKeeper(tools: Tools): FormKeeper {
  const { timers } = tools
  const staff = tools.once(createStaffSession)
  const { state, subscribe, set } = createStore<ReadonlyMap<UnfinishedId, Kept>>(new Map())
  const forms = new Map<UnfinishedId, KeptForm>()
  const write = (id: UnfinishedId, kept: Kept) => set(new Map(state()).set(id, kept))
  let account = signedIn()

  function signedIn(): string | undefined {
    const now = staff.state()
    return now.kind === 'signed-in' ? now.account.id : undefined
  }

  // What somebody typed is not for somebody else who signs in next; they themselves find it again.
  staff.subscribe(() => {
    const now = signedIn()
    if (now === undefined || now === account) return
    account = now
    for (const id of [...forms.keys()]) forget(id)
  })

  function formOf(id: UnfinishedId, version = 0): KeptForm {
    const known = forms.get(id)
    if (known) return known
    const { call } = staff
    const made = createKeptForm({ id, version, call, timers, read: () => state().get(id), write: (kept) => write(id, kept) })
    forms.set(id, made)
    return made
  }

  function forget(id: UnfinishedId): void {
    void forms.get(id)?.hold()
    forms.delete(id)
    set(new Map([...state()].filter(([each]) => each !== id)))
  }

  async function holding(id: UnfinishedId, act: () => Promise<unknown>): Promise<void> {
    const form = formOf(id)
    await form.hold()
    try {
      await act()
    } catch (error) {
      form.release()
      throw error
    }
    forget(id)
  }

  return {
    state,
    subscribe,
    change: (id, form) => formOf(id).change(form),
    async load(id) {
      const { form, version, savedAt } = await staff.call(unfinishedLook, { unfinishedId: id })
      formOf(id, version)
      write(id, { form: caseFormOf(form), keeping: { kind: 'saved', at: savedAt } })
    },
    async flush() {
      await Promise.all([...forms.values()].map((form) => form.flush()))
    },
    opening: holding,
    remove: (id) => holding(id, () => staff.call(unfinishedRemove, { unfinishedId: id })),
    forget,
  }
}
