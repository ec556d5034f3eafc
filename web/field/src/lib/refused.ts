// A refused record, to be mended.
import type { VisitContent } from '../core/types'
import type { VisitValue } from './record'

/** What a refused record said, as a draft again. */
export function valueOf(content: VisitContent): VisitValue {
  return {
    outcome: content.outcome,
    method: content.method,
    method_reason: content.method_reason ?? '',
    answers: { ...content.answers },
    carried: {},
    as_before: false,
    ...(content.position ? { position: content.position } : {}),
    ...(content.position_missing ? { position_missing: content.position_missing } : {}),
    next_on: content.next_on ?? '',
    started_at: content.started_at,
    ended_at: content.ended_at,
  }
}
