// A ledger on its way: sent, followed by events, and its result.
import { asProblem, ProblemError, type Problem } from '@tanfang/shared/api/problem'
import { factName, facts } from '@tanfang/shared/vocabulary'
import { onBeforeUnmount, ref } from 'vue'
import { api, body, freshKey, type Schemas } from './api'
import { i18n, useLanguage } from './language'

export type Result = Schemas['LedgerResult']
export type Import = Schemas['LedgerImport']
export interface Order {
  file: File
  area: string
  kind: 'ledger' | 'health' | 'disabled'
  registeredFrom: string
  mapping: string
}

/** What a column can be read as, beside every fact. */
const fields = [
  'name',
  'citizen_number',
  'phone',
  'address',
  'age',
  'serial',
  'town',
  'residence_area_code',
  'area_path',
  'children.count',
  'children.lives_in',
  'children.away_half_year',
  'children.away',
  'emergency.name',
  'emergency.phone',
  'emergency.relation',
  'supporter.name',
  'supporter.phone',
  'helper.name',
  'helper.phone',
  'family_doctor.name',
  'family_doctor.phone',
  'visitor.name',
  'spouse.name',
  'health_note',
  'disability_note',
  'claim.category',
  'claim.tier',
]

export function useFields() {
  const { language } = useLanguage()
  const { t, te } = i18n.global
  const name = (id: string) => {
    if (id in facts) return factName(id, language.value)
    const key = `ledgerField.${id.replaceAll('.', '_')}`
    return te(key) ? t(key) : id
  }
  return { fields: [...fields, ...Object.keys(facts)], name }
}

/** Corrections of columns as the mapping file that `docs/ledgers.md` describes. */
export function mappingFile(columns: Record<string, string>): string {
  const quoted = (text: string) => JSON.stringify(text)
  const lines = Object.entries(columns).map(([heading, field]) => `${quoted(heading)} = ${quoted(field)}`)
  return lines.length > 0 ? `[columns]\n${lines.join('\n')}\n` : ''
}

/** The same order sent again, as after a lost connection, is one ledger; once it was answered the next is another. */
export function orderKeys() {
  const waiting = new WeakMap<File, Map<string, string>>()
  const said = (order: Order, dryRun: boolean) => JSON.stringify({ ...order, file: null, dryRun })
  return {
    of(order: Order, dryRun: boolean): string {
      const keys = waiting.get(order.file) ?? new Map<string, string>()
      const key = keys.get(said(order, dryRun)) ?? freshKey()
      waiting.set(order.file, keys.set(said(order, dryRun), key))
      return key
    },
    answered: (order: Order, dryRun: boolean) => waiting.get(order.file)?.delete(said(order, dryRun)),
  }
}

async function post(order: Order, dryRun: boolean, key: string) {
  const form = new FormData()
  form.set('area', order.area)
  form.set('kind', order.kind)
  if (order.registeredFrom) form.set('registered_from', order.registeredFrom)
  if (order.mapping) form.set('mapping', order.mapping)
  form.set('dry_run', String(dryRun))
  form.set('file', order.file)
  const params = { header: { 'Idempotency-Key': key } }
  const bodySerializer = (given: unknown) => given as FormData
  return body(api.POST('/ledgers', { params, body: form as never, bodySerializer }))
}

export function useLedger() {
  const id = ref('')
  const state = ref<'' | Schemas['Ledger']['state']>('')
  const rows = ref(0)
  /** Whether those rows are written already; read before. */
  const writing = ref(false)
  const ahead = ref(0)
  const keys = orderKeys()
  const result = ref<Result | null>(null)
  const problem = ref<ProblemError | null>(null)
  let events: EventSource | null = null

  function hangUp() {
    events?.close()
    events = null
  }

  async function look() {
    const asked = id.value
    const found = await body(api.GET('/ledgers/{ledger}', { params: { path: { ledger: asked } } }))
    if (asked !== id.value) return // another was sent meanwhile
    state.value = found.state
    rows.value = found.rows ?? rows.value
    writing.value = found.step === 'write'
    ahead.value = found.ahead ?? 0
    if (found.state === 'waiting' || found.state === 'running') return
    hangUp()
    result.value = found.result ?? null
    problem.value = found.problem ? new ProblemError(found.problem as unknown as Problem) : null
  }

  function follow() {
    hangUp()
    events = new EventSource(`/api/v1/ledgers/${id.value}/events`)
    events.addEventListener('progress', (event) => {
      const told = JSON.parse(String(event.data)) as {
        state: Schemas['Ledger']['state']
        step?: string
        rows?: number
        ahead?: number
      }
      state.value = told.state
      rows.value = told.rows ?? rows.value
      writing.value = told.step === 'write'
      ahead.value = told.ahead ?? 0
    })
    const end = () => void look().catch((error: unknown) => (problem.value = asProblem(error)))
    events.addEventListener('end', end)
    // A stream that breaks off is begun again by the browser; what happened meanwhile is asked for.
    events.addEventListener('error', end)
  }

  async function send(order: Order, dryRun: boolean) {
    hangUp()
    id.value = ''
    state.value = 'waiting'
    rows.value = ahead.value = 0
    result.value = problem.value = null
    try {
      const sent = await post(order, dryRun, keys.of(order, dryRun))
      keys.answered(order, dryRun)
      id.value = sent.id
      follow()
    } catch (error) {
      state.value = ''
      problem.value = asProblem(error)
    }
  }

  onBeforeUnmount(hangUp)
  return { id, state, rows, writing, ahead, result, problem, send }
}
