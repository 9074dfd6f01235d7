const NODE = 'Lock out';
const OUTPUT = 0;
