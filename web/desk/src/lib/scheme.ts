// A scheme as the interface shows it.
import type { Words } from '@tanfang/shared/vocabulary'

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
}

/** The names that the scheme gives itself, for its rules. */
export const ownWords = (scheme: Scheme): Record<string, Words> =>
  Object.fromEntries(
    [...scheme.settings, ...scheme.categories, ...scheme.definitions].map((each) => [each.id, each.text]),
  )
