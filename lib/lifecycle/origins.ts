/** Who asked for a lockdown that no event of the HRIS asked for. */
export const NIGHTLY_COMPARISON = 'Nightly comparison';
