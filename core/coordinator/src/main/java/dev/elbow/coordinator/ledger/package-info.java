/** What the event log says of every sweep and trial: a pure fold, without clock or files. */
package dev.elbow.coordinator.ledger;
