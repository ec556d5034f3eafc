// Forms on paper: what the server drew, to be looked at, printed and kept.
import { api, body, type Schemas } from './api'

export type Archive = Schemas['Archive']
export type Paper = Schemas['PrintPreview']

/** A whole print with its pages as pictures, noted once in the trail. */
export const printPerson = async (person: string, reason: string): Promise<Paper> =>
  (await body(
    api.POST('/people/{person}/paper', {
      params: { path: { person } },
      body: { preview: true, ...(reason ? { reason } : {}) },
    }),
  )) as Paper

export const printVisit = async (visit: string, reason: string): Promise<Paper> =>
  (await body(
    api.POST('/visits/{visit}/paper', { params: { path: { visit } }, body: { preview: true, reason } }),
  )) as Paper

/** The PDF as a file. */
export const fileOf = (paper: Paper) =>
  new Blob([Uint8Array.from(atob(paper.pdf), (letter) => letter.charCodeAt(0))], { type: 'application/pdf' })

/** The empty form, for a page of its own. */
export const blankAddress = (form: string) => {
  const [scheme = '', name = ''] = form.split('/')
  return `/api/v1/schemes/${encodeURIComponent(scheme)}/forms/${encodeURIComponent(name)}/paper`
}

export const askArchive = (order: Schemas['ArchiveOrder'], key: string) =>
  api.POST('/archives', { params: { header: { 'Idempotency-Key': key } }, body: order })

export const issueArchive = async (archive: string, reason: string): Promise<Blob> => {
  const { data } = await api.POST('/archives/{archive}/issue', {
    params: { path: { archive } },
    body: { reason },
    parseAs: 'blob',
  })
  return data as unknown as Blob
}

export const verifyArchive = (archive: string) =>
  body(api.POST('/archives/{archive}/verification', { params: { path: { archive } } }))

export const correctionsOf = async (archive: string) =>
  (await body(api.GET('/archives/{archive}/corrections', { params: { path: { archive } } }))).corrections
