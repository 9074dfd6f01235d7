import { readCsv } from './readList.mts';

/** The columns of the exports of systems that people make lists with, with one leaver and one who works. */
const EXPORTS: Record<string, { header: string; here: string; gone: string; settings?: Record<string, unknown> }> = {
	'Entra ID, Download users': {
		header:
			'userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled,usageLocation,streetAddress,state,country,physicalDeliveryOfficeName,city,postalCode,telephoneNumber,mobile,authenticationPhoneNumber,ageGroup,consentProvidedForMinor,legalAgeGroupClassification,companyName,creationType,directorySynced,invitationState,identityIssuer,createdDateTime',
		here: 'ines@example.com,Ines,Doe,ines@example.com,Ines,1,Member,,,True,DE,,Bavaria,Germany,,,,,,,,,,Example,,True,,example.com,2024-01-15T09:00:00Z',
		gone: 'liam@example.com,Liam,Doe,liam@example.com,Liam,2,Member,,,False,DE,,Bavaria,Germany,,,,,,,,,,Example,Invitation,,Accepted,example.com,2024-01-15T09:00:00Z',
	},
	'Microsoft 365 admin center': {
		header:
			'Block credential,City,Country,Department,DirSynced,Display name,Fax,First name,Last dirsync time,Last name,Last password change time stamp,Licenses,Mobile Phone,Object Id,Office,Password never expires,Phone number,Postal code,Preferred language,Proxy addresses,Soft deletion time stamp,State,Street address,Strong password required,Title,Usage location,User principal name,When created',
		here: 'False,,,,True,Ines,,Ines,,Doe,,E3,,1,,False,,,,,,BY,,True,,DE,ines@example.com,',
		gone: 'True,,,,True,Liam,,Liam,,Doe,,E3,,2,,False,,,,,,BY,,True,,DE,liam@example.com,',
	},
	'Google Workspace, Download users': {
		header:
			'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],New Primary Email [UPLOAD ONLY],Recovery Email,Work Phone,Employee ID,Employee Type,Employee Title,Manager Email,Department,Cost Center,Change Password at Next Sign-In,New Status [UPLOAD ONLY],Status [READ ONLY],Last Sign In [READ ONLY],2sv Enrolled [READ ONLY],2sv Enforced [READ ONLY],Email Usage [READ ONLY]',
		here: 'Ines,Doe,ines@example.com,****,/Staff,,,,1,,,,,,False,,Active,2026/01/31,True,False,1GB',
		gone: 'Liam,Doe,liam@example.com,****,/Staff,,,,2,,,,,,False,,Archived,2026/01/31,True,False,1GB',
	},
	'GAM, print users': {
		header:
			'primaryEmail,agreedToTerms,archived,changePasswordAtNextLogin,creationTime,id,includeInGlobalAddressList,isAdmin,isDelegatedAdmin,isEnforcedIn2Sv,isEnrolledIn2Sv,isMailboxSetup,lastLoginTime,name.familyName,name.fullName,name.givenName,orgUnitPath,suspended,suspensionReason',
		here: 'ines@example.com,True,False,False,2024-01-15T09:00:00.000Z,1,True,False,False,True,True,True,2026-01-31T09:00:00.000Z,Doe,Ines Doe,Ines,/Staff,False,',
		gone: 'liam@example.com,True,True,False,2024-01-15T09:00:00.000Z,2,True,False,False,True,True,True,2026-01-31T09:00:00.000Z,Doe,Liam Doe,Liam,/Staff,False,',
	},
	'Active Directory, Get-ADUser': {
		header: '#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n"ObjectGUID","SamAccountName","mail","Enabled","LockedOut","PasswordExpired","State"',
		here: '"1","ines","ines@example.com","True","False","False","BY"',
		gone: '"2","liam","liam@example.com","False","True","True","BY"',
		settings: { idAttribute: 'ObjectGUID' },
	},
	'BambooHR, with both of its statuses': {
		header: 'Employee #,EEID,Status,Employment Status,Work Email,Hire Date,Termination Date,State,Marital Status',
		here: '1,1,Active,Full-Time,ines@example.com,2024-01-15,0000-00-00,BY,Married',
		gone: '2,2,Inactive,Terminated,liam@example.com,2024-01-15,2025-01-31,BY,Single',
		settings: { idAttribute: 'EEID' },
	},
};

test.each(Object.entries(EXPORTS))('%s is complete, and says who works here', (_system, { header, here, gone, settings }) => {
	const { people, manifest } = readCsv([header, here, gone].join('\r\n'), settings);

	expect(people.map(({ sourceId, email, status }) => [sourceId, email, status])).toEqual([
		['1', 'ines@example.com', 'active'],
		['2', 'liam@example.com', 'inactive'],
	]);
	expect(manifest).toMatchObject({ complete: true, count: 2 });
});
