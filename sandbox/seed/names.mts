/** A name as the person writes it, and as it appears in an email address. */
export type Name = readonly [written: string, address: string];

export const givenNames: readonly Name[] = [
	['Ada', 'ada'], ['Aiko', 'aiko'], ['Ama', 'ama'], ['Amélie', 'amelie'], ['Anaïs', 'anais'],
	['Anjali', 'anjali'], ['Åsa', 'asa'], ['Ayşe', 'ayse'], ['Benoît', 'benoit'], ['Björn', 'bjorn'],
	['Chidi', 'chidi'], ['Chiara', 'chiara'], ['Dagný', 'dagny'], ['Diego', 'diego'],
	['Dmitri', 'dmitri'], ['Eilidh', 'eilidh'], ['Élodie', 'elodie'], ['Emre', 'emre'],
	['Fatima', 'fatima'], ['Farah', 'farah'], ['Giulia', 'giulia'], ['Hana', 'hana'],
	['Hiroshi', 'hiroshi'], ['Ingrid', 'ingrid'], ['Iñaki', 'inaki'], ['Jakub', 'jakub'],
	['Jean-Pierre', 'jean-pierre'], ['João', 'joao'], ['Joon-ho', 'joon-ho'],
	['Kateřina', 'katerina'],
	['Kwame', 'kwame'], ['Leila', 'leila'], ['Léa', 'lea'], ['Linh', 'linh'], ['Łukasz', 'lukasz'],
	['Mai', 'mai'], ['Mateo', 'mateo'], ['Mbali', 'mbali'], ['Mei', 'mei'], ['Nadia', 'nadia'],
	['Ngozi', 'ngozi'], ['Niamh', 'niamh'], ['Noor', 'noor'], ['Olu', 'olu'], ['Oscar', 'oscar'],
	['Priya', 'priya'], ['Rahul', 'rahul'], ['Renée', 'renee'], ['Ruth', 'ruth'], ['Søren', 'soren'],
	['Siobhán', 'siobhan'], ['Sofía', 'sofia'], ['Tariq', 'tariq'], ['Thandiwe', 'thandiwe'],
	['Tomoko', 'tomoko'], ['Wei', 'wei'], ['Ximena', 'ximena'], ['Yara', 'yara'], ['Yusuf', 'yusuf'],
	['Zofia', 'zofia'],
];

export const familyNames: readonly Name[] = [
	['Adeyemi', 'adeyemi'], ['Andersson', 'andersson'], ['Banerjee', 'banerjee'],
	['Bianchi', 'bianchi'], ['Castillo', 'castillo'], ['Chen', 'chen'], ['Çelik', 'celik'],
	['da Silva', 'dasilva'], ['de Vries', 'devries'], ['Dlamini', 'dlamini'], ['Dupont', 'dupont'],
	['Fernández', 'fernandez'], ['García López', 'garcialopez'], ['Haddad', 'haddad'],
	['Hansen', 'hansen'], ['Horváth', 'horvath'], ['Ibrahim', 'ibrahim'], ['Ito', 'ito'],
	['Jensen', 'jensen'], ['Johansson', 'johansson'], ['Kaya', 'kaya'], ['Kim', 'kim'],
	['Kowalska', 'kowalska'], ['Lefèvre', 'lefevre'], ['Lindqvist', 'lindqvist'],
	['Mbeki', 'mbeki'], ['Mensah', 'mensah'], ['Müller', 'muller'], ['Murphy', 'murphy'],
	['Nakamura', 'nakamura'], ['Ní Bhriain', 'nibhriain'], ['Nguyễn', 'nguyen'], ['Novák', 'novak'],
	["O'Connor", 'oconnor'], ['Okafor', 'okafor'], ['Okonkwo', 'okonkwo'], ['Olsen', 'olsen'],
	['Osei', 'osei'], ['Özdemir', 'ozdemir'], ['Papadopoulou', 'papadopoulou'], ['Park', 'park'],
	['Patel', 'patel'], ['Petrov', 'petrov'], ['Quispe', 'quispe'], ['Rahman', 'rahman'],
	['Rossi', 'rossi'], ['Sánchez', 'sanchez'], ['Santos', 'santos'], ['Sato', 'sato'],
	['Schneider', 'schneider'], ['Sharma', 'sharma'], ['Smith', 'smith'], ['Şahin', 'sahin'],
	['Tanaka', 'tanaka'], ['Þórsdóttir', 'thorsdottir'], ['Tran', 'tran'],
	['van den Berg', 'vandenberg'],
	['Wang', 'wang'], ['Williams', 'williams'], ['Zhang', 'zhang'],
];

/** Whole names in other scripts: given name, family name, address. */
export const namesInOtherScripts: ReadonlyArray<
	readonly [givenName: string, familyName: string, address: string]
> = [
	['Юлия', 'Петрова', 'yulia.petrova'],
	['Олександр', 'Шевченко', 'oleksandr.shevchenko'],
	['Γιώργος', 'Παπαδόπουλος', 'giorgos.papadopoulos'],
	['محمد', 'حسن', 'mohamed.hassan'],
	['נועה', 'לוי', 'noa.levi'],
	['美咲', '佐藤', 'misaki.sato'],
	['伟', '王', 'wei.wang'],
	['민준', '김', 'minjun.kim'],
	['ஆனந்தி', 'குமார்', 'anandhi.kumar'],
];

/** Departments, and the job titles found there. */
export const departments: readonly { name: string; titles: readonly string[] }[] = [
	{ name: 'Engineering', titles: ['Engineer', 'Senior engineer', 'Engineering manager'] },
	{ name: 'Product', titles: ['Product manager', 'Researcher'] },
	{ name: 'Design', titles: ['Product designer', 'Brand designer'] },
	{ name: 'Sales', titles: ['Account executive', 'Sales engineer'] },
	{ name: 'Marketing', titles: ['Content strategist', 'Campaign manager'] },
	{ name: 'Finance', titles: ['Accountant', 'Controller', 'Payroll specialist'] },
	{ name: 'People', titles: ['Recruiter', 'People partner'] },
	{ name: 'Support', titles: ['Support engineer', 'Team lead'] },
	{ name: 'Legal', titles: ['Counsel', 'Paralegal'] },
	{ name: 'Operations', titles: ['Facilities manager', 'Analyst'] },
];
