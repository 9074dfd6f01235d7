// The review ends only when the evidence has left n8n; otherwise the next day tries again.
const said = $('Digest').first().json;
const link = $('Head').first().json;
const isSent = $('Send report').first().json.messageId !== undefined;
if (said.what !== 'evidence' || !isSent) return [];
return [
	{
		json: {
			id: $('Due').first().json.review.id,
			state: 'closed',
			closedAt: new Date(said.now).toISOString(),
			evidence: $('Pack as text').first().json.pack,
			evidenceDigest: said.digest,
			chainHead: link.head,
			pendingIds: said.pendingIds,
			stillThere: said.stillThere,
		},
	},
];
