/** A mistake of the reader: what the fuzzer looks for. */
export class Finding extends Error {}
