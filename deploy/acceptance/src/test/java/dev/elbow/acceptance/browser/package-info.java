/**
 * A real browser, driven as a person does: its processes, its pages, and what goes wrong in them.
 */
package dev.elbow.acceptance.browser;
