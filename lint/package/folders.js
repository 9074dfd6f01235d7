const { join, sep } = require('node:path');

const root = join(__dirname, '..', '..');

/** Folder of every package that is published from this repository, each with a separator at its end. */
const packageFolders = [root, join(root, 'hris-trigger')].map((folder) => folder + sep);

module.exports = { packageFolders };
