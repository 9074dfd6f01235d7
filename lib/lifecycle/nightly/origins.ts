/** Who asked for a change that no event of the HRIS asked for. */
export const NIGHTLY_COMPARISON = 'Nightly comparison';

/** How the IDs of such events begin. */
export const NIGHTLY_EVENT = 'nightly:';
