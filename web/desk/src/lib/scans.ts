// Paper that comes back: files sent, pages that wait, and the picture of each.
import { ProblemError } from '@tanfang/shared/api/problem'
import type { Form } from '@tanfang/shared/forms/form'
import { api, body, type Schemas } from './api'
import type { AreaQuery } from './pages'
import type { Visit } from './visits'

export type Batch = Schemas['ScanBatch']
export type Page = Schemas['ScanPage']
export const states = ['waiting', 'unclear', 'set_aside'] as const
export const accepted = '.pdf,.jpg,.jpeg,.png'

/** Sends one file; whether it was new. */
export async function sendFile(file: File, area: string): Promise<boolean> {
  const form = new FormData()
  if (area.length >= 6) form.set('area', area)
  form.set('file', file)
  const sent = await body(
    api.POST('/scans', { body: form as never, bodySerializer: (content: unknown) => content as FormData }),
  )
  return sent.fresh
}

export async function listPages(state: Page['state'], query: AreaQuery) {
  const found = await body(api.GET('/scan-pages', { params: { query: { ...query, state } } }))
  return { rows: found.pages, next: found.next ?? null }
}

const near = 6

/** Of the pages of a file those beside the page to which it may belong, in the order of the file. */
export function nearest(page: Page, pages: Page[]): Page[] {
  const away = (each: Page) => Math.abs(each.number - page.number)
  return pages
    .filter((each) => each.id !== page.id && ['waiting', 'attached'].includes(each.state))
    .sort((one, other) => away(one) - away(other))
    .slice(0, near)
    .sort((one, other) => one.number - other.number)
}

/** The other pages of the same file, which a page without a code may belong to. */
export async function neighbours(page: Page): Promise<Page[]> {
  const pages: Page[] = []
  let cursor: string | null | undefined
  do {
    const query = { batch: page.batch, limit: 200, ...(cursor ? { cursor } : {}) }
    const found = await body(api.GET('/scan-pages', { params: { query } }))
    pages.push(...found.pages)
    cursor = found.next
  } while (cursor)
  return nearest(page, pages)
}

/** Of these pages of one filled form those that are entered with the page, in the order of the file; it is among them. */
export function enteredTogether(page: Page, pages: Page[]): Page[] {
  const others = pages.filter(
    (each) => each.id !== page.id && each.state === 'waiting' && each.person === page.person && each.has_picture,
  )
  return [page, ...others].sort((one, other) => one.number - other.number)
}

/** All pages of the filled form that a waiting page is of. */
export async function sheetOf(page: Page): Promise<Page[]> {
  const query = { sheet: page.sheet ?? page.id, area: page.area, state: 'waiting', limit: 200 } as const
  const found = await body(api.GET('/scan-pages', { params: { query } }))
  return enteredTogether(page, found.pages)
}

/** Null where it is out of reach, as a record that was corrected to be another person's. */
async function visitOrNull(visit: string): Promise<Visit | null> {
  try {
    return await body(api.GET('/visits/{visit}', { params: { path: { visit } } }))
  } catch (problem) {
    if (problem instanceof ProblemError && problem.problem.status === 404) return null
    throw problem
  }
}

/** The pages of a record's paper, and of records it corrects where it took their pictures over. */
export async function pagesOfVisit(visit: Visit): Promise<Page[]> {
  const pages: Page[] = []
  let at: Visit | null = visit
  while (at?.id) {
    const query = { visit: at.id, limit: 200 }
    const found = await body(api.GET('/scan-pages', { params: { query } }))
    pages.push(...found.pages)
    at = at.corrects ? await visitOrNull(at.corrects) : null
  }
  return pages.filter((page) => page.attachment && visit.attachments?.includes(page.attachment))
}

/** The picture as an address for `img`; each call stands in the trail. Who asks gives the address back. */
export async function loadPicture(page: string): Promise<string> {
  const path = { params: { path: { page } }, parseAs: 'blob' } as const
  const { data } = await api.GET('/scan-pages/{page}/picture', path)
  return URL.createObjectURL(data as unknown as Blob)
}

/** The form that the code names; null where there is none any more. */
export async function formOfPage(id: string): Promise<Form | null> {
  const [scheme = '', form = ''] = id.split('/')
  try {
    return (await body(api.GET('/schemes/{scheme}/forms/{form}', { params: { path: { scheme, form } } }))) as Form
  } catch (problem) {
    if (problem instanceof ProblemError && problem.problem.status === 404) return null
    throw problem
  }
}
