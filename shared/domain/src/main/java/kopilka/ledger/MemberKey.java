package kopilka.ledger;

import kopilka.program.ProgramId;

/** A member of a program: whose account it is. */
public record MemberKey(ProgramId program, MemberId member) {}
