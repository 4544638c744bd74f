/** A plugin of one's own: an encoder that depends on Elbow's API alone. */
package com.example.wide;
