// The people that this phone may see, as the server's bundles say; one encrypted piece, so that it is always whole.
import type { Inside } from './inside'
import type { Account, Bundle, BundleForm, BundlePerson, Canvass, FormReference, ProposalState, Village } from './types'
import { lockAway, takeOut, type Box } from './vault'

export interface Book {
  cursor: string
  account: Account
  people: BundlePerson[]
  /** People of the list that went to another visitor while a record of theirs is unfinished. */
  leaving?: string[]
  /** When it was asked for, by the phone's clock. */
  at?: number
  forms: BundleForm[]
  proposals: ProposalState[]
  canvass: Canvass | null
  villages?: Village[]
  left_out: number
}

interface Named {
  id: string
}

/** Those that came replace their namesakes in place; new ones stand at the end. */
function merge<T extends Named>(had: readonly T[], came: readonly T[], gone: readonly string[]): T[] {
  const fresh = new Map(came.map((each) => [each.id, each]))
  const out = new Set(gone)
  const stay = had.filter((each) => !out.has(each.id) || fresh.has(each.id)).map((each) => fresh.get(each.id) ?? each)
  const known = new Set(had.map((each) => each.id))
  return [...stay, ...came.filter((each) => !known.has(each.id))]
}

export const isSameForm = (a: FormReference, b: FormReference | undefined): boolean =>
  a.scheme === b?.scheme && a.form === b.form && String(a.version) === String(b.version)

/** The newest of each, and older ones that somebody still refers to. */
function formsOf(
  had: readonly BundleForm[],
  came: readonly BundleForm[],
  needed: readonly FormReference[],
): BundleForm[] {
  const renewed = (form: BundleForm) => came.some((each) => each.scheme === form.scheme && each.form === form.form)
  const stay = had.filter(
    (form) =>
      !came.some((each) => isSameForm(each, form)) && (!renewed(form) || needed.some((each) => isSameForm(each, form))),
  )
  return [...came, ...stay]
}

function canvassOf(had: Canvass | null, came: Bundle['canvass']): Canvass | null {
  if (!came) return null
  const same = had && had.canvass.id === came.canvass.id
  return { canvass: came.canvass, households: merge(same ? had.households : [], came.households, came.gone) }
}

/** Of whom there is a draft, or a record that waits or is to be mended, and on which form. */
export function unfinished({ outbox, view }: Inside): { person?: string; form?: FormReference }[] {
  const rows = outbox.all().filter(({ state }) => state === 'waiting' || state === 'refused')
  return [...view.drafts, ...rows.map(({ key }) => outbox.about(key) ?? {})]
}

/**
 * `had`: null where everything was asked for. `drafts`: forms that unfinished records were begun with. `busy`: people who
 * stay on the phone until what is unfinished of theirs is done.
 */
export function nextBook(
  had: Book | null,
  bundle: Bundle,
  drafts: readonly FormReference[],
  busy: ReadonlySet<string | undefined> = new Set(),
): Book {
  const came = new Set(bundle.people.map(({ id }) => id))
  const gone = [...(had?.leaving ?? []), ...bundle.gone].filter((id) => !came.has(id))
  const leaving = [...new Set(gone.filter((id) => busy.has(id)))]
  const out = gone.filter((id) => !busy.has(id))
  const people = merge(had?.people ?? [], bundle.people, out)
  const needed = [...drafts, ...people.flatMap((each) => each.form ?? [])]
  return {
    cursor: bundle.cursor,
    account: bundle.account,
    people,
    leaving,
    forms: formsOf(had?.forms ?? [], bundle.forms, needed),
    proposals: bundle.proposals,
    canvass: canvassOf(had?.canvass ?? null, bundle.canvass),
    villages: bundle.villages ?? had?.villages,
    left_out: bundle.limit.left_out,
  }
}

export async function readBook(inside: Inside): Promise<Book | null> {
  const box = await inside.store.get<Box>('meta', 'book')
  // One that another page kept under another data key counts as none: the server gives it again.
  return box && inside.key ? takeOut<Book>(inside.key, 'book', box).catch(() => null) : null
}

export async function keepBook(inside: Inside, book: Book): Promise<void> {
  if (!inside.key) return
  await inside.store.write([{ table: 'meta', key: 'book', put: await lockAway(inside.key, 'book', book) }])
}

export function showBook(inside: Inside, book: Book | null): void {
  inside.bookAt = book?.at ?? 0
  Object.assign(inside.view, {
    account: book?.account ?? null,
    people: book?.people ?? [],
    forms: book?.forms ?? [],
    proposals: book?.proposals ?? [],
    canvass: book?.canvass ?? null,
    villages: book?.villages ?? [],
    left_out: book?.left_out ?? 0,
  })
}
