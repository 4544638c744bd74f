/** What a finished trial leaves behind in its folder, and the hashes of it. */
package dev.elbow.trainer.files;
