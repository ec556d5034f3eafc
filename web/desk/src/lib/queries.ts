// One cache of what the server said. A refusal is final; a lost connection is tried once more.
import { ProblemError } from '@tanfang/shared/api/problem'
import { QueryClient } from '@tanstack/vue-query'

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 1 && error instanceof ProblemError && error.status === 0,
    },
  },
})
