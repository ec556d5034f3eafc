// The government document behind a scheme, where the county attached it.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, body } from './api'
import { useSession } from './session'

const key = (scheme: string) => ['scheme', scheme, 'document']

/** Whether it is attached, and the page of each clause; a county's own, so who is above all counties has none. */
export function useDocument(scheme: () => string) {
  const session = useSession()
  return useQuery({
    enabled: () => (session.me?.area ?? '').length >= 6,
    queryKey: computed(() => key(scheme())),
    queryFn: () => body(api.GET('/schemes/{scheme}/document/pages', { params: { path: { scheme: scheme() } } })),
    staleTime: 300_000,
    retry: false,
  })
}

/** For a page of its own; the browser's reader opens it there. */
export const documentAddress = (scheme: string, page?: number) =>
  `/api/v1/schemes/${encodeURIComponent(scheme)}/document${page ? `#page=${page}` : ''}`

export const attachDocument = (scheme: string, file: File) =>
  api.PUT('/schemes/{scheme}/document', {
    params: { path: { scheme } },
    body: file as never,
    bodySerializer: (content: unknown) => content as Blob,
    headers: { 'Content-Type': 'application/pdf' },
  })
