// Lists of people: found by what somebody typed, or by how the month stands.
import { api, body } from './api'
import type { State } from './coverage'
import type { Part } from './pages'

export interface Row {
  id: string
  name: string
  area: string
  sex?: string
  birth_date?: string
  citizen_number?: string
  status?: string
  tier?: string | null
  categories?: string[]
  state?: string
}
export type Term = { name: string } | { pinyin: string } | { citizen_number: string } | { phone: string } | null

/** What was typed: a citizen number, a phone number, pinyin or a name. */
export function readTerm(typed: string): Term {
  const text = typed.trim().replaceAll(/\s+/g, '')
  if (text === '') return null
  if (/^\d{17}[\dxX]$/.test(text)) return { citizen_number: text.toUpperCase() }
  if (/^[\d-]{7,}$/.test(text)) return { phone: text }
  if (/^[a-zA-Z]+$/.test(text)) return { pinyin: text.toLowerCase() }
  return { name: text }
}

const limit = 100

export async function listPeople(
  area: string,
  term: Term,
  month: { month: string; state: string; tier: string } | null,
  cursor?: string,
): Promise<Part<Row>> {
  const place = area ? { area } : {}
  const from = cursor ? { cursor } : {}
  if (month) {
    const query = {
      ...place,
      ...from,
      limit,
      month: month.month,
      ...(month.state ? { state: month.state as State } : {}),
      ...(month.tier ? { tier: month.tier } : {}),
    }
    const found = await body(api.GET('/coverage/people', { params: { query } }))
    return { rows: found.people as Row[], next: found.next }
  }
  const found = await body(api.POST('/people/search', { body: { ...place, ...from, ...term, limit } }))
  return { rows: found.people as Row[], next: found.next }
}
