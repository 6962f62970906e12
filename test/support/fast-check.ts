/** fast-check with the same cases in every run, so that none fails by chance. `REFTAR_SEED=7` is for other ones. */
import fc from 'fast-check'

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['REFTAR_SEED'] ?? 20_260) })

export { fc }
