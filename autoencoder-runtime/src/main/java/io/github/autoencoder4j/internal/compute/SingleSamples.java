package io.github.autoencoder4j.internal.compute;

import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.latent.LatentKernel;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.output.OutputKernel;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Encodes and decodes samples one by one, in memory for as many as are under way at a time, which
 * is kept. Nothing is allocated here but by stages that do so themselves.
 */
final class SingleSamples {

  private final Spec spec;
  private final Network table;
  private final NetworkNumbers store;
  private final OutputKernel output;
  private final Deque<Room> free = new ArrayDeque<>();

  SingleSamples(Spec spec, Network table, NetworkNumbers store) {
    this.spec = spec;
    this.table = table;
    this.store = store;
    this.output = spec.output().kernel();
  }

  /** A latent stage, what it computes with, and the batch of one code. */
  private record Place(StagePlan plan, LatentKernel kernel, LatentBatch batch) {}

  /** What one thread uses at a time. */
  private final class Room {

    final float[] encoded =
        new float[table.encoder().get(table.encoder().size() - 1).output().size()];
    final float[] fed = new float[table.decoder().get(table.decoder().size() - 1).output().size()];
    final FloatBuffer values = FloatBuffer.wrap(fed);
    final List<Place> places = new ArrayList<>();
    private long version = -1;

    /** Makes the stages ready to be computed, which to decode nobody has to. */
    void refresh() {
      if (places.isEmpty()) {
        for (StagePlan plan : table.stages()) {
          places.add(
              new Place(
                  plan, plan.stage().kernel(plan.output()), plan.batch(1, spec.seed(), false)));
        }
      }
      long now = store.version();
      if (now != version) {
        for (Place place : places) {
          store.read(table.parameters(place.plan), place.batch.arrays());
        }
        version = now;
      }
    }
  }

  private Room take() {
    synchronized (free) {
      Room room = free.poll();
      return room == null ? new Room() : room;
    }
  }

  private void give(Room room) {
    synchronized (free) {
      free.push(room);
    }
  }

  void encode(ForwardPath path, float[] sample, float[] code) {
    if (table.stages().isEmpty()) {
      path.encode(sample, code);
      return;
    }
    Room room = take();
    room.refresh();
    path.encode(sample, room.encoded);
    LatentBatch before = null;
    for (int i = 0; i < room.places.size(); i++) {
      Place place = room.places.get(i);
      LatentBatch batch = place.batch;
      batch.begin(Mode.ENCODING, 0, store.iteration(), 0);
      double[] input = batch.input();
      for (int j = 0; j < input.length; j++) {
        // Between stages are floats, as in batches.
        input[j] = before == null ? room.encoded[j] : (float) before.output()[j];
      }
      place.kernel.forward(batch);
      before = batch;
    }
    for (int j = 0; before != null && j < code.length; j++) {
      code[j] = (float) before.output()[j];
    }
    give(room);
  }

  void decode(ForwardPath path, float[] code, float[] sample) {
    Room room = take();
    path.decode(code, room.fed);
    output.toValues(room.values.rewind());
    System.arraycopy(room.fed, 0, sample, 0, sample.length);
    give(room);
  }
}
