// What a proposal from the field would change, row by row, against what the file says now.
import { inLine, named } from '@tanfang/shared/marks'
import { factName, facts, valueText } from '@tanfang/shared/vocabulary'
import type { Schemas } from './api'
import { i18n } from './language'

export type Proposal = Schemas['FieldProposal']
export interface Row {
  field: string
  /** What the file says now; '' where it says nothing. */
  now: string
  proposed: string
}
type Values = Record<string, unknown>

const { t, te } = i18n.global
const language = () => (i18n.global.locale.value === 'en' ? 'en' : 'zh')

/** A field's name: a fact of the vocabulary, one of the file's own, or one of a proposal. */
export function proposedName(field: string): string {
  if (field in facts) return factName(field, language())
  const key = `proposalField.${field}`
  return te(key) ? t(key) : field
}

function proposedText(field: string, value: unknown, names: Record<string, string>): string {
  if (value === null || value === undefined || value === '') return ''
  const said = String(value)
  const words: Record<string, string> = {
    status: `proposedStatus.${said}`,
    sex: `sex.${said}`,
    kind: `contactKind.${said}`,
  }
  const key = words[field]
  if (key && te(key)) return t(key)
  if (field === 'village' || facts[field]?.type === 'area') return names[said] ?? said
  return field in facts ? valueText(facts[field], value, language()) : said
}

/** A fact stands in the file with its origin, the file's own fields as they are. */
const standing = (said: unknown) =>
  said !== null && typeof said === 'object' && 'value' in said ? (said as { value: unknown }).value : said

/** The status of a file has other words than what becomes of it. */
function statusNow(now: Values): Values {
  const key = `status.${String(now.status)}`
  return { status: te(key) ? t(key) : now.status }
}

/** The contact that the proposed one would replace. */
function contactNow(now: Values, proposed: Values): Values {
  const kept = Array.isArray(now.contacts) ? (now.contacts as Values[]) : []
  const kind = proposed.kind ?? 'emergency'
  return kept.find((each) => each.kind === kind && each.name === proposed.name) ?? {}
}

/** `names` are those of areas by their codes. */
export function comparison(proposal: Proposal, names: Record<string, string> = {}): Row[] {
  const now = proposal.now as Values
  const { what, content } = proposal
  const parts = (content[what] ?? {}) as Values
  const before: Record<Proposal['what'], () => Values> = {
    facts: () => (now.facts ?? {}) as Values,
    status: () => statusNow(now),
    new_person: () => ({}),
    contact: () => contactNow(now, parts),
  }
  const found = before[what]()
  return Object.entries(parts).map(([field, value]) => ({
    field: proposedName(field),
    now: proposedText(field, standing(found[field]), names),
    proposed: proposedText(field, value, names),
  }))
}

/** The rows in one line, for a list. */
export const summary = (proposal: Proposal, names: Record<string, string> = {}) =>
  inLine(
    comparison(proposal, names).map((row) => named(row.field, row.proposed, language())),
    language(),
  )
