// Lists of people: filters that stack, or one citizen number or phone.
import { api, body, type Schemas } from './api'
import type { Part } from './pages'

export type Row = Schemas['PeopleListPage']['people'][number] & { citizen_number?: string }
export type Term = { name: string } | { pinyin: string } | { citizen_number: string } | { phone: string } | null

/** What stands in the address of a list. */
export const filterNames = [
  'state',
  'tier',
  'category',
  'ability',
  'welfare',
  'unknown',
  'status',
  'month',
  'ledger',
  'ledger_part',
] as const
export type Filter = Partial<Record<(typeof filterNames)[number], string>>

/** What was typed: a citizen number, a phone number, pinyin or a name. */
export function readTerm(typed: string): Term {
  const text = typed.trim().replaceAll(/\s+/g, '')
  if (text === '') return null
  if (/^\d{17}[\dxX]$/.test(text)) return { citizen_number: text.toUpperCase() }
  if (/^[\d-]{7,}$/.test(text)) return { phone: text }
  if (/^[a-zA-Z]+$/.test(text)) return { pinyin: text.toLowerCase() }
  return { name: text }
}

/** The body that the interface asks for. */
export function listBody(area: string, term: Term, filter: Filter): Omit<Schemas['ListFilter'], 'limit'> {
  const facts = Object.fromEntries(
    (['ability', 'welfare'] as const).filter((name) => filter[name]).map((name) => [name, filter[name]]),
  )
  return {
    ...(area ? { area } : {}),
    ...(term && ('name' in term || 'pinyin' in term) ? term : {}),
    ...(filter.month ? { month: filter.month } : {}),
    ...(filter.state ? { state: filter.state as Schemas['ListFilter']['state'] } : {}),
    ...(filter.tier ? { tier: filter.tier } : {}),
    ...(filter.category ? { category: filter.category } : {}),
    ...(filter.status ? { status: filter.status as Schemas['Status'] | 'all' } : {}),
    ...(Object.keys(facts).length > 0 ? { facts: facts as never } : {}),
    ...(filter.unknown ? { unknown_facts: [filter.unknown] } : {}),
    ...(filter.ledger ? { ledger: filter.ledger } : {}),
    ...(filter.ledger_part ? { ledger_part: filter.ledger_part as Schemas['ListFilter']['ledger_part'] } : {}),
  }
}

const limit = 100

export async function listPeople(area: string, term: Term, filter: Filter, cursor?: string): Promise<Part<Row>> {
  const from = cursor ? { cursor } : {}
  if (term && isNumber(term)) {
    const found = await body(
      api.POST('/people/search', { body: { ...(area ? { area } : {}), ...from, ...term, limit } }),
    )
    return { rows: found.people as Row[], next: found.next }
  }
  const found = await body(api.POST('/people/list', { body: { ...listBody(area, term, filter), ...from, limit } }))
  return { rows: found.people, next: found.next }
}

/** One person's number or phone finds them whatever the filters say. */
export const isNumber = (term: Term) => term !== null && ('citizen_number' in term || 'phone' in term)

/** Of `people` where they are named, whatever else is asked for. */
export async function exportPeople(area: string, term: Term, filter: Filter, people: string[] = []): Promise<Blob> {
  const asked = people.length > 0 ? { ...(area ? { area } : {}), people } : listBody(area, term, filter)
  const given = { body: asked as Schemas['PeopleToExport'], parseAs: 'blob' } as const
  return (await api.POST('/people/export', given)).data as unknown as Blob
}
