/**
 * What a trial is, what it measures and how it ends: the records that coordinator, workers and
 * plugins share. Needs nothing but the JDK.
 */
package dev.elbow.api;
