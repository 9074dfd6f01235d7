/** The requester of a change that no event of the HRIS requested. */
export const NIGHTLY_COMPARISON = 'Nightly comparison';

/** The prefix of the IDs of such events. */
export const NIGHTLY_EVENT = 'nightly:';
