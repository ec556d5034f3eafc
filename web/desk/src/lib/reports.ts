// Reports: as the figures are now, and as they were issued.
import { addMonths } from '@tanfang/shared/dates'
import { api, body, type Schemas } from './api'
import type { AreaQuery, Part } from './pages'

export type Kind = Schemas['ReportKind']
export type Issued = Schemas['IssuedReport']
export type Content = Schemas['ReportContent']
export type Table = Schemas['ReportTable']
export type Format = 'pdf' | 'xlsx'

export const kinds: Kind[] = ['monthly', 'quarterly', 'half_yearly', 'glance']

/** The period of the kind that the month lies in: 2026-11, 2026-Q4, 2026-H2. */
export function periodOf(kind: Kind, month: string): string {
  const [year = '', number = ''] = month.split('-')
  if (kind === 'quarterly') return `${year}-Q${Math.ceil(Number(number) / 3)}`
  return kind === 'half_yearly' ? `${year}-H${Number(number) > 6 ? 2 : 1}` : month
}

/** The same one period away. */
export function step(kind: Kind, month: string, by: number): string {
  return addMonths(month, by * (kind === 'quarterly' ? 3 : kind === 'half_yearly' ? 6 : 1))
}

export const previewReport = (kind: Kind, area: string, period: string) =>
  body(api.GET('/reports/preview', { params: { query: { kind, area, period } } })) as Promise<Content>

export const showReport = (report: string) => body(api.GET('/reports/{report}', { params: { path: { report } } }))

export async function listReports(query: AreaQuery): Promise<Part<Issued>> {
  const found = await body(api.GET('/reports', { params: { query } }))
  return { rows: found.reports, next: found.next }
}

export const issueReport = (kind: Kind, area: string, period: string, reason: string, key: string) =>
  body(
    api.POST('/reports', {
      params: { header: { 'Idempotency-Key': key } },
      body: { kind, area, period, ...(reason ? { reason } : {}) },
    }),
  )

/** Of an issued report, or of the figures as they are now. */
export async function fileOf(of: string | { kind: Kind; area: string; period: string }, format: Format): Promise<Blob> {
  const found =
    typeof of === 'string'
      ? await api.GET('/reports/{report}/file', {
          params: { path: { report: of }, query: { format } },
          parseAs: 'blob',
        })
      : await api.GET('/reports/preview', { params: { query: { ...of, format } }, parseAs: 'blob' })
  return found.data as unknown as Blob
}

/** As papers write it. */
export function written(value: Table['rows'][number][number]): string {
  if (value === null) return '—'
  if (typeof value === 'string') return value
  return typeof value === 'number' ? value.toLocaleString('en-US') : `${(value.rate * 100).toFixed(1)}%`
}

/** So many tables of a section stand open on the screen. */
export const mostOpen = 3

/** What a folded table says: the first figures of its sum, each under its heading. */
export function keyFigures(table: Table): [heading: string, figure: string][] {
  const sum = table.rows.at(-1) ?? []
  return table.headings.slice(1, 5).map((heading, i) => [heading, written(sum[i + 1] ?? null)])
}

/** The list that holds the people behind a row. */
export function listOf(
  table: Table,
  row: number,
  month: string,
): { name: string; query: Record<string, string> } | null {
  const list = table.lists?.[row]
  if (list) return { name: 'people', query: { month, ...Object.fromEntries(new URLSearchParams(list)) } }
  const area = table.areas[row]
  if (!area || !table.filter) return null
  return { name: 'people', query: { area, month, ...Object.fromEntries([table.filter.split('=')]) } }
}
