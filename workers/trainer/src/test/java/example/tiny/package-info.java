/** Plugins as somebody outside writes them, some of which fail when they are told to. */
package example.tiny;
