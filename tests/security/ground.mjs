// The server that requests of every operation are sent to, with invented people of two counties, and the interface's document.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { House } from '../house.mjs'
import { county } from './inputs.mjs'

/** With all that `$ref` names outside brought in. */
export function documentOf(root) {
  const work = mkdtempSync(join(tmpdir(), 'tanfang-document-'))
  const bundled = join(work, 'openapi.json')
  execFileSync('node_modules/.bin/redocly', ['bundle', join(root, 'api/openapi.yaml'), '--output', bundled], { stdio: 'ignore' })
  const document = JSON.parse(readFileSync(bundled, 'utf8'))
  rmSync(work, { recursive: true })
  return document
}

/** `liar`: who is asked for single sign-on, where anybody is; `database`: an address, where it is not the embedded one. */
export async function openHouse({ tanfang, root, port, liar, database }) {
  const identity = 'failures_before_wait = 100\nfirst_wait_seconds = 1\nlongest_wait_minutes = 1\nfailures_of_address = 100000\n' +
    'emergencies_a_day = 1000\nreveals_a_day = 100000\n'
  const house = await House.open({
    tanfang, root, port, identity, database, jobs: true, ...(liar && { issuer: liar.issuer, clientId: 'tanfang', secret: 'secret' }),
    more: '[limits]\nrequests_a_minute = 10000000\n',
    furnish: (empty) => {
      empty.run(['demo', '--people', '120', '--months', '1', '--county', county, '--county', '510522'])
      mkdirSync(join(empty.folder, 'backups'))
      empty.run(['backup', join(empty.folder, 'backups/tanfang-20260102T030405.backup')])
    },
  })
  const others = {
    other: ['county_bureau', '510522'], mine: ['county_bureau', county], changer: ['county_bureau', county],
    town: ['town_office', '510521100'], liaison: ['department_liaison', county], auditor: ['auditor', ''],
    security: ['security_officer', county], administrator: ['system_administrator', county],
  }
  for (const [login, [role, area]] of Object.entries(others)) house.account(login, role, area)
  return house
}
