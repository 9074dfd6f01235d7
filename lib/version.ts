/** Of this package, for evidence; the same as in package.json, which cannot be read from here. */
export const PACKAGE_VERSION = '0.1.0';
