// How what was found of a person changed from visit to visit.
import type { Finding, Visit } from './visits'
import { worrying } from './visits'

export interface Trend {
  indicator: string
  /** One a visit, the newest last; nothing where it was not asked. */
  found: (Finding | undefined)[]
}

const findingsOf = (visit: Visit) => (visit.findings ?? []) as unknown as Finding[]

/** The last visits at which the person was met, the newest last, and what is not well in them or did not stay the same. */
export function trendsOf(newestFirst: readonly Visit[], most = 6): { visits: Visit[]; trends: Trend[] } {
  const counts = (visit: Visit) => visit.outcome === 'met' && !visit.struck_at && !visit.corrected_by
  const visits = newestFirst.filter(counts).slice(0, most).reverse()
  const indicators = [...new Set(visits.flatMap((visit) => findingsOf(visit).map(({ indicator }) => indicator)))]
  const trends = indicators
    .map((indicator) => ({
      indicator,
      found: visits.map((visit) => findingsOf(visit).find((finding) => finding.indicator === indicator)),
    }))
    .filter(({ found }) => {
      const said = found.filter((finding) => finding !== undefined)
      return worrying(said).length > 0 || new Set(said.map(({ given }) => given)).size > 1
    })
  const nowWorrying = ({ found }: Trend) => worrying(found.at(-1) ? [found.at(-1)] : []).length
  return { visits, trends: trends.sort((a, b) => nowWorrying(b) - nowWorrying(a)) }
}
