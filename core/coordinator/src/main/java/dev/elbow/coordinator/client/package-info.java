/**
 * What programs see of a coordinator: its answers over HTTP, and a client that asks for them. Needs
 * the JDK and Jackson, not Vert.x.
 */
package dev.elbow.coordinator.client;
