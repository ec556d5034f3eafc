// What the server and the phone say to each other, as api/openapi.yaml describes it.
import type { Answers, Form } from '@tanfang/shared/forms/form'

export interface Words {
  zh: string
  en: string
}

/** Why something is refused: field, reason and mend are in the words. */
export interface Problem {
  code: string
  words: Words
  /** The first of `fields`. */
  field?: string
  /** What is wrong with each, where the server says so. */
  fields?: { field: string; code?: string; words: Words }[]
}

export interface Account {
  login: string
  name: string
  role: 'visitor' | 'village_clerk'
  area: string
  area_name: string
}

export type Invitation = Omit<Account, 'login'> & { expires_at: string }

export interface DeviceState {
  device: string
  state: 'active' | 'revoked'
  server_time: string
  account: Account
  key: ServerKey
}

/** The server's RSA-3072 key for RSA-OAEP-256; `spki` is base64 of DER. */
export interface ServerKey {
  id: string
  spki: string
}

export interface FormReference {
  scheme: string
  form: string
  version: string | number
}

export interface BundleForm extends FormReference {
  definition: Form
  /** Of the scheme: from one day of the year to another, `11-01` to `03-31`. */
  seasons?: { id: string; words: Words; from: string; to: string }[]
}

export type Outcome = 'met' | 'not_home' | 'refused'

export interface Method {
  method: string
  words: Words
  /** Whether it counts for this person today. */
  counts: boolean
  why_not?: Words
}

export interface Obligation {
  label: string
  kind: string
  words: Words
  first_day: string
  last_day: string
  due_day: string
  min: number
  counted: number
  state: string
  met_on?: string
  methods: string[]
  methods_words?: Words
  /** Of an open one, short: what it is, what of it is left, since when it is late. */
  why?: Words
}

export interface Finding {
  indicator: string
  words: Words
  status: string
  status_words: Words
  was?: string
}

export interface LastRecord {
  visit: string
  at: string
  by: string
  method: string
  form: string
  form_version: string | number
  answers: Answers
  findings: Finding[]
}

export interface RecentVisit {
  visit: string
  at: string
  by: string
  outcome: Outcome
  method: string
}

export interface BundlePerson {
  id: string
  /** Opaque; the base of proposals. */
  version: string
  name: string
  sex: string
  age: number
  village: { area: string; name: string }
  address: string
  point?: { latitude: number; longitude: number }
  phone: string
  contacts: { name: string; relation: string; phone: string }[]
  tier: { id: string; words: Words }
  status: string
  status_words?: Words
  /** At most three: why now, as it stood at the server, then the categories they are in. */
  why: Words[]
  first_contact: boolean
  /** Absent where no document applies. */
  form?: FormReference
  /** What conditions of the form ask of the file. */
  facts?: Record<string, unknown>
  obligations: Obligation[]
  methods: Method[]
  last?: LastRecord
  recent: RecentVisit[]
}

export type HouseholdResultCode = 'nobody_eligible' | 'registered' | 'declined' | 'not_home'

export interface Household {
  id: string
  area: string
  area_name: string
  group: string
  number?: string
  head?: string
  address?: string
  version: string
  result?: { result: HouseholdResultCode; on: string; note?: string }
  /** Noted by somebody who had not seen `result`; until one is noted anew. */
  differs?: { result: HouseholdResultCode; on: string }
}

export type Village = Record<'area' | 'name' | 'town', string>

export interface Canvass {
  canvass: { id: string; name: string; from: string; to: string }
  households: Household[]
}

export interface ProposalState {
  key: string
  person?: string
  what: ProposalContent['what']
  state: 'open' | 'accepted' | 'rejected'
  reason?: string
  decided_at?: string
}

export interface Bundle {
  server_time: string
  cursor: string
  account: Account
  key: ServerKey
  people: BundlePerson[]
  gone: string[]
  forms: BundleForm[]
  proposals: ProposalState[]
  canvass?: Canvass & { gone: string[] }
  /** All of those the account works in, where they are more than one and news. */
  villages?: Village[]
  limit: { people: number; left_out: number }
}

export interface Position {
  latitude: number
  longitude: number
  accuracy_metres: number
}

export type PositionMissing = 'denied' | 'unavailable' | 'timeout'

/** Times and dates are of `core.now()`; the core writes them as the phone's clock had them. */
export interface VisitContent {
  person: string
  method: string
  started_at: string
  ended_at: string
  outcome: Outcome
  form?: string
  form_version?: string | number
  answers?: Answers
  /** Digests that `keepPhoto` gave. */
  attachments: string[]
  signature?: string
  position?: Position
  position_missing?: PositionMissing
  next_on?: string
  method_reason?: string
  unchanged_from?: string
}

export interface ProposalContent {
  what: 'facts' | 'status' | 'new_person' | 'contact'
  person?: string
  base_version?: string
  on?: string
  facts?: Record<string, unknown>
  status?: { status: 'moved' | 'deceased' | 'hospital' | 'back'; from?: string; to?: string; note?: string }
  new_person?: {
    name: string
    citizen_number?: string
    birth_date?: string
    sex?: string
    village: string
    address?: string
    phone?: string
    note?: string
  }
  contact?: { name: string; relation: string; phone: string }
  note?: string
}

export interface HouseholdResultContent {
  canvass: string
  household?: string
  base_version?: string
  result: HouseholdResultCode
  /** The day it was done, of `core.now()`. */
  on: string
  note?: string
  /** A house that nobody had listed. */
  new_household?: { village: string; group: string; place: string }
}

export interface EmergencyContent {
  at: string
  person?: string
  what: 'ill' | 'fall' | 'fire' | 'injury' | 'violence' | 'missing' | 'danger' | 'other'
  where?: string
  note?: string
  position?: Position
  /** `who`: 120, 119, 110, contact, village or other words. */
  called: { who: string; at: string }[]
}

export interface Contents {
  visit: VisitContent
  proposal: ProposalContent
  household_result: HouseholdResultContent
  emergency: EmergencyContent
}
export type RecordKind = keyof Contents
export type Kind = RecordKind | 'attachment'

/** One thing that is sent, as the server opens it. All base64. */
export interface Sealed {
  key_id: string
  wrapped_key: string
  iv: string
  data: string
}

export interface Parcel {
  /** The device it was sealed on, where that is not the one that sends it. */
  device?: string
  key: string
  kind: Kind
  sealed: Sealed
  sent_at: string
  saved_order: number
}

export interface Notice {
  field?: string
  code: string
  words: Words
}

export interface Verdict {
  state: 'received' | 'repeated' | 'refused' | 'set_aside'
  id?: string
  /** A proposal that was done at once, by right. */
  applied?: boolean
  notices: Notice[]
  problem?: unknown
  clock_off_seconds?: number
}
