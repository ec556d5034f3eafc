// The government document behind a scheme, where the county attached it.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from './api'
import { useSession } from './session'

const key = (scheme: string) => ['scheme', scheme, 'document']

/** Whether it is attached, and the page of each clause; a county's own, so who is above all counties has none. */
export function useDocument(scheme: () => string) {
  const session = useSession()
  return useQuery({
    enabled: () => (session.me?.area ?? '').length >= 6,
    queryKey: computed(() => key(scheme())),
    queryFn: async () => {
      const params = { path: { scheme: scheme() } }
      const { data, response } = await api.GET('/schemes/{scheme}/document/pages', { params })
      return { ...data!, tag: response.headers.get('ETag') ?? '' }
    },
    staleTime: 300_000,
    retry: false,
  })
}

/** For a page of its own; the browser's reader opens it there. */
export const documentAddress = (scheme: string, page?: number) =>
  `/api/v1/schemes/${encodeURIComponent(scheme)}/document${page ? `#page=${page}` : ''}`

/** `tag`: of what it takes the place of. */
export const attachDocument = (scheme: string, file: File, tag: string) =>
  api.PUT('/schemes/{scheme}/document', {
    params: { path: { scheme }, header: { 'If-Match': tag } },
    body: file as never,
    bodySerializer: (content: unknown) => content as Blob,
    headers: { 'Content-Type': 'application/pdf' },
  })
