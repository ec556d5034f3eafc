// Where the phone is, or why that is not known.
import type { Position, PositionMissing } from '../core/types'
import type { Point } from './today'

const reasons: PositionMissing[] = ['denied', 'unavailable', 'timeout']

export interface Located {
  position?: Position
  missing?: PositionMissing
}

function find(): Promise<Located> {
  if (!('geolocation' in navigator)) return Promise.resolve({ missing: 'unavailable' })
  return new Promise((done) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        done({
          position: {
            latitude: Number(coords.latitude.toFixed(6)),
            longitude: Number(coords.longitude.toFixed(6)),
            accuracy_metres: Math.round(coords.accuracy),
          },
        }),
      (error) => done({ missing: reasons[error.code - 1] ?? 'unavailable' }),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    ),
  )
}

/** A page that nobody has touched yet does not ask. */
export async function locate(): Promise<Located> {
  if (navigator.userActivation?.hasBeenActive === false)
    await new Promise((touched) =>
      ['pointerup', 'keyup'].forEach((each) => addEventListener(each, touched, { once: true })),
    )
  return find()
}

/** Only where it was allowed before: a list never asks for it by itself. */
export async function locateIfAllowed(): Promise<Point | undefined> {
  const allowed = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => undefined)
  return allowed?.state === 'granted' ? (await find()).position : undefined
}
