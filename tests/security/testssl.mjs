// testssl.sh on the TLS port, with a certificate of an authority made for it. Fails on anything of medium weight or more.
//   bin/with-node node ../tests/security/testssl.mjs TANFANG ROOT
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, House } from '../house.mjs'

const [tanfang, root] = process.argv.slice(2)
const work = mkdtempSync(join(tmpdir(), 'tanfang-testssl-'))
const at = (name) => join(work, name)
const openssl = (...words) => execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'inherit'] })

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
openssl('req', '-x509', ...curve, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '90', '-subj', '/CN=test authority')
openssl('req', ...curve, '-keyout', at('key.pem'), '-out', at('request'), '-subj', '/CN=localhost')
writeFileSync(at('names'), 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n')
openssl('x509', '-req', '-in', at('request'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-days', '80',
  '-extfile', at('names'), '-out', at('leaf.pem'))
writeFileSync(at('chain.pem'), readFileSync(at('leaf.pem'), 'utf8') + readFileSync(at('ca.pem'), 'utf8'))

const port = await freePort()
const server = `tls_certificate = "${at('chain.pem')}"\ntls_key = "${at('key.pem')}"\n`
const house = await House.open({ tanfang, root, port, server })
const words = ['--quiet', '--warnings', 'off', '--color', '0', '--add-ca', at('ca.pem'), '--jsonfile', at('found.json')]
spawnSync('testssl', [...words, `localhost:${port}/health`], { stdio: 'inherit', timeout: 900_000 })
await house.close()

// What is about the authority that this script made, and about names in public, is not the server's.
const ofTheCertificate = /^cert_(revocation|crlDistributionPoints|ocspURL|trust|chain_of_trust|notAfter|caIssuers)|^DNS_CAArecord/
const weights = new Set(['MEDIUM', 'HIGH', 'CRITICAL'])
const found = JSON.parse(readFileSync(at('found.json'), 'utf8'))
const bad = found.filter((each) => weights.has(each.severity) && !ofTheCertificate.test(each.id))
rmSync(work, { recursive: true })
for (const each of bad) console.log(`${each.severity} ${each.id}: ${each.finding}`)
console.log(`${found.length} points looked at, ${bad.length} of medium weight or more`)
process.exitCode = found.length < 50 || bad.length > 0 ? 1 : 0
