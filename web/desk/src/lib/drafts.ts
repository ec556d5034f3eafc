// A draft of a scheme: its files with the tag they were read under, what is found wrong in them, its simulation and
// whether it shall come into force.
import { asProblem } from '@tanfang/shared/api/problem'
import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, body, freshKey, type Schemas } from './api'

export type Draft = Schemas['SchemeDraftWithFiles']
export type Finding = Required<NonNullable<Schemas['SchemeFindings']['findings']>[number]>
export type Simulation = Schemas['Simulation']
export type SimulationResult = Schemas['SimulationResult']
export type BeforeAfter = Schemas['BeforeAfter']
export type ChangeKind = Schemas['ChangeKind']
export type Publication = Schemas['Publication']
export type Files = Record<string, string>

export const changeKinds: ChangeKind[] = [
  'joins',
  'leaves',
  'raised',
  'lowered',
  'retiered',
  'unsettled',
  'settled',
  'visits',
  'categories',
]

export const change = () => ({ 'Idempotency-Key': freshKey() })

/** Null where the server says that there is none. */
async function orNone<T>(code: string, call: Promise<T>): Promise<T | null> {
  try {
    return await call
  } catch (error) {
    if (asProblem(error).code === code) return null
    throw error
  }
}

export async function readDraft(draft: string): Promise<{ draft: Draft; tag: string }> {
  const { data, response } = await api.GET('/scheme-drafts/{draft}', { params: { path: { draft } } })
  return { draft: data as Draft, tag: response.headers.get('ETag') ?? '' }
}

export const useDraft = (id: string) =>
  useQuery({ queryKey: ['draft', id], queryFn: () => readDraft(id), staleTime: 0, refetchOnMount: 'always' })

/** Asked again while it is worked out. */
export const useSimulation = (id: string) =>
  useQuery({
    queryKey: ['draft', id, 'simulation'],
    queryFn: () =>
      orNone(
        'simulation.unknown',
        body(api.GET('/scheme-drafts/{draft}/simulation', { params: { path: { draft: id } } })),
      ),
    staleTime: 0,
    refetchInterval: (query) => (isRunning(query.state.data) ? 1500 : false),
  })
export const isRunning = (simulation: Simulation | null | undefined) =>
  simulation?.state === 'waiting' || simulation?.state === 'running'

/** Asked again while somebody else may decide. */
export const usePublication = (id: string) =>
  useQuery({
    queryKey: ['draft', id, 'publication'],
    queryFn: () =>
      orNone(
        'publication.unknown',
        body(api.GET('/scheme-drafts/{draft}/publication', { params: { path: { draft: id } } })),
      ),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.state === 'asked' ? 15_000 : false),
  })

/** Its files must not change: somebody is to decide, or it is published. */
export const frozen = (publication: Ref<Publication | null | undefined>) =>
  computed(() => publication.value?.state === 'asked' || publication.value?.state === 'published')

const single: Record<string, 'scheme' | 'cases' | 'indicators'> = {
  'scheme.toml': 'scheme',
  'cases.jsonl': 'cases',
  'indicators.toml': 'indicators',
}

/** Files as they are checked while typed; null where there are some that are checked only once they are saved. */
export function lintQuestion(name: string, files: Files): Schemas['SchemeTexts'] | null {
  const asked: Schemas['SchemeTexts'] = { name, scheme: files['scheme.toml'] ?? '' }
  for (const [path, text] of Object.entries(files)) {
    const part = single[path]
    const form = /^forms\/(.+)\.toml$/.exec(path)?.[1]
    if (part) asked[part] = text
    else if (form) asked.forms = { ...asked.forms, [form]: text }
    else return null
  }
  return asked
}

/** Null takes the file away. */
export type Changes = Record<string, string | null>

/** Files whose text is another than the one that was read, and those that are there no more. */
export const changedFiles = (read: Files, typed: Files): Changes => ({
  ...Object.fromEntries(Object.entries(typed).filter(([path, text]) => read[path] !== text)),
  ...Object.fromEntries(
    Object.keys(read)
      .filter((path) => !(path in typed))
      .map((path) => [path, null]),
  ),
})

export const withChanges = (files: Files, changes: Changes): Files =>
  Object.fromEntries(
    Object.entries({ ...files, ...changes }).filter((each): each is [string, string] => each[1] !== null),
  )

export const fileKinds = ['form', 'cases', 'indicators', 'scheme'] as const
export type FileKind = (typeof fileKinds)[number]

/** What a file of a draft is for, by its path. */
export function kindOf(path: string): FileKind {
  if (path.startsWith('forms/')) return 'form'
  return fileKinds.find((kind) => path.startsWith(kind)) ?? 'scheme'
}

/** The path of a new file; a version is of cases and of the text as it stood before. */
export function pathOf(kind: FileKind, name: string): string {
  if (kind === 'form') return `forms/${name}.toml`
  if (kind === 'indicators') return 'indicators.toml'
  const version = name === '' ? '' : `-${name}`
  return kind === 'cases' ? `cases${version}.jsonl` : `scheme${version}.toml`
}

/** With what a new file begins: a form with one question, to be written on; nothing else needs words to be sound. */
export const blank: Record<FileKind, string> = {
  form: `use = "visit"
version = 1
zh = "新表单"
en = "New form"
cite = "本县决定"
copies = 1

[[section]]
code = "first"
zh = "第一部分"
en = "Part 1"
filled_by = "visit"
fields = [
  { code = "note", zh = "情况记录", en = "Note", kind = "text", max_length = 200 },
]
`,
  cases: '',
  indicators: '',
  scheme: '',
}

/** The day that the draft's own text names. */
export const dayInForce = (files: Files): string =>
  /^in_force\s*=\s*(\d{4}-\d{2}-\d{2})/m.exec(files['scheme.toml'] ?? '')?.[1] ?? ''

/** Where a line begins and ends in a text, counted from 1. */
export function lineSpan(text: string, line: number): [start: number, end: number] {
  const lines = text.split('\n')
  const at = Math.min(Math.max(line, 1), lines.length)
  const start = lines.slice(0, at - 1).reduce((all, each) => all + each.length + 1, 0)
  return [start, start + (lines[at - 1] as string).length]
}

/** A twelfth of a year's visits, with one decimal. */
export const monthly = (yearly: number): string => (yearly / 12).toFixed(1)

const signed = (value: number, text: string) => (value > 0 ? `+${text}` : text)
export const difference = ({ before, after }: BeforeAfter) => signed(after - before, String(after - before))
export const monthlyDifference = ({ before, after }: BeforeAfter) => signed(after - before, monthly(after - before))

export type Reason = NonNullable<Schemas['Explanation']['because']>[number] & { scheme: string }

/** Of every scheme in force on that day. */
export const reasonsOf = (verdict: Schemas['SimulatedVerdict']): Reason[] =>
  verdict.reasons.flatMap(({ scheme = '', because = [] }) => because.map((reason) => ({ ...reason, scheme })))
