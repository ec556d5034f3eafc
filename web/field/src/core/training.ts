// An invented person to practise on: nothing is kept, nothing is sent.
import { hex, newKey, random } from './bytes'
import type { About, Core, Draft, OutboxItem, Photo, View } from './core'
import { stampOf } from './clock'
import type { Surroundings } from './inside'
import type { BundleForm, BundlePerson, RecordKind } from './types'

const day = (ms: number) => stampOf(ms).slice(0, 10)

/** Somebody who does not exist, on a form that the phone has. */
function invented(like: BundlePerson | undefined, forms: readonly BundleForm[], now: number): BundlePerson[] {
  const form = like?.form ?? forms[0]
  if (!form) return []
  const month = day(now).slice(0, 7)
  const methods = like?.methods ?? [{ method: 'home_visit', words: { zh: '上门', en: 'at home' }, counts: true }]
  return [
    {
      id: 'training',
      version: '',
      name: '练习老人',
      sex: 'female',
      age: 82,
      village: like?.village ?? { area: '', name: '练习村' },
      address: '练习村一组1号',
      phone: '',
      contacts: [{ name: '练习联系人', relation: '子女', phone: '' }],
      tier: like?.tier ?? { id: '', words: { zh: '练习', en: 'training' } },
      status: 'active',
      why: [{ zh: '练习：这位老人是编的', en: 'Training: this person is invented' }],
      first_contact: false,
      form: { scheme: form.scheme, form: form.form, version: form.version },
      obligations: [
        {
          label: 'training',
          kind: 'monthly',
          words: { zh: '本月走访', en: 'visit of this month' },
          first_day: `${month}-01`,
          last_day: `${month}-28`,
          due_day: day(now),
          min: 1,
          counted: 0,
          state: 'open',
          methods: methods.map((each) => each.method),
        },
      ],
      methods: methods.map((each) => ({ method: each.method, words: each.words, counts: true })),
      recent: [],
    },
  ]
}

type Practised = Pick<
  Core,
  'draft' | 'keepDraft' | 'dropDraft' | 'keepPhoto' | 'dropPhoto' | 'save' | 'mend' | 'dismiss'
>

export class Training implements Practised {
  constructor(
    private view: View,
    private around: Pick<Surroundings, 'shrink'>,
    private now: () => number,
  ) {}

  begin(): void {
    const { people, forms } = this.view
    const none = { unsent: 0, refused: 0, set_aside: 0 }
    Object.assign(this.view, { people: invented(people[0], forms, this.now()), drafts: [], outbox: [], counts: none })
    Object.assign(this.view, { training: true, canvass: null, proposals: [] })
  }

  draft<Value>(kind: RecordKind, person: string | undefined, fresh: () => Value): Draft<Value> {
    const had = this.view.drafts.find((each) => each.kind === kind && each.person === person)
    const at = stampOf(this.now())
    const made = { id: newKey(), kind, person, begun_at: at, changed_at: at, photos: [] }
    return (had as Draft<Value> | undefined) ?? { ...made, value: fresh() }
  }
  async keepDraft(draft: Draft): Promise<void> {
    this.view.drafts = [...this.view.drafts.filter((each) => each.id !== draft.id), { ...draft }]
  }
  async dropDraft(id: string): Promise<void> {
    this.view.drafts = this.view.drafts.filter((each) => each.id !== id)
  }
  async keepPhoto(draft: Draft, role: Photo['role'], image: Blob): Promise<Photo> {
    const { bytes, preview } = await this.around.shrink(image, 300 * 1024)
    const photo = { digest: hex(random(32)), role, preview, bytes: bytes.length }
    draft.photos = [...draft.photos, photo]
    return photo
  }
  async dropPhoto(draft: Draft, digest: string): Promise<void> {
    draft.photos = draft.photos.filter((each) => each.digest !== digest)
  }
  async save(kind: RecordKind, key: string, _content: unknown, about: About): Promise<void> {
    const saved_at = stampOf(this.now())
    const rest = { attachments_waiting: 0, tries: 1, notices: [], mendable: false }
    const item: OutboxItem = { key, kind, state: 'received', saved_at, about, ...rest }
    this.view.outbox = [item, ...this.view.outbox.filter((each) => each.key !== key)]
    await this.dropDraft(key)
  }
  mend(): Promise<never> {
    return Promise.reject(new Error('nothing is refused in training'))
  }
  async dismiss(): Promise<void> {}
}
