// What of an emergency's report the server takes, so that its length never refuses it; pure.
import type { EmergencyContent } from '../core/types'

type Call = EmergencyContent['called'][number]

/** Each call once a minute, the first twenty: they say when help was asked for. */
export function callsToSend(called: readonly Call[]): Call[] {
  const once = new Map<string, Call>()
  for (const { who, at } of called) {
    const minute = `${who} ${at.slice(0, 16)}`
    if (!once.has(minute)) once.set(minute, { who, at })
  }
  return [...once.values()].slice(0, 20)
}

export const placeToSend = (place: string): string => [...place].slice(0, 200).join('')
