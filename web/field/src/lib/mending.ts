// What is typed on a screen of few fields is kept at every change, like a record; what was refused is opened there as it
// was typed, and the server's reason stands at its field.
import { computed, reactive, watch } from 'vue'
import type { Contents, EmergencyContent, RecordKind } from '../core/types'
import { useCore } from './core'
import { say } from './flash'
import { pick, t } from './words'

interface Mending {
  key: string
  /** The screen that it is written on. */
  to: string
  content: Contents[RecordKind]
}
let next: Mending | null = null

export function mendNext(mending: Mending): void {
  next = mending
}

/** What a draft of such a screen keeps. */
export interface Kept<T = unknown> {
  /** Where it goes on. */
  to: string
  title: string
  typed: T
}

/** What it is saved with. */
export interface Given {
  key: string
  mends: string | undefined
}

interface About {
  person?: string
  what?: string
  title(): string
  /** Hours after which it is begun anew. */
  hours?: number
  /** What it would say so far, where it is kept even while the phone is locked. */
  soFar?(): EmergencyContent
}

/** `fresh`: what stands there at first, also where `had` was refused. */
export function useTyped<K extends RecordKind, T extends object>(
  kind: K,
  { person, what, title, hours = Infinity, soFar }: About,
  fresh: (had?: Contents[K]) => T,
) {
  const core = useCore()
  const to = location.hash.slice(1)
  const mending = next?.to === to ? next : null
  next = null
  const had = mending?.content as Contents[K] | undefined
  const made = () => ({ to, title: title(), typed: fresh(had) })
  const kept = core.draft<Kept<T>>(kind, person, made, what)
  const over = core.now() - Date.parse(kept.changed_at) > hours * 3600_000
  const draft = over ? { ...kept, value: made(), mends: undefined } : kept
  // One that is held stays a report of its own.
  if (over && core.view.held.some(({ key }) => key === kept.id)) {
    void core.dropDraft(kept.id).catch(() => undefined)
    draft.id = core.newKey()
  }
  const begun = core.view.drafts.some(({ id }) => id === draft.id) && !over
  if (!begun) draft.mends = mending?.key
  else if (mending && draft.mends !== mending.key) say(t('outbox.draftFirst'))

  const typed = reactive(draft.value.typed) as T
  function keep(): void {
    const value = JSON.parse(JSON.stringify({ to, title: title(), typed })) as Kept<T>
    core.keepDraft({ ...draft, value, so_far: soFar?.() }).catch(() => undefined)
  }
  watch(typed, keep)

  const problem = core.view.outbox.find(({ key }) => key === draft.mends)?.problem
  const { field, words } = problem ?? {}
  const named = field?.replace(/.*\./, '')
  let stands = false

  /** The reason, where it is about one of these, until the field is another one than was refused. */
  function faultAt(names: readonly string[], value: () => unknown) {
    const was = JSON.stringify(value())
    const meant = words && named !== undefined && names.includes(named)
    stands ||= !!meant
    return computed(() => (meant && JSON.stringify(value()) === was ? pick(words) : ''))
  }
  return {
    typed,
    /** What is saved from it has this key, so that saving twice saves once. */
    key: draft.id,
    mends: draft.mends,
    had,
    faultAt,
    /** The reason, where no field of the screen is meant. */
    reason: () => (stands ? null : problem),
  }
}
