const NODE = 'Take out of group';
const OUTPUT = 1;
