package io.github.autoencoder4j.spark;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.github.autoencoder4j.Replica;
import java.time.Duration;

/**
 * Replicas that tasks of this JVM have used and no task is using, for the next round: to open one
 * takes longer than some steps. What they did before leaves no trace in what they do next.
 */
final class ReplicaPool {

  private record Key(String model, int worker) {}

  private static final Cache<Key, Replica> IDLE =
      CacheBuilder.newBuilder()
          .maximumSize(Math.max(4, 2L * Runtime.getRuntime().availableProcessors()))
          .expireAfterWrite(Duration.ofMinutes(10))
          .<Key, Replica>removalListener(
              removed -> {
                if (removed.wasEvicted() && removed.getValue() != null) {
                  removed.getValue().close();
                }
              })
          .build();

  private ReplicaPool() {}

  /** One that nobody else uses. */
  static Replica take(ModelBytes model, int worker) {
    Replica idle = IDLE.asMap().remove(new Key(model.digest(), worker));
    return idle == null ? Replica.open(model.bytes(), worker) : idle;
  }

  /** To be called when all went well; otherwise it should be closed. */
  static void giveBack(ModelBytes model, int worker, Replica replica) {
    Replica other = IDLE.asMap().putIfAbsent(new Key(model.digest(), worker), replica);
    if (other != null) {
      replica.close();
    }
  }
}
