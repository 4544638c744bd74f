package dev.elbow.trainer.program;

import dev.elbow.api.network.Adversary;

/** Whose parameters learn: each network has a loss and an optimizer of its own. */
enum Network {
  /** Encoder and decoder, and what an objective adds to them. */
  MODEL,
  /** What the model is set against. */
  ADVERSARY;

  /** That which {@code piece} is a part of. */
  static Network of(Piece piece) {
    return Adversary.owns(piece.parameters().get(0)) ? ADVERSARY : MODEL;
  }
}
