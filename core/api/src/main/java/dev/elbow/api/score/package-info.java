/** What a score is told: a trained model, and the data that it is judged by. */
package dev.elbow.api.score;
