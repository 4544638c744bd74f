/**
 * A whole Elbow of real processes, of which parts are killed, held and started again while it
 * trains, and what the event log and the files say of it afterwards.
 */
package dev.elbow.acceptance.chaos;
