// A scheme as the interface shows it.
import type { Season } from '@tanfang/shared/forms/form'
import type { Words } from '@tanfang/shared/vocabulary'
import { api, body } from './api'

interface Ruled {
  rule: string
  cite: string
}
interface Named extends Ruled {
  id: string
  text: Words
}
interface MethodRule {
  when: string
  methods: string[]
  mark: string
  cite: string
}
export interface Scheme {
  id: string
  title: Words
  in_force: string
  until: string | null
  due_day: number
  first_visit_days: number
  eligible: Ruled
  definitions: Named[]
  methods: MethodRule[]
  epidemic: { multiplier: number; methods: string[]; cite: string } | null
  categories: (Named & { makes_eligible: boolean })[]
  tiers: (Named & { owed: { window: string; min: number; cite: string; when: string; methods: MethodRule[] }[] })[]
  settings: {
    id: string
    text: Words
    value: string
    value_text: Words | null
    note: Words
    cite: string
    local: boolean
  }[]
  provisions: { kind: string; id: string; text: Words; cite: string }[]
  seasons: (Season & { text: Words; cite: string })[]
  rounds: {
    festivals: { id: string; text: Words }[]
    festival_days: number
    visit_also_meets_window: boolean
    on_weather: boolean
    cite: string
  }
}

/** As it stands on a day; today where none is given. */
export const readScheme = async (scheme: string, on?: string): Promise<Scheme> =>
  (await body(
    api.GET('/schemes/{scheme}', { params: { path: { scheme }, query: on ? { on } : {} } }),
  )) as unknown as Scheme

/** The names that the scheme gives itself, for its rules. */
export const ownWords = (scheme: Scheme): Record<string, Words> =>
  Object.fromEntries(
    [...scheme.settings, ...scheme.categories, ...scheme.definitions].map((each) => [each.id, each.text]),
  )
