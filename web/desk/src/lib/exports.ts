// Lists that leave as Excel.
import { api, body, type Schemas } from './api'

export type List = Schemas['ExportList']
export type Order = Schemas['Export']

/** Those that are of a period; what is owed is of a month, people are as they are today. */
export const ofPeriod: List[] = ['visits', 'findings', 'needs']

export const listExports = () => body(api.GET('/exports'))

export const showColumns = (list: List, area: string, template: string) =>
  body(api.GET('/exports/columns', { params: { query: { list, area, ...(template ? { template } : {}) } } }))

export interface Made {
  file: Blob
  /** Opens an unmasked file; shown once. */
  password: string
}

export async function makeExport(order: Order): Promise<Made> {
  const { data, response } = await api.POST('/exports', { body: order, parseAs: 'blob' })
  return { file: data as unknown as Blob, password: response.headers.get('Export-Password') ?? '' }
}

/** What is asked for, without what the list has no use for. */
export function orderOf(
  list: List,
  given: { area: string; template: string; month: string; from: string; to: string; reason: string },
): Order {
  const { area, template, month, from, to, reason } = given
  return {
    list,
    area,
    ...(list === 'template' ? { template } : {}),
    ...(list === 'obligations' ? { month } : {}),
    ...(ofPeriod.includes(list) ? { from, to } : {}),
    ...(reason ? { reason } : {}),
  }
}
