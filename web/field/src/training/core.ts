// A core that keeps and sends nothing: to practise with an invented person, and for tests of the screens.
import { shallowReactive } from 'vue'
import type { Core, Draft, OutboxItem, Photo, View } from '../core/core'
import { emptyView } from '../core/view'
import type { FormReference, RecordKind } from '../core/types'
import { inventedData } from './person'

type Content = Parameters<Core['save']>[2]

const china = 8 * 3600_000
const instant = (ms: number) => `${new Date(ms + china).toISOString().slice(0, 19)}+08:00`
const nothing = async () => undefined
const sameForm = (one: FormReference, other: FormReference | undefined) =>
  one.scheme === other?.scheme && one.form === other.form && one.version === other.version

function countsOf(outbox: readonly OutboxItem[]): View['counts'] {
  const of = (...states: OutboxItem['state'][]) => outbox.filter(({ state }) => states.includes(state)).length
  return { unsent: of('waiting', 'sending'), refused: of('refused'), set_aside: of('set_aside') }
}

type Saved = (kind: RecordKind, content: Content) => void
type Kept = Pick<Core, 'draft' | 'keepDraft' | 'dropDraft' | 'keepPhoto' | 'dropPhoto'>
type Sent = Pick<Core, 'save' | 'mend' | 'dismiss' | 'sendHeld'>

const now = () => Date.now()
const stamp = () => instant(now())
const made = { keys: 0 }
const newKey = () => `training-${++made.keys}`

/** A picture as an address; a phone's core makes it small, here it is looked at as it is. */
const addressOf = (image: Blob) =>
  new Promise<string>((done) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.readAsDataURL(image)
  })

function keeping(view: View): Kept {
  return {
    draft<Value>(kind: RecordKind, person: string | undefined, fresh: () => Value, what?: string): Draft<Value> {
      const had = view.drafts.find((each) => each.kind === kind && each.person === person && each.what === what)
      if (had) return had as Draft<Value>
      const form = view.people.find(({ id }) => id === person)?.form
      const at = stamp()
      const about = { ...(person ? { person } : {}), ...(form ? { form } : {}), ...(what ? { what } : {}) }
      return { id: newKey(), kind, value: fresh(), begun_at: at, changed_at: at, photos: [], ...about }
    },
    async keepDraft(kept) {
      view.drafts = [...view.drafts.filter((each) => each.id !== kept.id), { ...kept, changed_at: stamp() }]
    },
    async dropDraft(id) {
      view.drafts = view.drafts.filter((each) => each.id !== id)
    },
    async keepPhoto(kept, role, image) {
      const photo: Photo = { digest: newKey(), role, preview: await addressOf(image), bytes: image.size }
      kept.photos = [...kept.photos, photo]
      return photo
    },
    async dropPhoto(kept, digest) {
      kept.photos = kept.photos.filter((each) => each.digest !== digest)
    },
  }
}

/** Records are taken in at once, as they would be with a network. */
function sending(view: View, saved: Saved): Sent {
  const contents = new Map<string, Content>()
  const setOutbox = (outbox: readonly OutboxItem[]) => Object.assign(view, { outbox, counts: countsOf(outbox) })
  return {
    async save(kind, key, content, about, mends) {
      if (view.outbox.some((item) => item.key === key)) return
      const mended = mends ?? view.drafts.find((each) => each.id === key)?.mends
      contents.set(key, content)
      saved(kind, content)
      const rest = { attachments_waiting: 0, tries: 1, notices: [], mendable: false }
      const item: OutboxItem = { key, kind, about, state: 'received', saved_at: stamp(), ...rest }
      setOutbox([item, ...view.outbox.filter((each) => each.key !== mended)])
      view.drafts = view.drafts.filter((each) => each.id !== key)
    },
    async mend(key) {
      const item = view.outbox.find((each) => each.key === key)
      const content = contents.get(key)
      if (!item?.about || !content) throw new Error('nothing to mend')
      return { kind: item.kind, content, about: item.about, photos: [] }
    },
    sendHeld: async () => false,
    async dismiss(key) {
      setOutbox(view.outbox.filter((each) => each.key !== key))
    },
  }
}

export function createTrainingCore(given: Partial<View> = {}, saved: Saved = () => undefined): Core {
  const view = shallowReactive<View>({
    ...emptyView(),
    state: 'open',
    training: true,
    ...inventedData(stamp().slice(0, 10)),
    ...given,
  })
  view.counts = countsOf(view.outbox)
  const { name = '', role = 'visitor', area = '', area_name = '' } = view.account ?? {}
  return {
    view,
    start: nothing,
    now,
    stamp,
    lookUp: async () => ({ name, role, area, area_name, expires_at: stamp() }),
    join: nothing,
    unlock: nothing,
    lock: () => undefined,
    changePin: nothing,
    wipe: nothing,
    signOff: nothing,
    person: (id) => view.people.find((each) => each.id === id),
    form: (reference) => view.forms.find((each) => sameForm(each, reference)),
    ...keeping(view),
    ...sending(view, saved),
    newKey,
    syncNow: nothing,
    update: () => undefined,
  }
}
