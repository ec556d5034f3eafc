// Who appoints whom, and at which levels an area of a role lies. The server decides; this only leaves out what it would refuse.
import type { Schemas } from './api'

export type Role = Schemas['Role']

const appoints: Partial<Record<Role, Role[]>> = {
  town_office: ['visitor', 'village_clerk', 'care_organisation'],
  county_bureau: ['visitor', 'village_clerk', 'town_office', 'department_liaison', 'care_organisation'],
  city_supervisor: ['county_bureau'],
  province_supervisor: ['city_supervisor', 'county_bureau'],
  security_officer: ['county_bureau', 'city_supervisor', 'province_supervisor', 'auditor', 'system_administrator'],
  system_administrator: ['security_officer'],
}

export const roles: Role[] = [
  'visitor',
  'village_clerk',
  'town_office',
  'county_bureau',
  'city_supervisor',
  'province_supervisor',
  'department_liaison',
  'care_organisation',
  'auditor',
  'security_officer',
  'system_administrator',
  'machine',
]

/** Roles whose accounts somebody of this role makes and changes. */
export const appointedBy = (role: Role | undefined): Role[] => (role ? (appoints[role] ?? []) : [])
