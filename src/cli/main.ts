import { version } from '../../package.json' with { type: 'json' }

process.stdout.write(`${version}\n`)
