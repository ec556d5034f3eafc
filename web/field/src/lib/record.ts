// A record under way, and what of it is sent; pure.
import { answersToSend, seasonsOn, type Answers, type Circumstances, type Form } from '@tanfang/shared/forms/form'
import { carriedOver, changedSince, refit } from '@tanfang/shared/forms/prefill'
import type { Draft, Photo } from '../core/core'
import type { BundleForm, BundlePerson, Method, Outcome, Position, PositionMissing, VisitContent } from '../core/types'
import { nextOwed } from './today'

/** What a draft of a record keeps. */
export interface VisitValue {
  outcome: Outcome
  method: string
  method_reason: string
  answers: Answers
  /** What was filled in from the last record, and the visit it came from. */
  carried: Answers
  carried_from?: string
  /** All as before was pressed. */
  as_before: boolean
  position?: Position
  position_missing?: PositionMissing
  next_on: string
  /** Of a record that was refused or left until another day: its times stay. */
  started_at?: string
  ended_at?: string
}

/** Methods that count today: for what is owed now where that is known, else as the server said. */
export function methodsFor(person: BundlePerson, today: string): Method[] {
  const owed = nextOwed(person, today)
  if (!owed || owed.methods.length === 0) return person.methods
  return person.methods.map((each) => {
    if (!each.counts || owed.methods.includes(each.method)) return each
    return { ...each, counts: false, ...(owed.methods_words ? { why_not: owed.methods_words } : {}) }
  })
}

/** At the door where that counts. */
export const usualMethod = (methods: readonly Method[]): string =>
  (methods.find((each) => each.counts && each.method === 'home') ?? methods.find((each) => each.counts))?.method ??
  'home'

export const noneCounts = (methods: readonly Method[]) => !methods.some((each) => each.counts)

export const around = (method: string): Circumstances => ({ method, facts: {} })

/** What the form's conditions may ask besides the answers; seasons by the day on which the visit began. */
export function circumstancesOf(
  value: VisitValue,
  person: BundlePerson,
  form: BundleForm | undefined,
  begun_at: string,
): Circumstances {
  const seasons = form?.seasons ? seasonsOn(form.seasons, value.started_at ?? begun_at) : undefined
  return { method: value.method, facts: person.facts ?? {}, ...(seasons ? { seasons } : {}) }
}

export function freshVisit(person: BundlePerson, form: Form | undefined, today: string): VisitValue {
  const method = usualMethod(methodsFor(person, today))
  const carried = form && person.last ? carriedOver(form, person.last.answers, around(method)) : {}
  return {
    outcome: 'met',
    method,
    method_reason: '',
    answers: { ...carried },
    carried,
    ...(person.last ? { carried_from: person.last.visit } : {}),
    as_before: false,
    next_on: '',
  }
}

/** A draft on the form that is in force now, and the answers that it has no place for. */
export function onNewForm(value: VisitValue, now: Form): { value: VisitValue; lost: Answers } {
  const { kept, gone } = refit(now, value.answers)
  const lost = Object.fromEntries(gone.map((code) => [code, value.answers[code]])) as Answers
  return { value: { ...value, answers: kept, carried: refit(now, value.carried).kept }, lost }
}

export const changesOf = (value: VisitValue) => changedSince(value.carried, value.answers)

/** Phones have drafts of mended records, of before November 2026, that name in `value` what was sent with the record. */
function withSent(draft: Draft<VisitValue>): Draft<VisitValue> {
  const { attachments = [], signature, ...value } = draft.value as VisitValue & Partial<VisitContent>
  const signed = draft.photos.some(({ role }) => role === 'signature')
  const sent = attachments
    .filter((each) => !(signed && each === signature) && !draft.photos.some(({ digest }) => digest === each))
    .map((digest): Photo => {
      return { digest, role: digest === signature ? 'signature' : 'photo', preview: '', bytes: 0, sent: true }
    })
  return 'attachments' in draft.value ? { ...draft, value, photos: [...sent, ...draft.photos] } : draft
}

/** A draft of another day stays a visit of that day, which ended with the last change; so does one that is mended. */
export function resumed(kept: Draft<VisitValue>, now: string): Draft<VisitValue> {
  const draft = withSent(kept)
  const { begun_at, changed_at, value } = draft
  if (value.started_at) return { ...draft, begun_at: value.started_at }
  if (begun_at.slice(0, 10) === now.slice(0, 10)) return draft
  return { ...draft, value: { ...value, started_at: begun_at, ended_at: changed_at } }
}

/** What a person wrote, by which a draft is worth keeping: not where the phone is. */
export const written = (value: VisitValue): string =>
  JSON.stringify({ ...value, position: undefined, position_missing: undefined })

/** The record as it is sent; `saved_at` is the moment of saving. */
export function contentOf(
  draft: Draft<VisitValue>,
  form: Form | undefined,
  saved_at: string,
  asked: Circumstances = around(draft.value.method),
): VisitContent {
  const { value } = draft
  const met = value.outcome === 'met'
  const signature = draft.photos.find((photo) => photo.role === 'signature')?.digest
  const ended_at = value.ended_at ?? saved_at
  const started_at = value.started_at ?? draft.begun_at
  const answered = met && form && draft.form
  const unchanged = answered && value.carried_from && changesOf(value).length === 0
  return {
    person: draft.person ?? '',
    method: value.method,
    // A clock that was set back meanwhile does not end a visit before it began.
    started_at: started_at < ended_at ? started_at : ended_at,
    ended_at,
    outcome: value.outcome,
    ...(answered
      ? {
          form: form.id,
          form_version: draft.form?.version,
          answers: answersToSend(form, value.answers, asked),
        }
      : {}),
    attachments: draft.photos.map((photo) => photo.digest),
    ...(signature ? { signature } : {}),
    ...(value.position ? { position: value.position } : {}),
    ...(!value.position && value.position_missing ? { position_missing: value.position_missing } : {}),
    ...(!met && value.next_on ? { next_on: value.next_on } : {}),
    ...(value.method_reason.trim() ? { method_reason: value.method_reason.trim() } : {}),
    ...(unchanged ? { unchanged_from: value.carried_from } : {}),
  }
}
