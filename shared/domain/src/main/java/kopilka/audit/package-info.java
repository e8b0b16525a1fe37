/** Tells whether what is stored is still what was written: of an account, of a program, of a whole table. Only reads. */
@org.jspecify.annotations.NullMarked
package kopilka.audit;
